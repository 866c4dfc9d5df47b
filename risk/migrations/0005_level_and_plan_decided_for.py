"""For whom a plan, a level and an override were decided; and what freezes the level says so too."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from audit.migrating import Together
from risk import frozen

#: What was decided on a level before it was said for whom.
LEVEL = ("level", "level_decided_by_id", "level_decided_at", "level_reason")


def free(apps, schema_editor):
    """Remove the triggers as an earlier release made them."""
    frozen.drop(schema_editor.connection)


def freeze(apps, schema_editor):
    """Make the triggers, which name a column that is new."""
    frozen.create(schema_editor.connection)


def freeze_as_before(apps, schema_editor):
    """Make the triggers that the release before looks for. Going back loses for whom, alone."""
    frozen.guards(level=LEVEL).create(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("offenders", "0008_the_whole_practice"),
        ("risk", "0004_tools_that_there_are_and_frozen_assessments"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(free, freeze_as_before),
        Together(
            migrations.AddField(
                model_name="leveloverride",
                name="approver_for",
                field=models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            migrations.AddField(
                model_name="riskassessment",
                name="level_decided_for",
                field=models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            migrations.AddField(
                model_name="riskmanagementplan",
                name="decided_for",
                field=models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ),
        Together(
            migrations.AddConstraint(
                model_name="leveloverride",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("approver_for__isnull", True),
                        models.Q(
                            models.Q(("approver_for", models.F("assessed_by")), _negated=True),
                            models.Q(("approver_for", models.F("approver")), _negated=True),
                            ("approver__isnull", False),
                        ),
                        _connector="OR",
                    ),
                    name="override_approved_for_another",
                ),
            ),
            migrations.AddConstraint(
                model_name="riskassessment",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("level_decided_for__isnull", True),
                        models.Q(
                            models.Q(("level_decided_for", models.F("author")), _negated=True),
                            models.Q(
                                ("level_decided_for", models.F("level_decided_by")), _negated=True
                            ),
                            ("level_decided_by__isnull", False),
                        ),
                        _connector="OR",
                    ),
                    name="assessment_level_for_another",
                ),
            ),
            migrations.AddConstraint(
                model_name="riskmanagementplan",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("decided_for__isnull", True),
                        models.Q(
                            models.Q(("decided_for", models.F("author")), _negated=True),
                            models.Q(("decided_for", models.F("decided_by")), _negated=True),
                            ("decided_by__isnull", False),
                        ),
                        _connector="OR",
                    ),
                    name="plan_endorsed_for_another",
                ),
            ),
        ),
        # SQLite makes a table anew, without its triggers, to add a constraint to it.
        migrations.RunPython(freeze, free),
    ]
