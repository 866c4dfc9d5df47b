"""Devices, accounts and postcodes are found by an indexed key, folded when it is written."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("offenders", "0009_conditions_can_be_voided"),
    ]

    operations = [
        migrations.AddField(
            model_name="address",
            name="postcode_key",
            field=models.CharField(max_length=8, null=True),
        ),
        migrations.AddField(
            model_name="device",
            name="identifier_key",
            field=models.CharField(max_length=60, null=True),
        ),
        migrations.AddField(
            model_name="onlineaccount",
            name="user_name_key",
            field=models.CharField(max_length=200, null=True),
        ),
        migrations.AddIndex(
            model_name="address",
            index=models.Index(
                condition=models.Q(("until_on__isnull", True)),
                fields=["postcode_key"],
                name="address_by_postcode",
            ),
        ),
        migrations.AddIndex(
            model_name="device",
            index=models.Index(fields=["identifier_key"], name="device_by_number"),
        ),
        migrations.AddIndex(
            model_name="onlineaccount",
            index=models.Index(fields=["user_name_key"], name="online_account_by_name"),
        ),
    ]
