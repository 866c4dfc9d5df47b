"""Which notification said an address, what it followed, and that it was void."""

import django.db.models.deletion
from django.db import migrations, models

from audit.migrating import Together


class Migration(migrations.Migration):
    dependencies = [
        ("offenders", "0013_discharges_of_orders"),
    ]

    operations = [
        # All may be null: SQLite adds them to the table as it is, and the table keeps its triggers.
        Together(
            migrations.AddField(
                model_name="address",
                name="notification",
                field=models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="addresses",
                    to="offenders.notification",
                ),
            ),
            migrations.AddField(
                model_name="address",
                name="followed",
                field=models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="offenders.address",
                ),
            ),
            migrations.AddField(
                model_name="address",
                name="voided_at",
                field=models.DateTimeField(null=True),
            ),
        ),
    ]
