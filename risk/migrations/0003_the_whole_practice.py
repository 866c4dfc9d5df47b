import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "__first__"),
        ("offenders", "0008_the_whole_practice"),
        ("risk", "0002_refuse_unknown_words"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="riskassessment",
            name="assessment_tool_known",
        ),
        migrations.CreateModel(
            name="FactorRating",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("factor", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=120)),
                (
                    "rating",
                    models.CharField(
                        choices=[
                            ("low", "Low"),
                            ("medium", "Medium"),
                            ("high", "High"),
                            ("not_known", "Not known"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "trend",
                    models.CharField(
                        choices=[
                            ("improving", "Improving"),
                            ("steady", "Steady"),
                            ("worsening", "Worsening"),
                            ("not_known", "Not known"),
                        ],
                        default="not_known",
                        max_length=9,
                    ),
                ),
                ("evidence", models.TextField(blank=True, max_length=4000)),
                ("evidence_on", models.DateField(null=True)),
                ("evidence_source", models.CharField(blank=True, max_length=200)),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ratings",
                        to="risk.riskassessment",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("assessment", "factor"), name="factor_rated_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rating__in", ["low", "medium", "high", "not_known"])),
                        name="factor_rating_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("trend__in", ["improving", "steady", "worsening", "not_known"])
                        ),
                        name="factor_trend_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rating", "not_known"),
                            models.Q(
                                models.Q(("evidence", ""), _negated=True),
                                ("evidence_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="factor_rated_on_evidence",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LevelOverride",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "priority",
                    models.CharField(
                        choices=[
                            ("very_high", "Very high"),
                            ("high", "High"),
                            ("medium", "Medium"),
                            ("low", "Low"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("very_high", "Very high"),
                            ("high", "High"),
                            ("medium", "Medium"),
                            ("low", "Low"),
                            ("not_assessed", "Not assessed"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.TextField(max_length=2000)),
                ("decided_on", models.DateField()),
                ("expires_on", models.DateField()),
                ("ended_on", models.DateField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "approver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "assessed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "assessment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="override",
                        to="risk.riskassessment",
                    ),
                ),
                (
                    "offender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="overrides",
                        to="offenders.offender",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["offender", "decided_on"], name="override_in_order")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("approver", models.F("assessed_by")), _negated=True),
                        name="override_approved_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("level", models.F("priority")), _negated=True),
                        name="override_of_another_level",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_on__gt", models.F("decided_on"))),
                        name="override_expires",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="override_says_why"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_on__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="override_ended_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("level__in", ["very_high", "high", "medium", "low"]),
                            ("priority__in", ["very_high", "high", "medium", "low"]),
                        ),
                        name="override_levels_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RiskManagementPlan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("submitted", "Waiting for endorsement"),
                            ("recommended", "Waiting for an inspector"),
                            ("endorsed", "In force"),
                            ("returned", "Returned to the author"),
                            ("superseded", "Replaced by a later plan"),
                        ],
                        max_length=11,
                    ),
                ),
                ("supervision", models.TextField(max_length=4000)),
                ("monitoring_control", models.TextField(max_length=4000)),
                ("interventions_treatment", models.TextField(max_length=4000)),
                ("victim_safety", models.TextField(max_length=4000)),
                ("contingency", models.TextField(max_length=4000)),
                ("attendance", models.CharField(max_length=500)),
                ("disclosure_considered", models.BooleanField()),
                ("disclosure_reasoning", models.TextField(max_length=2000)),
                ("interval_months", models.PositiveSmallIntegerField(null=True)),
                ("interval_days", models.PositiveSmallIntegerField(null=True)),
                ("interval_reason", models.TextField(blank=True, max_length=2000)),
                ("review", models.TextField(max_length=4000)),
                ("submitted_on", models.DateField()),
                ("submitted_at", models.DateTimeField()),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[("endorse", "Endorse"), ("return", "Return to the author")],
                        max_length=7,
                    ),
                ),
                ("comment", models.TextField(blank=True, max_length=2000)),
                ("decided_at", models.DateTimeField(null=True)),
                ("is_longer", models.BooleanField(default=False)),
                (
                    "interval_decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("agree", "Agree to the longer interval"),
                            ("refuse", "Return the plan to its author"),
                        ],
                        max_length=6,
                    ),
                ),
                ("interval_comment", models.TextField(blank=True, max_length=2000)),
                ("interval_decided_at", models.DateTimeField(null=True)),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("very_high", "Very high"),
                            ("high", "High"),
                            ("medium", "Medium"),
                            ("low", "Low"),
                            ("not_assessed", "Not assessed"),
                        ],
                        max_length=12,
                    ),
                ),
                ("agreed_on", models.DateField(null=True)),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="risk.riskassessment",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "interval_decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "offender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="offenders.offender",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["endorsed", "superseded"])),
                        fields=["offender", "agreed_on"],
                        name="plan_agreed",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("offender", "version"), name="plan_version"),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["submitted", "recommended"])),
                        fields=("offender",),
                        name="plan_one_waiting",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "endorsed")),
                        fields=("offender",),
                        name="plan_one_in_force",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("author")), _negated=True),
                            _connector="OR",
                        ),
                        name="plan_endorsed_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("interval_decided_by__isnull", True),
                            models.Q(("interval_decided_by", models.F("author")), _negated=True),
                            _connector="OR",
                        ),
                        name="plan_interval_agreed_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["submitted", "recommended", "endorsed", "returned", "superseded"],
                            )
                        ),
                        name="plan_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decision__in", ["", "endorse", "return"])),
                        name="plan_decision_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("interval_decision__in", ["", "agree", "refuse"])),
                        name="plan_interval_decision_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "level__in",
                                ["", "very_high", "high", "medium", "low", "not_assessed"],
                            )
                        ),
                        name="plan_level_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_by__isnull", True),
                                ("decision", ""),
                                ("state", "submitted"),
                                ("decided_at__isnull", True),
                            ),
                            models.Q(
                                models.Q(("state", "submitted"), _negated=True),
                                models.Q(("decision", ""), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="plan_decided_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("interval_decided_at__isnull", True),
                                ("interval_decided_by__isnull", True),
                                ("interval_decision", ""),
                            ),
                            models.Q(
                                models.Q(("interval_decision", ""), _negated=True),
                                ("interval_decided_at__isnull", False),
                                ("interval_decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="plan_interval_decided_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("agreed_on__isnull", True),
                                ("level", ""),
                                models.Q(("state__in", ["endorsed", "superseded"]), _negated=True),
                            ),
                            models.Q(
                                ("agreed_on__isnull", False),
                                ("decision", "endorse"),
                                ("state__in", ["endorsed", "superseded"]),
                                models.Q(("level", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="plan_in_force_is_agreed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["endorsed", "superseded"]), _negated=True),
                            ("is_longer", False),
                            ("interval_decision", "agree"),
                            _connector="OR",
                        ),
                        name="plan_longer_interval_has_an_inspector",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("interval_months__isnull", True),
                            ("interval_days__isnull", True),
                            _connector="OR",
                        ),
                        name="plan_one_interval",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("interval_months__isnull", True),
                                ("interval_months__gt", 0),
                                _connector="OR",
                            ),
                            models.Q(
                                ("interval_days__isnull", True),
                                ("interval_days__gt", 0),
                                _connector="OR",
                            ),
                        ),
                        name="plan_interval_is_some_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("interval_days__isnull", True), ("interval_months__isnull", True)
                            ),
                            models.Q(("interval_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="plan_interval_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanFlag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "system",
                    models.CharField(
                        choices=[
                            ("local", "Local intelligence system"),
                            ("pnc", "Police National Computer"),
                            ("pnd", "Police National Database"),
                            ("leds", "Law Enforcement Data Service"),
                            ("visor", "ViSOR or MAPPS"),
                        ],
                        max_length=5,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("set", "Set"), ("not_set", "Not set")], max_length=7
                    ),
                ),
                ("checked_on", models.DateField()),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="flags",
                        to="risk.riskmanagementplan",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "system"), name="plan_flag_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("system__in", ["local", "pnc", "pnd", "leds", "visor"])
                        ),
                        name="plan_flag_system_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["set", "not_set"])),
                        name="plan_flag_state_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SignificantChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("new_relationship", "A new relationship"),
                            ("child_in_household", "A child in the household"),
                            ("loss_of_home", "Loss of the home"),
                            ("loss_of_work", "Loss of work"),
                            ("arrest", "An arrest"),
                            ("health_crisis", "A crisis of health"),
                            ("disclosure", "Something disclosed"),
                            ("other", "Something else"),
                        ],
                        max_length=20,
                    ),
                ),
                ("occurred_on", models.DateField()),
                ("known_on", models.DateField()),
                ("text", models.TextField(max_length=4000)),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "offender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="significant_changes",
                        to="offenders.offender",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["offender", "known_on"], name="change_in_order")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "what__in",
                                [
                                    "new_relationship",
                                    "child_in_household",
                                    "loss_of_home",
                                    "loss_of_work",
                                    "arrest",
                                    "health_crisis",
                                    "disclosure",
                                    "other",
                                ],
                            )
                        ),
                        name="change_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("known_on__gte", models.F("occurred_on"))),
                        name="change_known_after_it_happened",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ToolVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=20)),
                ("number", models.PositiveIntegerField()),
                ("effective_from", models.DateField()),
                ("name", models.CharField(max_length=120)),
                ("place", models.PositiveSmallIntegerField()),
                ("is_offered", models.BooleanField(default=True)),
                ("sexes", models.JSONField(default=list)),
                ("from_age", models.PositiveSmallIntegerField(null=True)),
                ("until_age", models.PositiveSmallIntegerField(null=True)),
                ("factors", models.JSONField(default=list)),
                ("ratings", models.JSONField(default=list)),
                ("priorities", models.JSONField(default=list)),
                ("training", models.CharField(blank=True, max_length=20)),
                ("source", models.CharField(max_length=400)),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("code", "number"), name="tool_version_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_age__isnull", True),
                            ("until_age__isnull", True),
                            ("from_age__lt", models.F("until_age")),
                            _connector="OR",
                        ),
                        name="tool_ages_in_order",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="riskassessment",
            name="decided_on",
            field=models.DateField(null=True),
        ),
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
        migrations.AddField(
            model_name="riskassessment",
            name="level",
            field=models.CharField(
                blank=True,
                choices=[
                    ("very_high", "Very high"),
                    ("high", "High"),
                    ("medium", "Medium"),
                    ("low", "Low"),
                    ("not_assessed", "Not assessed"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="riskassessment",
            name="level_decided_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="riskassessment",
            name="level_decided_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="riskassessment",
            name="level_reason",
            field=models.TextField(blank=True, max_length=2000),
        ),
        migrations.AddField(
            model_name="riskassessment",
            name="started_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name="riskassessment",
            name="tool",
            field=models.CharField(max_length=20),
        ),
        migrations.AddField(
            model_name="riskassessment",
            name="template",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="risk.toolversion",
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
        migrations.AddConstraint(
            model_name="riskassessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("level_decided_by__isnull", True),
                    models.Q(("level_decided_by", models.F("author")), _negated=True),
                    _connector="OR",
                ),
                name="assessment_level_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="riskassessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("level", ""),
                        ("level_decided_at__isnull", True),
                        ("level_decided_by__isnull", True),
                    ),
                    models.Q(
                        ("level__in", ["very_high", "high", "medium", "low"]),
                        ("level_decided_at__isnull", False),
                        ("level_decided_by__isnull", False),
                        ("state", "endorsed"),
                    ),
                    _connector="OR",
                ),
                name="assessment_level_decided_whole",
            ),
        ),
    ]
