"""An answer for orders of which not every condition was gone through.

The triggers that refuse a review of one's own visit name this table, which SQLite makes anew: they
are dropped before and made again after (`workflows.own_visits`).
"""

from django.db import migrations, models

from workflows import own_visits

CONSTRAINT = "write_up_orders_known"
AFTER = ["yes", "no", "not_checked", "not_applicable"]


def guard(apps, schema_editor):
    """Make the triggers."""
    own_visits.create(schema_editor.connection)


def unguard(apps, schema_editor):
    """Remove them."""
    own_visits.drop(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("workflows", "0018_tell_inspectors_of_proposed_rules")]

    operations = [
        migrations.RunPython(unguard, guard),
        migrations.RemoveConstraint("visitwriteup", CONSTRAINT),
        migrations.AlterField(
            model_name="visitwriteup",
            name="orders_complied_with",
            field=models.CharField(
                choices=[
                    ("yes", "Yes"),
                    ("no", "No"),
                    ("not_checked", "Not all were checked"),
                    ("not_applicable", "Not applicable"),
                ],
                max_length=14,
            ),
        ),
        migrations.AddConstraint(
            model_name="visitwriteup",
            constraint=models.CheckConstraint(
                condition=models.Q(orders_complied_with__in=AFTER), name=CONSTRAINT
            ),
        ),
        migrations.RunPython(guard, unguard),
    ]
