"""That the system that sent an indicator takes it back is kept for an officer to decide on."""

from django.db import migrations, models

from risk import kept_decisions


def free(apps, schema_editor):
    """SQLite writes the table anew, and its triggers are lost with the old one."""
    kept_decisions.drop(schema_editor.connection)


def keep(apps, schema_editor):
    """Make the triggers again."""
    kept_decisions.create(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("risk", "0013_triages_that_lapse"),
    ]

    operations = [
        migrations.RunPython(free, keep),
        migrations.RemoveConstraint(
            model_name="indicatordecision",
            name="indicator_decision_known",
        ),
        migrations.AlterField(
            model_name="indicatordecision",
            name="decision",
            field=models.CharField(
                choices=[
                    ("merge_undone", "The merge was undone"),
                    ("restricted", "Restricted to named officers"),
                    ("named", "An officer was named"),
                    ("unnamed", "An officer is named no more"),
                    ("lifted", "The restriction was lifted"),
                    ("kept_secret", "Its existence is kept secret"),
                    ("asked_back", "Its source takes it back: an officer decides"),
                    ("retracted", "Taken back by its source"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="indicatordecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "decision__in",
                        [
                            "merge_undone",
                            "restricted",
                            "named",
                            "unnamed",
                            "lifted",
                            "kept_secret",
                            "asked_back",
                            "retracted",
                        ],
                    )
                ),
                name="indicator_decision_known",
            ),
        ),
        migrations.RunPython(keep, free),
    ]
