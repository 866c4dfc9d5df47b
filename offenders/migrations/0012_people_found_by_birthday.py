"""An index of birthdays, by which indicators find people."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("offenders", "0011_fill_the_keys")]

    operations = [
        migrations.AddIndex(
            model_name="offender",
            index=models.Index(fields=["force", "date_of_birth"], name="offender_birthday"),
        ),
    ]
