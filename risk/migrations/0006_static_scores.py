"""Static scores, with the triggers that keep each as it was."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from risk import frozen_scores


def freeze(apps, schema_editor):
    """Make the triggers."""
    frozen_scores.create(schema_editor.connection)


def free(apps, schema_editor):
    """Remove them."""
    frozen_scores.drop(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("offenders", "0008_the_whole_practice"),
        ("risk", "0005_level_and_plan_decided_for"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StaticScore",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "tool",
                    models.CharField(
                        choices=[
                            ("osp_dc", "OSP/DC, direct contact"),
                            ("osp_iic", "OSP/IIC, images and indirect contact"),
                            ("csrp", "CSRP, any serious reoffending"),
                            ("rm2000s", "RM2000/s"),
                            ("kirat", "KIRAT"),
                            ("rosh", "Risk of serious harm"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("calculated_here", "Calculated here, not the official value"),
                            ("imported_official", "Official value"),
                        ],
                        max_length=17,
                    ),
                ),
                ("scored_on", models.DateField()),
                (
                    "band",
                    models.CharField(
                        choices=[
                            ("low", "Low"),
                            ("medium", "Medium"),
                            ("high", "High"),
                            ("very_high", "Very high"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "adjusted_band",
                    models.CharField(
                        choices=[
                            ("low", "Low"),
                            ("medium", "Medium"),
                            ("high", "High"),
                            ("very_high", "Very high"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "reduction",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("applied", "One band lower: five years without an offence"),
                            ("not_of_this_tool", "This tool has no reduction"),
                            ("low_already", "Not lowered: the band is the lowest"),
                            ("detained", "Not lowered: in custody or detained"),
                            ("provisional", "Not lowered: something is not known yet"),
                            ("not_known", "Not lowered: a day is not known"),
                            ("too_soon", "Not lowered: less than five years"),
                        ],
                        max_length=16,
                    ),
                ),
                ("points", models.PositiveSmallIntegerField(null=True)),
                ("percent", models.DecimalField(decimal_places=4, max_digits=7, null=True)),
                ("model_version", models.CharField(blank=True, max_length=20)),
                ("thresholds_version", models.CharField(blank=True, max_length=20)),
                ("is_provisional", models.BooleanField(default=False)),
                ("inputs", models.JSONField(null=True)),
                ("working", models.JSONField(null=True)),
                ("reference", models.CharField(blank=True, max_length=60)),
                ("recorded_by_label", models.CharField(max_length=100)),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("voided_at", models.DateTimeField(null=True)),
                ("void_reason", models.TextField(blank=True, max_length=2000)),
                (
                    "offender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="static_scores",
                        to="offenders.offender",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "voided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["offender", "-scored_on", "-id"], name="static_score_of_person"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tool__in", ["osp_dc", "osp_iic", "csrp", "rm2000s", "kirat", "rosh"])
                        ),
                        name="static_score_tool_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "reduction__in",
                                [
                                    "",
                                    "applied",
                                    "not_of_this_tool",
                                    "low_already",
                                    "detained",
                                    "provisional",
                                    "not_known",
                                    "too_soon",
                                ],
                            )
                        ),
                        name="static_score_reduction_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("adjusted_band__in", ["low", "low"]), ("band", "low")),
                            models.Q(("adjusted_band__in", ["medium", "low"]), ("band", "medium")),
                            models.Q(("adjusted_band__in", ["high", "medium"]), ("band", "high")),
                            models.Q(
                                ("adjusted_band__in", ["very_high", "high"]), ("band", "very_high")
                            ),
                            _connector="OR",
                        ),
                        name="static_score_band_one_lower_at_most",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("points__isnull", True),
                                ("points__range", (0, 64)),
                                _connector="OR",
                            ),
                            models.Q(
                                ("percent__isnull", True),
                                ("percent__range", (0, 100)),
                                _connector="OR",
                            ),
                        ),
                        name="static_score_figures_in_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("inputs__isnull", False),
                                ("percent__isnull", False),
                                ("recorded_by__isnull", False),
                                ("source", "calculated_here"),
                                ("tool__in", ("osp_dc", "osp_iic")),
                                ("working__isnull", False),
                                models.Q(("model_version", ""), _negated=True),
                                models.Q(("thresholds_version", ""), _negated=True),
                                models.Q(("reduction", ""), _negated=True),
                            ),
                            models.Q(
                                ("inputs__isnull", True),
                                ("is_provisional", False),
                                ("reduction", ""),
                                ("source", "imported_official"),
                                ("working__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="static_score_has_what_its_source_has",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("void_reason", ""),
                                ("voided_at__isnull", True),
                                ("voided_by__isnull", True),
                            ),
                            models.Q(
                                ("voided_at__isnull", False),
                                ("voided_by__isnull", False),
                                models.Q(("void_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="static_score_voided_by_somebody_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.RunPython(freeze, free),
    ]
