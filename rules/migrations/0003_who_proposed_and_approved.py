"""Who proposed, approved and withdrew a version of the rules, and why."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rules", "0002_seed_default_rules_and_bank_holidays"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="rulesetversion",
            name="approval_reason",
            field=models.TextField(blank=True, default="", max_length=2000),
        ),
        migrations.AddField(
            model_name="rulesetversion",
            name="approved_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="rulesetversion",
            name="approved_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="rulesetversion",
            name="approved_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="rulesetversion",
            name="based_on",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="rules.rulesetversion",
            ),
        ),
        migrations.AddField(
            model_name="rulesetversion",
            name="origin",
            field=models.CharField(
                choices=[
                    ("shipped", "Shipped with the service"),
                    ("proposed", "Proposed by an officer"),
                ],
                default="proposed",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="rulesetversion",
            name="proposed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="rulesetversion",
            name="reason",
            field=models.TextField(blank=True, default="", max_length=2000),
        ),
        migrations.AddField(
            model_name="rulesetversion",
            name="state",
            field=models.CharField(
                choices=[
                    ("proposed", "Proposed"),
                    ("approved", "Approved"),
                    ("withdrawn", "Withdrawn"),
                ],
                default="proposed",
                max_length=9,
            ),
        ),
        migrations.AddField(
            model_name="rulesetversion",
            name="withdrawal_reason",
            field=models.TextField(blank=True, default="", max_length=2000),
        ),
        migrations.AddField(
            model_name="rulesetversion",
            name="withdrawn_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="rulesetversion",
            name="withdrawn_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="rulesetversion",
            name="withdrawn_on",
            field=models.DateField(null=True),
        ),
    ]
