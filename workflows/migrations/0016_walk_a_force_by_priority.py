"""An index of open steps by force and level, to list a whole force by priority."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_absences_never_overlap"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("offenders", "0009_conditions_can_be_voided"),
        ("workflows", "0015_what_presses_about_a_person"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(
                    ("flow_task_type", "HUMAN"), ("status__in", ["NEW", "ASSIGNED"])
                ),
                fields=["force", "level", "due_on", "id"],
                name="task_force",
            ),
        ),
    ]
