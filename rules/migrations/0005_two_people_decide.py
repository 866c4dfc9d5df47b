"""An author and an approver who differ; what is approved takes effect later; the index of what is in force."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rules", "0004_what_was_shipped_is_approved")]

    operations = [
        migrations.RemoveIndex(
            model_name="rulesetversion",
            name="ruleset_version_in_force",
        ),
        migrations.AddIndex(
            model_name="rulesetversion",
            index=models.Index(
                condition=models.Q(("state", "approved")),
                fields=["-effective_from", "-number"],
                name="ruleset_version_in_force",
            ),
        ),
        migrations.AddConstraint(
            model_name="rulesetversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("based_on__isnull", True),
                        ("origin", "shipped"),
                        ("proposed_by__isnull", True),
                        ("state", "approved"),
                    ),
                    models.Q(
                        ("based_on__isnull", False),
                        ("origin", "proposed"),
                        ("proposed_by__isnull", False),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="ruleset_version_shipped_or_proposed",
            ),
        ),
        migrations.AddConstraint(
            model_name="rulesetversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="ruleset_version_approver_is_not_author",
            ),
        ),
        migrations.AddConstraint(
            model_name="rulesetversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("origin", "shipped"),
                    models.Q(("approved_at__isnull", False), ("state", "approved")),
                    models.Q(("approved_at__isnull", True), ("state", "proposed")),
                    ("state", "withdrawn"),
                    _connector="OR",
                ),
                name="ruleset_version_approved_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="rulesetversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("approval_reason", ""),
                        ("approved_at__isnull", True),
                        ("approved_by__isnull", True),
                        ("approved_on__isnull", True),
                    ),
                    models.Q(
                        ("approved_at__isnull", False),
                        ("approved_by__isnull", False),
                        ("approved_on__isnull", False),
                        ("effective_from__gte", models.F("approved_on")),
                        models.Q(("approval_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="ruleset_version_approved_before_effect",
            ),
        ),
        migrations.AddConstraint(
            model_name="rulesetversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("withdrawal_reason", ""),
                        ("withdrawn_at__isnull", True),
                        ("withdrawn_by__isnull", True),
                        ("withdrawn_on__isnull", True),
                        models.Q(("state", "withdrawn"), _negated=True),
                    ),
                    models.Q(
                        ("state", "withdrawn"),
                        ("withdrawn_at__isnull", False),
                        ("withdrawn_by__isnull", False),
                        ("withdrawn_on__isnull", False),
                        models.Q(("withdrawal_reason", ""), _negated=True),
                        models.Q(
                            ("approved_at__isnull", True),
                            ("effective_from__gt", models.F("withdrawn_on")),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="ruleset_version_withdrawn_before_effect",
            ),
        ),
    ]
