"""An integration says that it reaches a whole force, and has a last day.

Those that were bound to no team reached the whole force, and still do; those without a last day
get the default one, from the day of this migration.
"""

import datetime as dt

from django.conf import settings
from django.db import migrations, models
from django.utils import timezone


def say_what_stands(apps, schema_editor):
    integrations = apps.get_model("accounts", "IntegrationClient").objects
    integrations.filter(teams__isnull=True).update(whole_force=True)
    last_day = timezone.localdate() + dt.timedelta(days=settings.INTEGRATION_DAYS)
    integrations.filter(expires_on__isnull=True).update(expires_on=last_day)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_kept_forms")]

    operations = [
        migrations.AddField(
            model_name="integrationclient",
            name="whole_force",
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(say_what_stands, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="integrationclient",
            name="expires_on",
            field=models.DateField(),
        ),
    ]
