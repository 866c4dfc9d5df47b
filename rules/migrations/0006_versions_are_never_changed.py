"""Refuse changes to a version of the rules (rules/guards.py)."""

from django.db import migrations

from rules import guards


def create(apps, schema_editor):
    guards.create(schema_editor.connection)


def drop(apps, schema_editor):
    guards.drop(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("rules", "0005_two_people_decide")]

    operations = [migrations.RunPython(create, drop)]
