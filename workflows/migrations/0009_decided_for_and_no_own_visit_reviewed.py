"""Triggers that refuse a review of one's own visit.

A migration that comes before and has SQLite rebuild one of the tables of visits runs before the
triggers are there; one that comes after drops and makes them anew (`workflows.own_visits`).
"""

from django.db import migrations

from workflows import own_visits


def guard(apps, schema_editor):
    """Make the triggers."""
    own_visits.create(schema_editor.connection)


def unguard(apps, schema_editor):
    """Remove them."""
    own_visits.drop(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("workflows", "0008_each_step_says_which_visit_it_is_about")]

    operations = [
        migrations.RunPython(guard, unguard),
    ]
