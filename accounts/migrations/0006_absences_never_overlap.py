"""Refuse overlapping absences of one officer (accounts/absences.py).

Actions have refused them under the lock of the account since there are absences, so none should be
there. Where some are all the same, this stops, says their ids, and leaves everything as it was.
"""

from django.db import migrations

from accounts import absences


def create(apps, schema_editor):
    """Make the constraint or the triggers. Raises audit.apart.Overlapping."""
    absences.create(schema_editor.connection)


def drop(apps, schema_editor):
    """Remove them."""
    absences.drop(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_the_whole_practice")]

    operations = [migrations.RunPython(create, drop)]
