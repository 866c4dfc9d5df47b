"""What the triage of an indicator started is kept as it was."""

from django.db import migrations

from workflows import kept_starts


def keep(apps, schema_editor):
    """Make the triggers that keep it."""
    kept_starts.create(schema_editor.connection)


def free(apps, schema_editor):
    """Remove them."""
    kept_starts.drop(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("workflows", "0024_alerts_of_indicators_asked_back")]

    operations = [migrations.RunPython(keep, free)]
