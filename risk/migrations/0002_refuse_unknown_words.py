"""Refuse words that mean nothing, and assessments that are handed in by halves."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("offenders", "0006_refuse_unknown_words"),
        ("risk", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="riskassessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "imported"),
                    models.Q(
                        ("submitted_at__isnull", False),
                        models.Q(("priority", ""), _negated=True),
                        models.Q(("proposed_level", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="assessment_submitted_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="riskassessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "submitted"), _negated=True),
                    ("decided_at__isnull", True),
                    _connector="OR",
                ),
                name="assessment_waiting_is_undecided",
            ),
        ),
        migrations.AddConstraint(
            model_name="riskassessment",
            constraint=models.CheckConstraint(
                condition=models.Q(("tool__in", ["arms", "structured_judgement"])),
                name="assessment_tool_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="riskassessment",
            constraint=models.CheckConstraint(
                condition=models.Q(("priority__in", ["", "very_high", "high", "medium", "low"])),
                name="assessment_priority_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="riskassessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "proposed_level__in",
                        ["", "very_high", "high", "medium", "low", "not_assessed"],
                    )
                ),
                name="assessment_level_known",
            ),
        ),
    ]
