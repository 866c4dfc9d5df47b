"""What officers say against the order of work, kept as they said it."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from workflows import insert_only


def guard(apps, schema_editor):
    """Make the triggers."""
    insert_only.create(schema_editor.connection)


def unguard(apps, schema_editor):
    """Remove them."""
    insert_only.drop(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("offenders", "0009_conditions_can_be_voided"),
        ("workflows", "0019_not_all_conditions_checked"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PriorityDisagreement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("reason", models.TextField(max_length=2000)),
                ("would_do_first", models.CharField(max_length=500)),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "disagreed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "offender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disagreements",
                        to="offenders.offender",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disagreements",
                        to="workflows.task",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", ""), _negated=True),
                            models.Q(("would_do_first", ""), _negated=True),
                        ),
                        name="disagreement_says_why",
                    )
                ],
            },
        ),
        migrations.RunPython(guard, unguard),
    ]
