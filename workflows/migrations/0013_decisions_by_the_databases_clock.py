"""When the database knew of a decision on a report or a warrant, and of the end of a search.

Rows from before, and those of a release that still serves, have none: they are known from when the
web server said (`workflows.facts.unfound`).
"""

from django.db import migrations, models

from audit.migrating import Together


def instant(model, name):
    """A new instant that nobody types."""
    field = models.DateTimeField(editable=False, null=True)
    return migrations.AddField(model_name=model, name=name, field=field)


class Migration(migrations.Migration):
    dependencies = [("workflows", "0012_alert_of_held_deliveries")]

    operations = [
        Together(
            instant("deathreport", "decision_recorded_at"),
            instant("entrywarrant", "decision_recorded_at"),
            instant("missingreport", "decision_recorded_at"),
        ),
        instant("missingreport", "closing_recorded_at"),
    ]
