"""Whom a decider acted for, under a delegation: never the author."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("offenders", "0007_decided_for_another"),
        ("risk", "0002_refuse_unknown_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="riskassessment",
            name="endorser_for",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="riskassessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("endorser_for__isnull", True),
                    models.Q(
                        models.Q(("endorser_for", models.F("author")), _negated=True),
                        models.Q(("endorser_for", models.F("endorser")), _negated=True),
                        ("endorser__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="assessment_endorsed_for_another",
            ),
        ),
    ]
