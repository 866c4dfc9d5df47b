"""What an officer decided about an indicator is kept as it was decided."""

from django.db import migrations

from risk import kept_triages


def freeze(apps, schema_editor):
    """Make the triggers that keep it."""
    kept_triages.create(schema_editor.connection)


def free(apps, schema_editor):
    """Remove them."""
    kept_triages.drop(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("risk", "0011_decisions_about_indicators")]

    operations = [migrations.RunPython(freeze, free)]
