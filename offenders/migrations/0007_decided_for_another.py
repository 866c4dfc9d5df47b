"""Whom a decider acted for, under a delegation: never the author."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_absences_and_delegations"),
        ("offenders", "0006_refuse_unknown_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="notification",
            name="checked_for",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="offender",
            name="end_endorsed_for",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("checked_for__isnull", True),
                    models.Q(
                        models.Q(("checked_for", models.F("recorded_by")), _negated=True),
                        models.Q(("checked_for", models.F("checked_by")), _negated=True),
                        ("checked_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="notification_checked_for_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="offender",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("end_endorsed_for__isnull", True),
                    models.Q(
                        models.Q(("end_endorsed_for", models.F("end_proposed_by")), _negated=True),
                        models.Q(("end_endorsed_for", models.F("end_endorsed_by")), _negated=True),
                        ("end_endorsed_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="offender_ended_for_another",
            ),
        ),
    ]
