"""Decisions about an indicator beside whom it is about, which are never changed."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from risk import kept_decisions


def keep(apps, schema_editor):
    """Have the database refuse changes to what was decided."""
    kept_decisions.create(schema_editor.connection)


def free(apps, schema_editor):
    """Let the table be removed."""
    kept_decisions.drop(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("risk", "0010_walk_standings_by_ceiling"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="IndicatorDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("merge_undone", "The merge was undone"),
                            ("restricted", "Restricted to named officers"),
                            ("named", "An officer was named"),
                            ("unnamed", "An officer is named no more"),
                            ("lifted", "The restriction was lifted"),
                            ("kept_secret", "Its existence is kept secret"),
                            ("retracted", "Taken back by its source"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.TextField(max_length=2000)),
                ("client_label", models.CharField(blank=True, max_length=100)),
                (
                    "decided_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="risk.indicator",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "decision__in",
                                [
                                    "merge_undone",
                                    "restricted",
                                    "named",
                                    "unnamed",
                                    "lifted",
                                    "kept_secret",
                                    "retracted",
                                ],
                            )
                        ),
                        name="indicator_decision_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="indicator_decision_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("client_label", ""), ("decided_by__isnull", False)),
                            models.Q(
                                ("decided_by__isnull", True),
                                models.Q(("client_label", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="indicator_decision_by_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decision__in", ["named", "unnamed"]), ("user__isnull", False)
                            ),
                            models.Q(
                                models.Q(("decision__in", ["named", "unnamed"]), _negated=True),
                                ("user__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="indicator_decision_about_one",
                    ),
                ],
            },
        ),
        migrations.RunPython(keep, free),
    ]
