"""What a supervisor decided on a triage, and from when it stands, is kept as it was."""

from django.db import migrations

from risk import kept_triages


def keep(apps, schema_editor):
    """Make the triggers anew, with that of the check."""
    kept_triages.create(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("risk", "0014_sources_that_take_back")]

    # The release before knows its own triggers, which stay as they are.
    operations = [migrations.RunPython(keep, migrations.RunPython.noop)]
