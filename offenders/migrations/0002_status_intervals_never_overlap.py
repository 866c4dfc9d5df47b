"""Refuse overlapping status intervals (offenders/intervals.py)."""

from django.db import migrations

from offenders import intervals


def create(apps, schema_editor):
    intervals.create(schema_editor.connection)


def drop(apps, schema_editor):
    intervals.drop(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("offenders", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
