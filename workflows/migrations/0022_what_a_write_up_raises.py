"""What a write-up says should be looked into, each kept as an indicator."""

from django.db import migrations, models

from workflows import own_visits


def drop(apps, schema_editor):
    """SQLite makes a table anew to add to it, which triggers of other tables name."""
    own_visits.drop(schema_editor.connection)


def create(apps, schema_editor):
    """Have them stand again."""
    own_visits.create(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("workflows", "0021_alerts_about_indicators"),
    ]

    operations = [
        migrations.RunPython(drop, create),
        migrations.AddField(
            model_name="visitwriteup",
            name="concern_for_welfare",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="visitwriteup",
            name="new_household_with_child",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.RunPython(create, drop),
    ]
