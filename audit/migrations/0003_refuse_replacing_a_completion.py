"""Make the triggers anew: on SQLite a completion could be replaced by its second unique key."""

from django.db import migrations

from audit import triggers


def create(apps, schema_editor):
    triggers.create(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_refuse_change")]

    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
