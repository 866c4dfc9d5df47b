"""Whose decisions an actor made, under a delegation.

SQLite rebuilds the table for a column and drops its triggers silently: they are made anew, both
ways.
"""

from django.db import migrations, models

from audit import triggers


def create(apps, schema_editor):
    triggers.create(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_refuse_replacing_a_completion")]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, create),
        migrations.AddField(
            model_name="event",
            name="acting_for_key",
            field=models.CharField(blank=True, default="", max_length=100),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="event",
            name="acting_for_label",
            field=models.CharField(blank=True, default="", max_length=100),
            preserve_default=False,
        ),
        migrations.RunPython(create, migrations.RunPython.noop),
    ]
