import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from audit.migrating import Together


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_the_whole_practice"),
        ("accounts", "__first__"),
        ("offenders", "0008_the_whole_practice"),
        ("risk", "0003_the_whole_practice"),
        ("workflows", "0006_what_a_rule_set_moved"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="obligation",
            name="obligation_kind_known",
        ),
        Together(
            migrations.CreateModel(
                name="AccountCheck",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "finding",
                        models.CharField(
                            choices=[
                                ("not_checked", "Not checked"),
                                ("seen", "Seen"),
                                ("not_there", "Not there"),
                                ("no_longer_held", "No longer held"),
                                ("seized", "Seized"),
                            ],
                            max_length=14,
                        ),
                    ),
                    ("note", models.CharField(blank=True, max_length=300)),
                    (
                        "checked",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="offenders.onlineaccount",
                        ),
                    ),
                    (
                        "write_up",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="account_checks",
                            to="workflows.visitwriteup",
                        ),
                    ),
                ],
                options={
                    "ordering": ("pk",),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("write_up", "checked"), name="account_check_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "finding__in",
                                    [
                                        "not_checked",
                                        "seen",
                                        "not_there",
                                        "no_longer_held",
                                        "seized",
                                    ],
                                )
                            ),
                            name="account_check_known",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="AssessmentDraft",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("values", models.JSONField()),
                    ("started_at", models.DateTimeField()),
                    ("saved_at", models.DateTimeField()),
                    ("submitted_at", models.DateTimeField(null=True)),
                    (
                        "author",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "task",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="draft",
                            to="workflows.task",
                        ),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="CaseAction",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "public_id",
                        models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                    ),
                    ("text", models.CharField(max_length=500)),
                    ("due_on", models.DateField()),
                    ("raised_on", models.DateField()),
                    (
                        "recorded_at",
                        models.DateTimeField(
                            db_default=django.db.models.functions.datetime.Now(), editable=False
                        ),
                    ),
                    (
                        "outcome",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("done", "Done"),
                                ("not_done", "Not done, and no longer wanted"),
                            ],
                            max_length=8,
                        ),
                    ),
                    ("evidence", models.TextField(blank=True, max_length=4000)),
                    ("finished_on", models.DateField(null=True)),
                    ("finished_at", models.DateTimeField(null=True)),
                    (
                        "pillar",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("supervision", "Supervision"),
                                ("monitoring_control", "Monitoring and control"),
                                ("interventions_treatment", "Interventions and treatment"),
                                ("victim_safety", "Victim safety"),
                            ],
                            max_length=23,
                        ),
                    ),
                    ("factor", models.CharField(blank=True, max_length=40)),
                    (
                        "finished_by",
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
                            related_name="case_actions",
                            to="offenders.offender",
                        ),
                    ),
                    (
                        "owner",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "process",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="case_actions",
                            to="workflows.process",
                        ),
                    ),
                    (
                        "raised_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(
                            condition=models.Q(("finished_on__isnull", True)),
                            fields=["offender", "raised_on"],
                            name="case_action_open",
                        )
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("outcome__in", ["", "done", "not_done"])),
                            name="case_action_outcome_known",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("finished_at__isnull", True),
                                    ("finished_by__isnull", True),
                                    ("finished_on__isnull", True),
                                    ("outcome", ""),
                                ),
                                models.Q(
                                    ("finished_at__isnull", False),
                                    ("finished_by__isnull", False),
                                    ("finished_on__isnull", False),
                                    models.Q(("outcome", ""), _negated=True),
                                    models.Q(("evidence", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="case_action_finished_whole",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "pillar__in",
                                    [
                                        "",
                                        "supervision",
                                        "monitoring_control",
                                        "interventions_treatment",
                                        "victim_safety",
                                    ],
                                )
                            ),
                            name="case_action_pillar_known",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="CaseReview",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "public_id",
                        models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("supervisor_review", "Supervisor review"),
                                ("dip_sample", "Dip sample"),
                            ],
                            max_length=20,
                        ),
                    ),
                    ("reviewed_on", models.DateField()),
                    (
                        "grade",
                        models.CharField(
                            choices=[
                                ("good", "Good"),
                                ("requires_improvement", "Requires improvement"),
                                ("inadequate", "Inadequate"),
                            ],
                            max_length=20,
                        ),
                    ),
                    ("comment", models.TextField(max_length=4000)),
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
                            related_name="case_reviews",
                            to="offenders.offender",
                        ),
                    ),
                    (
                        "offender_manager",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "process",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="case_review",
                            to="workflows.process",
                        ),
                    ),
                    (
                        "reviewed_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "team",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.team",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(
                            fields=["offender", "kind", "reviewed_on"], name="case_reviewed"
                        ),
                        models.Index(
                            fields=["team", "kind", "reviewed_on"], name="case_reviewed_in_team"
                        ),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("offender_manager__isnull", True),
                                models.Q(
                                    ("reviewed_by", models.F("offender_manager")), _negated=True
                                ),
                                _connector="OR",
                            ),
                            name="case_review_by_another_than_the_manager",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("kind__in", ["supervisor_review", "dip_sample"])),
                            name="case_review_kind_known",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("grade__in", ["good", "requires_improvement", "inadequate"])
                            ),
                            name="case_review_grade_known",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="CaseReviewCheck",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "item",
                        models.CharField(
                            choices=[
                                ("records", "Records are complete and up to date"),
                                (
                                    "flags_local",
                                    "Flag and alert settings on the local system are right",
                                ),
                                ("flags_national", "Markers on PNC, PND and LEDS are set"),
                                ("actions", "Open actions are being done"),
                                ("plan", "Risk management plan is in date and followed"),
                                ("assessment", "Risk assessment is in date and fits what is known"),
                                ("visit_quality", "Quality of the visits"),
                                ("visit_variety", "Days and times of the visits vary"),
                                (
                                    "checks_police",
                                    "Local system, PNC and PND checked since the last review",
                                ),
                                ("checks_open", "Open source checked since the last review"),
                                (
                                    "disclosure",
                                    "Disclosure was considered and the decision recorded",
                                ),
                                ("welfare", "Welfare of the officer"),
                            ],
                            max_length=20,
                        ),
                    ),
                    (
                        "grade",
                        models.CharField(
                            choices=[
                                ("good", "Good"),
                                ("requires_improvement", "Requires improvement"),
                                ("inadequate", "Inadequate"),
                                ("not_applicable", "Does not apply"),
                            ],
                            max_length=20,
                        ),
                    ),
                    ("comment", models.CharField(blank=True, max_length=1000)),
                    (
                        "recorded_at",
                        models.DateTimeField(
                            db_default=django.db.models.functions.datetime.Now(), editable=False
                        ),
                    ),
                    (
                        "review",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="checks",
                            to="workflows.casereview",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("review", "item"), name="case_review_check_once_in_a_review"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "item__in",
                                    [
                                        "records",
                                        "flags_local",
                                        "flags_national",
                                        "actions",
                                        "plan",
                                        "assessment",
                                        "visit_quality",
                                        "visit_variety",
                                        "checks_police",
                                        "checks_open",
                                        "disclosure",
                                        "welfare",
                                    ],
                                )
                            ),
                            name="case_review_check_item_known",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "grade__in",
                                    [
                                        "good",
                                        "requires_improvement",
                                        "inadequate",
                                        "not_applicable",
                                    ],
                                )
                            ),
                            name="case_review_check_grade_known",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("grade", "good"),
                                models.Q(("comment", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="case_review_check_says_why",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ConditionCheck",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "finding",
                        models.CharField(
                            choices=[
                                ("not_checked", "Not checked"),
                                ("kept", "Kept"),
                                ("not_kept", "Not kept"),
                            ],
                            max_length=11,
                        ),
                    ),
                    ("seen", models.CharField(blank=True, max_length=500)),
                    (
                        "checked",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="offenders.ordercondition",
                        ),
                    ),
                    (
                        "write_up",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="condition_checks",
                            to="workflows.visitwriteup",
                        ),
                    ),
                ],
                options={
                    "ordering": ("pk",),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("write_up", "checked"), name="condition_check_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("finding__in", ["not_checked", "kept", "not_kept"])
                            ),
                            name="condition_check_known",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("finding", "not_kept"), _negated=True),
                                models.Q(("seen", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="condition_not_kept_says_what_was_seen",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="DeathReport",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "public_id",
                        models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                    ),
                    ("died_on", models.DateField(null=True)),
                    ("source", models.TextField(max_length=2000)),
                    ("reported_on", models.DateField()),
                    ("reported_at", models.DateTimeField()),
                    (
                        "recorded_at",
                        models.DateTimeField(
                            db_default=django.db.models.functions.datetime.Now(), editable=False
                        ),
                    ),
                    (
                        "decision",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("verified", "Verified: end registration"),
                                ("refuted", "Wrong: the person is alive, or nothing bears it out"),
                            ],
                            max_length=8,
                        ),
                    ),
                    ("reference", models.CharField(blank=True, max_length=200)),
                    ("comment", models.TextField(blank=True, max_length=2000)),
                    ("decided_on", models.DateField(null=True)),
                    ("decided_at", models.DateTimeField(null=True)),
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
                        "offender",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="death_reports",
                            to="offenders.offender",
                        ),
                    ),
                    (
                        "process",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="death_reports",
                            to="workflows.process",
                        ),
                    ),
                    (
                        "reported_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["offender", "reported_on"], name="death_reported")
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("decision", "")),
                            fields=("offender",),
                            name="death_report_one_waiting",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("decided_by__isnull", True),
                                models.Q(("decided_by", models.F("reported_by")), _negated=True),
                                _connector="OR",
                            ),
                            name="death_report_decided_by_another",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("decided_at__isnull", True),
                                    ("decided_by__isnull", True),
                                    ("decided_on__isnull", True),
                                    ("decision", ""),
                                ),
                                models.Q(
                                    ("decided_at__isnull", False),
                                    ("decided_by__isnull", False),
                                    ("decided_on__isnull", False),
                                    ("decision__in", ["verified", "refuted"]),
                                    models.Q(("comment", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="death_report_decided_whole",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("decision", "verified"), _negated=True),
                                models.Q(("reference", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="death_report_verified_by_reference",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="DetailCheck",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "item",
                        models.CharField(
                            choices=[
                                ("names", "Names used"),
                                ("date_of_birth", "Date of birth"),
                                ("national_insurance", "National Insurance number"),
                                ("home", "Home address"),
                                ("other_premises", "Other premises stayed at"),
                                ("passports", "Passports and identity documents"),
                                ("bank", "Bank accounts and cards, as notified"),
                                ("child_household", "Households with a child"),
                                ("travel", "Travel abroad"),
                            ],
                            max_length=18,
                        ),
                    ),
                    (
                        "finding",
                        models.CharField(
                            choices=[
                                ("not_checked", "Not checked"),
                                ("confirmed", "Confirmed"),
                                ("changed", "Changed: a notification is owed"),
                            ],
                            max_length=11,
                        ),
                    ),
                    ("note", models.CharField(blank=True, max_length=300)),
                    (
                        "write_up",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="details",
                            to="workflows.visitwriteup",
                        ),
                    ),
                ],
                options={
                    "ordering": ("pk",),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("write_up", "item"), name="detail_check_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("finding__in", ["not_checked", "confirmed", "changed"]),
                                (
                                    "item__in",
                                    [
                                        "names",
                                        "date_of_birth",
                                        "national_insurance",
                                        "home",
                                        "other_premises",
                                        "passports",
                                        "bank",
                                        "child_household",
                                        "travel",
                                    ],
                                ),
                            ),
                            name="detail_check_known",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="DeviceCheck",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "finding",
                        models.CharField(
                            choices=[
                                ("not_checked", "Not checked"),
                                ("seen", "Seen"),
                                ("not_there", "Not there"),
                                ("no_longer_held", "No longer held"),
                                ("seized", "Seized"),
                            ],
                            max_length=14,
                        ),
                    ),
                    ("note", models.CharField(blank=True, max_length=300)),
                    (
                        "checked",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="offenders.device",
                        ),
                    ),
                    (
                        "write_up",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="device_checks",
                            to="workflows.visitwriteup",
                        ),
                    ),
                ],
                options={
                    "ordering": ("pk",),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("write_up", "checked"), name="device_check_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "finding__in",
                                    [
                                        "not_checked",
                                        "seen",
                                        "not_there",
                                        "no_longer_held",
                                        "seized",
                                    ],
                                )
                            ),
                            name="device_check_known",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="DipSample",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "public_id",
                        models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                    ),
                    ("size", models.PositiveSmallIntegerField()),
                    ("seed", models.CharField(max_length=40)),
                    ("frame", models.JSONField()),
                    ("drawn_on", models.DateField()),
                    (
                        "recorded_at",
                        models.DateTimeField(
                            db_default=django.db.models.functions.datetime.Now(), editable=False
                        ),
                    ),
                    (
                        "drawn_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "force",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.force",
                        ),
                    ),
                    (
                        "officer",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "team",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.team",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["team", "drawn_on"], name="dip_sample_of_team")
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("size__gte", 1), models.Q(("seed", ""), _negated=True)
                            ),
                            name="dip_sample_of_someone",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="DipSampleItem",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "public_id",
                        models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                    ),
                    ("drawn_on", models.DateField()),
                    (
                        "recorded_at",
                        models.DateTimeField(
                            db_default=django.db.models.functions.datetime.Now(), editable=False
                        ),
                    ),
                    ("checked_on", models.DateField(null=True)),
                    ("checked_at", models.DateTimeField(null=True)),
                    (
                        "checker",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "offender",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="dip_samples",
                            to="offenders.offender",
                        ),
                    ),
                    (
                        "offender_manager",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "review",
                        models.OneToOneField(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="sample_item",
                            to="workflows.casereview",
                        ),
                    ),
                    (
                        "sample",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="items",
                            to="workflows.dipsample",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("sample", "offender"), name="dip_sample_item_once_in_a_sample"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("offender_manager__isnull", True),
                                models.Q(("checker", models.F("offender_manager")), _negated=True),
                                _connector="OR",
                            ),
                            name="dip_sample_item_checked_by_another",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("checked_at__isnull", True),
                                    ("checked_on__isnull", True),
                                    ("review__isnull", True),
                                ),
                                models.Q(
                                    ("checked_at__isnull", False),
                                    ("checked_on__isnull", False),
                                    ("review__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="dip_sample_item_checked_whole",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="EntryWarrant",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "public_id",
                        models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                    ),
                    (
                        "recommendation",
                        models.CharField(
                            choices=[
                                ("apply", "Apply for a warrant"),
                                ("do_not_apply", "Do not apply"),
                            ],
                            max_length=12,
                        ),
                    ),
                    ("necessity", models.TextField(max_length=2000)),
                    ("reason", models.TextField(max_length=2000)),
                    ("considered_at", models.DateTimeField()),
                    (
                        "recorded_at",
                        models.DateTimeField(
                            db_default=django.db.models.functions.datetime.Now(), editable=False
                        ),
                    ),
                    (
                        "decision",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("applied", "Applied for"),
                                ("not_applied", "Not applied for"),
                            ],
                            max_length=11,
                        ),
                    ),
                    ("decision_reason", models.TextField(blank=True, max_length=2000)),
                    ("reference", models.CharField(blank=True, max_length=100)),
                    ("applied_on", models.DateField(null=True)),
                    ("decided_on", models.DateField(null=True)),
                    ("decided_at", models.DateTimeField(null=True)),
                    (
                        "court",
                        models.CharField(
                            blank=True,
                            choices=[("granted", "Granted"), ("refused", "Refused by the court")],
                            max_length=7,
                        ),
                    ),
                    ("court_on", models.DateField(null=True)),
                    ("court_recorded_at", models.DateTimeField(null=True)),
                    ("executed_on", models.DateField(null=True)),
                    ("executed_recorded_at", models.DateTimeField(null=True)),
                    (
                        "considered_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "court_recorded_by",
                        models.ForeignKey(
                            null=True,
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
                        "executed_recorded_by",
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
                            related_name="entry_warrants",
                            to="offenders.offender",
                        ),
                    ),
                    (
                        "process",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="entry_warrants",
                            to="workflows.process",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(
                            fields=["offender", "decided_at"], name="entry_warrant_decided"
                        )
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("decision", "")),
                            fields=("offender",),
                            name="entry_warrant_one_waiting",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("recommendation__in", ["apply", "do_not_apply"])),
                            name="entry_warrant_recommendation_known",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("decided_by__isnull", True),
                                models.Q(("decided_by", models.F("considered_by")), _negated=True),
                                _connector="OR",
                            ),
                            name="entry_warrant_decided_by_another",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("decided_at__isnull", True),
                                    ("decided_by__isnull", True),
                                    ("decided_on__isnull", True),
                                    ("decision", ""),
                                ),
                                models.Q(
                                    ("decided_at__isnull", False),
                                    ("decided_by__isnull", False),
                                    ("decided_on__isnull", False),
                                    ("decision__in", ["applied", "not_applied"]),
                                    models.Q(("decision_reason", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="entry_warrant_decided_whole",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("applied_on__isnull", False),
                                    ("decision", "applied"),
                                    models.Q(("reference", ""), _negated=True),
                                ),
                                models.Q(
                                    models.Q(("decision", "applied"), _negated=True),
                                    ("applied_on__isnull", True),
                                    ("reference", ""),
                                ),
                                _connector="OR",
                            ),
                            name="entry_warrant_applied_with_its_reference",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("court", ""),
                                    ("court_on__isnull", True),
                                    ("court_recorded_at__isnull", True),
                                    ("court_recorded_by__isnull", True),
                                ),
                                models.Q(
                                    ("court__in", ["granted", "refused"]),
                                    ("court_on__gte", models.F("applied_on")),
                                    ("court_recorded_at__isnull", False),
                                    ("court_recorded_by__isnull", False),
                                    ("decision", "applied"),
                                ),
                                _connector="OR",
                            ),
                            name="entry_warrant_court_whole",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("executed_on__isnull", True),
                                    ("executed_recorded_at__isnull", True),
                                    ("executed_recorded_by__isnull", True),
                                ),
                                models.Q(
                                    ("court", "granted"),
                                    ("executed_on__gte", models.F("court_on")),
                                    ("executed_recorded_at__isnull", False),
                                    ("executed_recorded_by__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="entry_warrant_executed_whole",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="FactorEvidence",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "factor",
                        models.CharField(
                            choices=[
                                ("opportunity", "Opportunity to offend"),
                                ("sexual_preoccupation", "Sexual preoccupation"),
                                ("offence_related_interests", "Offence-related sexual interests"),
                                ("emotional_congruence", "Emotional congruence with children"),
                                ("hostile_orientation", "Hostile orientation"),
                                ("self_management", "Poor self-management"),
                                ("social_influences", "Negative social influences"),
                                ("commitment_to_desist", "Commitment to desist"),
                                ("intimate_relationship", "Intimate relationship"),
                                ("employment_or_routine", "Employment or positive routine"),
                                ("social_investment", "Social investment"),
                            ],
                            max_length=30,
                        ),
                    ),
                    ("text", models.TextField(max_length=2000)),
                    (
                        "write_up",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="evidence",
                            to="workflows.visitwriteup",
                        ),
                    ),
                ],
                options={
                    "ordering": ("pk",),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("write_up", "factor"), name="factor_evidence_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "factor__in",
                                    (
                                        "opportunity",
                                        "sexual_preoccupation",
                                        "offence_related_interests",
                                        "emotional_congruence",
                                        "hostile_orientation",
                                        "self_management",
                                        "social_influences",
                                        "commitment_to_desist",
                                        "intimate_relationship",
                                        "employment_or_routine",
                                        "social_investment",
                                    ),
                                )
                            ),
                            name="factor_evidence_known",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="FoundAccount",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "found",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="offenders.onlineaccount",
                        ),
                    ),
                    (
                        "write_up",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="found_accounts",
                            to="workflows.visitwriteup",
                        ),
                    ),
                ],
                options={
                    "ordering": ("pk",),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("write_up", "found"), name="found_account_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="FoundDevice",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "found",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="offenders.device",
                        ),
                    ),
                    (
                        "write_up",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="found_devices",
                            to="workflows.visitwriteup",
                        ),
                    ),
                ],
                options={
                    "ordering": ("pk",),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("write_up", "found"), name="found_device_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="LoneVisitWatch",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "public_id",
                        models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                    ),
                    ("started_at", models.DateTimeField()),
                    ("expected_end_at", models.DateTimeField()),
                    (
                        "recorded_at",
                        models.DateTimeField(
                            db_default=django.db.models.functions.datetime.Now(), editable=False
                        ),
                    ),
                    ("alarm_raised_at", models.DateTimeField(null=True)),
                    ("alarm_repeated_at", models.DateTimeField(null=True)),
                    ("ended_at", models.DateTimeField(null=True)),
                    (
                        "ended_because",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("safe", "Said to be safe"),
                                ("outcome", "Recorded the outcome of the visit"),
                            ],
                            max_length=7,
                        ),
                    ),
                    ("end_note", models.CharField(blank=True, max_length=500)),
                    (
                        "ended_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "officer",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "process",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="watches",
                            to="workflows.process",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(
                            condition=models.Q(("ended_at__isnull", True)),
                            fields=["expected_end_at"],
                            name="watch_running",
                        )
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("ended_at__isnull", True)),
                            fields=("process",),
                            name="watch_one_running",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("expected_end_at__gt", models.F("started_at"))),
                            name="watch_ends_after_it_starts",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("ended_at__isnull", True),
                                    ("ended_because", ""),
                                    ("ended_by__isnull", True),
                                ),
                                models.Q(
                                    ("ended_at__isnull", False),
                                    ("ended_because__in", ["safe", "outcome"]),
                                    ("ended_by__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="watch_ended_whole",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("alarm_repeated_at__isnull", True),
                                ("alarm_raised_at__isnull", False),
                                _connector="OR",
                            ),
                            name="watch_alarm_before_its_repetition",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="MissingDecision",
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
                                ("report", "Report the person missing"),
                                ("not_missing", "Not missing"),
                            ],
                            max_length=11,
                        ),
                    ),
                    ("reason", models.TextField(max_length=2000)),
                    ("decided_on", models.DateField()),
                    ("decided_at", models.DateTimeField()),
                    (
                        "recorded_at",
                        models.DateTimeField(
                            db_default=django.db.models.functions.datetime.Now(), editable=False
                        ),
                    ),
                    (
                        "decided_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "offender",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="missing_decisions",
                            to="offenders.offender",
                        ),
                    ),
                    (
                        "process",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="missing_decisions",
                            to="workflows.process",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["offender", "decided_on"], name="missing_decided")
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("decision__in", ["report", "not_missing"])),
                            name="missing_decision_known",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="MissingReport",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "public_id",
                        models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                    ),
                    (
                        "origin",
                        models.CharField(
                            choices=[
                                ("visit", "After a visit to somebody not resident"),
                                ("officer", "Reported by an officer"),
                                ("taken_over", "Missing in the record it was taken over from"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("last_seen_on", models.DateField(null=True)),
                    ("reason", models.TextField(max_length=2000)),
                    ("reported_on", models.DateField()),
                    ("reported_at", models.DateTimeField()),
                    (
                        "recorded_at",
                        models.DateTimeField(
                            db_default=django.db.models.functions.datetime.Now(), editable=False
                        ),
                    ),
                    (
                        "decision",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("confirm", "Missing: confirm"),
                                ("refuse", "Not missing: close the report"),
                            ],
                            max_length=7,
                        ),
                    ),
                    ("comment", models.TextField(blank=True, max_length=2000)),
                    ("decided_on", models.DateField(null=True)),
                    ("decided_at", models.DateTimeField(null=True)),
                    (
                        "closed_because",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("located", "Located"),
                                ("refused", "A supervisor did not confirm it"),
                                ("died", "Found to have died"),
                                ("ended", "The registration ended"),
                            ],
                            max_length=7,
                        ),
                    ),
                    (
                        "found_in",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("community", "In the community"),
                                ("custody", "In custody"),
                                ("hospital", "Detained in hospital"),
                                ("abroad", "Abroad"),
                                ("missing", "Missing"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("how", models.TextField(blank=True, max_length=2000)),
                    ("closed_on", models.DateField(null=True)),
                    ("closed_at", models.DateTimeField(null=True)),
                    (
                        "closed_by",
                        models.ForeignKey(
                            null=True,
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
                        "offender",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="missing_reports",
                            to="offenders.offender",
                        ),
                    ),
                    (
                        "process",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="missing_reports",
                            to="workflows.process",
                        ),
                    ),
                    (
                        "reported_by",
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
                        models.Index(fields=["offender", "reported_on"], name="missing_reported")
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("closed_at__isnull", True)),
                            fields=("offender",),
                            name="missing_report_one_open",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("origin__in", ["visit", "officer", "taken_over"])),
                            name="missing_report_origin_known",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("origin", "taken_over"),
                                ("reported_by__isnull", False),
                                _connector="OR",
                            ),
                            name="missing_report_has_a_reporter",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("decided_by__isnull", True),
                                ("reported_by__isnull", True),
                                models.Q(("decided_by", models.F("reported_by")), _negated=True),
                                _connector="OR",
                            ),
                            name="missing_report_confirmed_by_another",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("decided_at__isnull", True),
                                    ("decided_by__isnull", True),
                                    ("decided_on__isnull", True),
                                    ("decision", ""),
                                ),
                                models.Q(
                                    ("decided_at__isnull", False),
                                    ("decided_by__isnull", False),
                                    ("decided_on__isnull", False),
                                    ("decision__in", ["confirm", "refuse"]),
                                    models.Q(("comment", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="missing_report_decided_whole",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("closed_at__isnull", True),
                                    ("closed_because", ""),
                                    ("closed_by__isnull", True),
                                    ("closed_on__isnull", True),
                                    ("found_in", ""),
                                    ("how", ""),
                                ),
                                models.Q(
                                    ("closed_at__isnull", False),
                                    ("closed_because__in", ["located", "refused", "died", "ended"]),
                                    ("closed_by__isnull", False),
                                    ("closed_on__gte", models.F("reported_on")),
                                ),
                                _connector="OR",
                            ),
                            name="missing_report_closed_whole",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("closed_because", "located"), _negated=True),
                                models.Q(
                                    (
                                        "found_in__in",
                                        ["community", "custody", "hospital", "abroad"],
                                    ),
                                    models.Q(("how", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="missing_report_found_somewhere",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="MissingEnquiry",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("made_on", models.DateField()),
                    ("last_known_address", models.BooleanField()),
                    ("family_and_associates", models.BooleanField()),
                    ("agencies_and_records", models.BooleanField()),
                    ("wanted_marker", models.BooleanField()),
                    ("ports_alert", models.BooleanField()),
                    ("mappa_reviewed", models.BooleanField()),
                    ("findings", models.TextField(max_length=4000)),
                    ("next_steps", models.TextField(max_length=2000)),
                    ("is_periodic", models.BooleanField()),
                    (
                        "recorded_at",
                        models.DateTimeField(
                            db_default=django.db.models.functions.datetime.Now(), editable=False
                        ),
                    ),
                    ("review", models.TextField(blank=True, max_length=2000)),
                    ("reviewed_at", models.DateTimeField(null=True)),
                    (
                        "made_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "offender",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="missing_enquiries",
                            to="offenders.offender",
                        ),
                    ),
                    (
                        "process",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="missing_enquiries",
                            to="workflows.process",
                        ),
                    ),
                    (
                        "reviewed_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "report",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="enquiries",
                            to="workflows.missingreport",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["offender", "made_on"], name="missing_enquired")
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("reviewed_by__isnull", True),
                                models.Q(("reviewed_by", models.F("made_by")), _negated=True),
                                _connector="OR",
                            ),
                            name="missing_enquiry_reviewed_by_another",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("review", ""),
                                    ("reviewed_at__isnull", True),
                                    ("reviewed_by__isnull", True),
                                ),
                                models.Q(
                                    ("reviewed_at__isnull", False),
                                    ("reviewed_by__isnull", False),
                                    models.Q(("review", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="missing_enquiry_reviewed_whole",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="PersonPresent",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("name", models.CharField(max_length=200)),
                    ("is_child", models.BooleanField()),
                    ("born_on", models.DateField(null=True)),
                    (
                        "ethnicity",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("W1", "White British"),
                                ("W2", "White Irish"),
                                ("W3", "Gypsy or Irish Traveller"),
                                ("W9", "Any other White background"),
                                ("M1", "White and Black Caribbean"),
                                ("M2", "White and Black African"),
                                ("M3", "White and Asian"),
                                ("M9", "Any other mixed background"),
                                ("A1", "Indian"),
                                ("A2", "Pakistani"),
                                ("A3", "Bangladeshi"),
                                ("A4", "Chinese"),
                                ("A9", "Any other Asian background"),
                                ("B1", "Caribbean"),
                                ("B2", "African"),
                                ("B9", "Any other Black background"),
                                ("O2", "Arab"),
                                ("O9", "Any other ethnic group"),
                                ("NS", "Not stated"),
                            ],
                            max_length=2,
                        ),
                    ),
                    ("relationship", models.CharField(blank=True, max_length=200)),
                    ("referral_reference", models.CharField(blank=True, max_length=200)),
                    (
                        "write_up",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="persons",
                            to="workflows.visitwriteup",
                        ),
                    ),
                ],
                options={
                    "ordering": ("pk",),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "ethnicity__in",
                                    [
                                        "",
                                        "W1",
                                        "W2",
                                        "W3",
                                        "W9",
                                        "M1",
                                        "M2",
                                        "M3",
                                        "M9",
                                        "A1",
                                        "A2",
                                        "A3",
                                        "A4",
                                        "A9",
                                        "B1",
                                        "B2",
                                        "B9",
                                        "O2",
                                        "O9",
                                        "NS",
                                    ],
                                )
                            ),
                            name="person_present_ethnicity_known",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("is_child", False),
                                models.Q(("referral_reference", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="person_present_child_is_referred",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="PlanAction",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "pillar",
                        models.CharField(
                            choices=[
                                ("supervision", "Supervision"),
                                ("monitoring_control", "Monitoring and control"),
                                ("interventions_treatment", "Interventions and treatment"),
                                ("victim_safety", "Victim safety"),
                            ],
                            max_length=23,
                        ),
                    ),
                    ("factor", models.CharField(blank=True, max_length=40)),
                    ("text", models.CharField(max_length=500)),
                    ("due_on", models.DateField()),
                    (
                        "recorded_at",
                        models.DateTimeField(
                            db_default=django.db.models.functions.datetime.Now(), editable=False
                        ),
                    ),
                    (
                        "officer",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "plan",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="new_actions",
                            to="risk.riskmanagementplan",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "pillar__in",
                                    [
                                        "supervision",
                                        "monitoring_control",
                                        "interventions_treatment",
                                        "victim_safety",
                                    ],
                                )
                            ),
                            name="plan_action_pillar_known",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="PlanActionChoice",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "choice",
                        models.CharField(
                            choices=[
                                ("keep", "Carry on"),
                                ("done", "Done"),
                                ("not_wanted", "No longer wanted"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("reason", models.TextField(blank=True, max_length=2000)),
                    (
                        "recorded_at",
                        models.DateTimeField(
                            db_default=django.db.models.functions.datetime.Now(), editable=False
                        ),
                    ),
                    (
                        "case_action",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="choices",
                            to="workflows.caseaction",
                        ),
                    ),
                    (
                        "plan",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="open_actions",
                            to="risk.riskmanagementplan",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("plan", "case_action"), name="plan_action_choice_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("choice__in", ["keep", "done", "not_wanted"])),
                            name="plan_action_choice_known",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("choice", "keep"),
                                models.Q(("reason", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="plan_action_choice_has_a_reason",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="VisitPreparation",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "public_id",
                        models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                    ),
                    ("planned_at", models.DateTimeField(null=True)),
                    (
                        "safety_level",
                        models.CharField(
                            choices=[
                                ("usual", "No particular danger known"),
                                ("raised", "Raised: precautions are named"),
                                ("high", "High: a supervisor agreed the plan"),
                            ],
                            max_length=6,
                        ),
                    ),
                    ("safety_assessment", models.TextField(max_length=4000)),
                    ("partner", models.CharField(blank=True, max_length=120)),
                    ("prepared_at", models.DateTimeField()),
                    (
                        "recorded_at",
                        models.DateTimeField(
                            db_default=django.db.models.functions.datetime.Now(), editable=False
                        ),
                    ),
                    (
                        "prepared_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "process",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="preparations",
                            to="workflows.process",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["process", "-prepared_at"], name="preparation_newest")
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("safety_level__in", ["usual", "raised", "high"])),
                            name="preparation_safety_known",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="PreparationPurpose",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "purpose",
                        models.CharField(
                            choices=[
                                (
                                    "compliance",
                                    "Compliance with notification, orders, bail or licence",
                                ),
                                ("residence", "Confirm where they live"),
                                ("duty_of_care", "Duty of care to the public"),
                                ("risk_factors", "Monitor risk factors"),
                                ("information", "Gather information on this and linked offenders"),
                                ("detect_offences", "Detect offences"),
                                ("care_of_offender", "Care of the person, referral"),
                            ],
                            max_length=16,
                        ),
                    ),
                    (
                        "preparation",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="purposes",
                            to="workflows.visitpreparation",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("preparation", "purpose"), name="preparation_purpose_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "purpose__in",
                                    [
                                        "compliance",
                                        "residence",
                                        "duty_of_care",
                                        "risk_factors",
                                        "information",
                                        "detect_offences",
                                        "care_of_offender",
                                    ],
                                )
                            ),
                            name="preparation_purpose_known",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="PreparationStaff",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "preparation",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="staff",
                            to="workflows.visitpreparation",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("preparation", "user"), name="preparation_staff_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="ReactiveProposal",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "public_id",
                        models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                    ),
                    ("reason", models.TextField(max_length=4000)),
                    ("proposed_on", models.DateField()),
                    (
                        "recorded_at",
                        models.DateTimeField(
                            db_default=django.db.models.functions.datetime.Now(), editable=False
                        ),
                    ),
                    (
                        "recommendation",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("recommended", "Recommend it"),
                                ("not_recommended", "Do not recommend it"),
                            ],
                            max_length=15,
                        ),
                    ),
                    ("recommended_at", models.DateTimeField(null=True)),
                    ("recommendation_comment", models.TextField(blank=True, max_length=2000)),
                    (
                        "authority",
                        models.CharField(
                            blank=True,
                            choices=[("authorised", "Authorise it"), ("refused", "Refuse it")],
                            max_length=10,
                        ),
                    ),
                    ("authorised_at", models.DateTimeField(null=True)),
                    ("authority_comment", models.TextField(blank=True, max_length=2000)),
                    ("settled_on", models.DateField(null=True)),
                    ("settled_at", models.DateTimeField(null=True)),
                    ("lapsed_because", models.CharField(blank=True, max_length=60)),
                    (
                        "authorised_by",
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
                            related_name="reactive_proposals",
                            to="offenders.offender",
                        ),
                    ),
                    (
                        "proposed_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "recommended_by",
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
                        models.UniqueConstraint(
                            condition=models.Q(("settled_on__isnull", True)),
                            fields=("offender",),
                            name="reactive_proposal_one_open",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("recommendation__in", ["", "recommended", "not_recommended"])
                            ),
                            name="reactive_proposal_recommendation_known",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("authority__in", ["", "authorised", "refused"])),
                            name="reactive_proposal_authority_known",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("recommended_by__isnull", True),
                                models.Q(
                                    ("recommended_by", models.F("proposed_by")), _negated=True
                                ),
                                _connector="OR",
                            ),
                            name="reactive_proposal_recommended_by_another",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("authorised_by__isnull", True),
                                models.Q(
                                    models.Q(
                                        ("authorised_by", models.F("proposed_by")), _negated=True
                                    ),
                                    models.Q(
                                        ("authorised_by", models.F("recommended_by")), _negated=True
                                    ),
                                ),
                                _connector="OR",
                            ),
                            name="reactive_proposal_authorised_by_a_third",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("recommendation", ""),
                                    ("recommended_at__isnull", True),
                                    ("recommended_by__isnull", True),
                                ),
                                models.Q(
                                    ("recommended_at__isnull", False),
                                    ("recommended_by__isnull", False),
                                    models.Q(("recommendation", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="reactive_proposal_recommended_whole",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("authorised_at__isnull", True),
                                    ("authorised_by__isnull", True),
                                    ("authority", ""),
                                ),
                                models.Q(
                                    ("authorised_at__isnull", False),
                                    ("authorised_by__isnull", False),
                                    ("recommendation", "recommended"),
                                    ("settled_on__isnull", False),
                                    models.Q(("authority", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="reactive_proposal_authorised_whole",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("lapsed_because", ""),
                                    ("settled_at__isnull", True),
                                    ("settled_on__isnull", True),
                                ),
                                models.Q(
                                    ("settled_at__isnull", False), ("settled_on__isnull", False)
                                ),
                                _connector="OR",
                            ),
                            name="reactive_proposal_settled_whole",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ReactiveCriterion",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("criterion", models.CharField(max_length=30)),
                    ("met", models.BooleanField()),
                    ("evidence", models.CharField(blank=True, max_length=500)),
                    (
                        "proposal",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="criteria",
                            to="workflows.reactiveproposal",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("proposal", "criterion"), name="reactive_criterion_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="ReactiveReview",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "public_id",
                        models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                    ),
                    (
                        "outcome",
                        models.CharField(
                            choices=[
                                ("continues", "Reactive management continues"),
                                ("active", "Back to active management"),
                            ],
                            max_length=9,
                        ),
                    ),
                    ("comment", models.TextField(max_length=4000)),
                    ("reviewed_on", models.DateField()),
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
                            related_name="reactive_reviews",
                            to="offenders.offender",
                        ),
                    ),
                    (
                        "reviewed_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["offender", "reviewed_on"], name="reactive_reviewed")
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("outcome__in", ["continues", "active"])),
                            name="reactive_review_outcome_known",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="ReturnedWork",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("step", models.CharField(max_length=40)),
                    ("returned_on", models.DateField()),
                    ("reason", models.TextField(max_length=4000)),
                    (
                        "recorded_at",
                        models.DateTimeField(
                            db_default=django.db.models.functions.datetime.Now(), editable=False
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
                        "offender",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="returned_work",
                            to="offenders.offender",
                        ),
                    ),
                    (
                        "process",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="returned_work",
                            to="workflows.process",
                        ),
                    ),
                    (
                        "returned_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "team",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="accounts.team",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["team", "returned_on"], name="returned_in_team"),
                        models.Index(
                            fields=["offender", "returned_on"], name="returned_of_offender"
                        ),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("author", models.F("returned_by")), _negated=True),
                            name="returned_work_by_another",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("reason", ""), _negated=True),
                            name="returned_work_says_why",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="SystemCheck",
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
                                ("local", "Local intelligence"),
                                ("pnc", "Police National Computer"),
                                ("pnd", "Police National Database"),
                                ("open_source", "Open source and social media"),
                            ],
                            max_length=11,
                        ),
                    ),
                    ("done_at", models.DateTimeField(null=True)),
                    ("not_done_reason", models.CharField(blank=True, max_length=200)),
                    (
                        "preparation",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="checks",
                            to="workflows.visitpreparation",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("preparation", "system"), name="system_check_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("system__in", ["local", "pnc", "pnd", "open_source"])
                            ),
                            name="system_check_known",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("done_at__isnull", False), ("not_done_reason", "")),
                                models.Q(
                                    ("done_at__isnull", True),
                                    models.Q(("not_done_reason", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="system_check_done_or_why_not",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="WriteUpAction",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "raised",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="workflows.caseaction",
                        ),
                    ),
                    (
                        "write_up",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="actions",
                            to="workflows.visitwriteup",
                        ),
                    ),
                ],
                options={
                    "ordering": ("pk",),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("write_up", "raised"), name="write_up_action_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="WriteUpPurpose",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "purpose",
                        models.CharField(
                            choices=[
                                (
                                    "compliance",
                                    "Compliance with notification, orders, bail or licence",
                                ),
                                ("residence", "Confirm where they live"),
                                ("duty_of_care", "Duty of care to the public"),
                                ("risk_factors", "Monitor risk factors"),
                                ("information", "Gather information on this and linked offenders"),
                                ("detect_offences", "Detect offences"),
                                ("care_of_offender", "Care of the person, referral"),
                            ],
                            max_length=16,
                        ),
                    ),
                    (
                        "write_up",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="purpose_rows",
                            to="workflows.visitwriteup",
                        ),
                    ),
                ],
                options={
                    "ordering": ("pk",),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("write_up", "purpose"), name="write_up_purpose_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "purpose__in",
                                    [
                                        "compliance",
                                        "residence",
                                        "duty_of_care",
                                        "risk_factors",
                                        "information",
                                        "detect_offences",
                                        "care_of_offender",
                                    ],
                                )
                            ),
                            name="write_up_purpose_known",
                        ),
                    ],
                },
            ),
        ),
        Together(
            migrations.AddField(
                model_name="endproposal",
                name="decided_for",
                field=models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            migrations.AddField(
                model_name="lonevisitauthority",
                name="authorised_for",
                field=models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            migrations.AddField(
                model_name="reassignment",
                name="over_capacity",
                field=models.TextField(blank=True, default="", max_length=2000),
            ),
            migrations.AddField(
                model_name="visitdirection",
                name="given_in",
                field=models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="workflows.visit",
                ),
            ),
            migrations.AddField(
                model_name="visitreview",
                name="reviewed_for",
                field=models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            migrations.AddField(
                model_name="visitwriteup",
                name="attitude",
                field=models.TextField(blank=True, max_length=4000),
            ),
        ),
        migrations.AddField(
            model_name="visitwriteup",
            name="changes_since",
            field=models.TextField(blank=True, max_length=4000),
        ),
        migrations.AddField(
            model_name="visitwriteup",
            name="employment",
            field=models.TextField(blank=True, max_length=4000),
        ),
        migrations.AddField(
            model_name="visitwriteup",
            name="ended_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="visitwriteup",
            name="finances",
            field=models.TextField(blank=True, max_length=4000),
        ),
        migrations.AddField(
            model_name="visitwriteup",
            name="intelligence_reference",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="visitwriteup",
            name="location",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="visitwriteup",
            name="mental_health",
            field=models.TextField(blank=True, max_length=4000),
        ),
        migrations.AddField(
            model_name="visitwriteup",
            name="monitoring",
            field=models.CharField(
                blank=True,
                choices=[
                    ("not_ordered", "Not ordered"),
                    ("working", "Installed and working"),
                    ("not_working", "Installed, not working"),
                    ("removed", "Removed or interfered with"),
                    ("not_checked", "Not checked"),
                ],
                max_length=11,
            ),
        ),
        migrations.AddField(
            model_name="visitwriteup",
            name="next_visit_by",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="visitwriteup",
            name="next_visit_reason",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="visitwriteup",
            name="photo_reference",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="visitwriteup",
            name="relationships",
            field=models.TextField(blank=True, max_length=4000),
        ),
        migrations.AddField(
            model_name="visitwriteup",
            name="rooms_seen",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="visitwriteup",
            name="search",
            field=models.CharField(
                blank=True,
                choices=[
                    ("not_asked", "Not asked"),
                    ("consented", "Consented"),
                    ("refused", "Refused"),
                ],
                max_length=9,
            ),
        ),
        migrations.AddField(
            model_name="visitwriteup",
            name="seen_by",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="visitwriteup",
            name="started_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="visitwriteup",
            name="substance_use",
            field=models.TextField(blank=True, max_length=4000),
        ),
        migrations.AddField(
            model_name="visitwriteup",
            name="vehicles",
            field=models.CharField(blank=True, max_length=500),
        ),
        Together(
            migrations.AlterField(
                model_name="alert",
                name="about",
                field=models.CharField(
                    choices=[
                        ("visit_by_colleague", "A colleague recorded a visit"),
                        ("people_received", "People were given to you"),
                        ("people_left", "People of yours were given to someone else"),
                        ("work_handed_over", "Work of an officer came to you"),
                        ("vetting_ends", "Vetting ends soon"),
                        ("active_again", "Reactive management ended"),
                        ("people_unmanaged", "People have no offender manager"),
                        ("officer_absent", "An officer is away"),
                        ("cover_given", "You cover for an officer"),
                        ("absent_no_cover", "An officer is away without cover and has work due"),
                        ("delegation_given", "Decisions were delegated to you"),
                        ("delegation_made", "Your decisions were delegated"),
                        ("delegation_ended", "A delegation ended early"),
                        ("training_ends", "A training ends soon"),
                        ("work_returned", "Work was returned to you"),
                        ("lone_visit_overdue", "An officer out alone is not back"),
                    ],
                    max_length=20,
                ),
            ),
            migrations.AlterField(
                model_name="obligation",
                name="kind",
                field=models.CharField(
                    choices=[
                        ("home_visit", "Home visit"),
                        ("risk_reassessment", "Risk reassessment"),
                        ("initial_notification", "Initial notification"),
                        ("change_notification", "Change notification"),
                        ("periodic_notification", "Annual notification"),
                        ("final_review", "Final review before registration ends"),
                        ("release_planning", "Release planning"),
                        ("case_action", "Action"),
                        ("reactive_proposal", "Reactive management proposed"),
                        ("reactive_review", "Review of reactive management"),
                        ("missing_decision", "Decide whether missing"),
                        ("missing_confirmation", "Confirm that missing"),
                        ("missing_enquiry", "Missing person enquiry"),
                        ("death_verification", "Verify a reported death"),
                        ("entry_warrant", "Consider an entry warrant"),
                        ("plan_review", "Plan review"),
                        ("supervisor_review", "Supervisor review"),
                        ("dip_sample", "Dip sample check"),
                    ],
                    max_length=24,
                ),
            ),
            migrations.AlterField(
                model_name="process",
                name="kind",
                field=models.CharField(
                    choices=[
                        ("home_visit", "Home visit"),
                        ("risk_reassessment", "Risk reassessment"),
                        ("initial_notification", "Initial notification"),
                        ("change_notification", "Change notification"),
                        ("periodic_notification", "Annual notification"),
                        ("final_review", "Final review before registration ends"),
                        ("release_planning", "Release planning"),
                        ("case_action", "Action"),
                        ("reactive_proposal", "Reactive management proposed"),
                        ("reactive_review", "Review of reactive management"),
                        ("missing_decision", "Decide whether missing"),
                        ("missing_confirmation", "Confirm that missing"),
                        ("missing_enquiry", "Missing person enquiry"),
                        ("death_verification", "Verify a reported death"),
                        ("entry_warrant", "Consider an entry warrant"),
                        ("plan_review", "Plan review"),
                        ("supervisor_review", "Supervisor review"),
                        ("dip_sample", "Dip sample check"),
                    ],
                    max_length=24,
                ),
            ),
            migrations.AlterField(
                model_name="task",
                name="kind",
                field=models.CharField(
                    blank=True,
                    choices=[
                        ("home_visit", "Home visit"),
                        ("risk_reassessment", "Risk reassessment"),
                        ("initial_notification", "Initial notification"),
                        ("change_notification", "Change notification"),
                        ("periodic_notification", "Annual notification"),
                        ("final_review", "Final review before registration ends"),
                        ("release_planning", "Release planning"),
                        ("case_action", "Action"),
                        ("reactive_proposal", "Reactive management proposed"),
                        ("reactive_review", "Review of reactive management"),
                        ("missing_decision", "Decide whether missing"),
                        ("missing_confirmation", "Confirm that missing"),
                        ("missing_enquiry", "Missing person enquiry"),
                        ("death_verification", "Verify a reported death"),
                        ("entry_warrant", "Consider an entry warrant"),
                        ("plan_review", "Plan review"),
                        ("supervisor_review", "Supervisor review"),
                        ("dip_sample", "Dip sample check"),
                    ],
                    max_length=24,
                ),
            ),
            migrations.AlterField(
                model_name="visitreview",
                name="comment",
                field=models.TextField(blank=True, max_length=2000),
            ),
        ),
        Together(
            migrations.AddConstraint(
                model_name="endproposal",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("decided_for__isnull", True),
                        models.Q(
                            models.Q(("decided_for", models.F("proposed_by")), _negated=True),
                            models.Q(("decided_for", models.F("decided_by")), _negated=True),
                            ("decided_by__isnull", False),
                        ),
                        _connector="OR",
                    ),
                    name="end_proposal_decided_for_another",
                ),
            ),
            migrations.AddConstraint(
                model_name="lonevisitauthority",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("authorised_for__isnull", True),
                        models.Q(
                            models.Q(("authorised_for", models.F("officer")), _negated=True),
                            models.Q(("authorised_for", models.F("authorised_by")), _negated=True),
                            ("authorised_by__isnull", False),
                        ),
                        _connector="OR",
                    ),
                    name="lone_visit_authorised_for_another",
                ),
            ),
            migrations.AddConstraint(
                model_name="obligation",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        (
                            "kind__in",
                            [
                                "home_visit",
                                "risk_reassessment",
                                "initial_notification",
                                "change_notification",
                                "periodic_notification",
                                "final_review",
                                "release_planning",
                                "case_action",
                                "reactive_proposal",
                                "reactive_review",
                                "missing_decision",
                                "missing_confirmation",
                                "missing_enquiry",
                                "death_verification",
                                "entry_warrant",
                                "plan_review",
                                "supervisor_review",
                                "dip_sample",
                            ],
                        )
                    ),
                    name="obligation_kind_known",
                ),
            ),
            migrations.AddConstraint(
                model_name="visitreview",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("reviewed_for__isnull", True),
                        models.Q(
                            models.Q(
                                ("reviewed_for", models.F("visit_recorded_by")), _negated=True
                            ),
                            models.Q(("reviewed_for", models.F("reviewed_by")), _negated=True),
                            ("reviewed_by__isnull", False),
                        ),
                        _connector="OR",
                    ),
                    name="visit_reviewed_for_another",
                ),
            ),
            migrations.AddConstraint(
                model_name="visitwriteup",
                constraint=models.CheckConstraint(
                    condition=models.Q(("search__in", ["", "not_asked", "consented", "refused"])),
                    name="write_up_search_known",
                ),
            ),
            migrations.AddConstraint(
                model_name="visitwriteup",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        (
                            "monitoring__in",
                            ["", "not_ordered", "working", "not_working", "removed", "not_checked"],
                        )
                    ),
                    name="write_up_monitoring_known",
                ),
            ),
        ),
        migrations.AddField(
            model_name="visit",
            name="preparation",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="visits",
                to="workflows.visitpreparation",
            ),
        ),
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(
                condition=models.Q(
                    ("outcome__in", ["no_answer", "refused", "not_resident"]),
                    ("voided_at__isnull", True),
                ),
                fields=["offender", "occurred_on"],
                name="visit_failed",
            ),
        ),
    ]
