"""Keep reports of missing and dead people, enquiries, and warrants to enter."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_integration_says_its_reach_and_its_last_day"),
        ("offenders", "0006_refuse_unknown_words"),
        ("workflows", "0006_what_a_rule_set_moved"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DeathReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
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
            ],
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
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
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
                        choices=[("applied", "Applied for"), ("not_applied", "Not applied for")],
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
            ],
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
            ],
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
            ],
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
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
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
            ],
        ),
        migrations.RemoveConstraint(
            model_name="obligation",
            name="obligation_kind_known",
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
                    ("missing_decision", "Decide whether missing"),
                    ("missing_confirmation", "Confirm that missing"),
                    ("missing_enquiry", "Missing person enquiry"),
                    ("death_verification", "Verify a reported death"),
                    ("entry_warrant", "Consider an entry warrant"),
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
                    ("missing_decision", "Decide whether missing"),
                    ("missing_confirmation", "Confirm that missing"),
                    ("missing_enquiry", "Missing person enquiry"),
                    ("death_verification", "Verify a reported death"),
                    ("entry_warrant", "Consider an entry warrant"),
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
                    ("missing_decision", "Decide whether missing"),
                    ("missing_confirmation", "Confirm that missing"),
                    ("missing_enquiry", "Missing person enquiry"),
                    ("death_verification", "Verify a reported death"),
                    ("entry_warrant", "Consider an entry warrant"),
                ],
                max_length=24,
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
                            "missing_decision",
                            "missing_confirmation",
                            "missing_enquiry",
                            "death_verification",
                            "entry_warrant",
                        ],
                    )
                ),
                name="obligation_kind_known",
            ),
        ),
        migrations.AddField(
            model_name="deathreport",
            name="decided_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="deathreport",
            name="offender",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="death_reports",
                to="offenders.offender",
            ),
        ),
        migrations.AddField(
            model_name="deathreport",
            name="process",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="death_reports",
                to="workflows.process",
            ),
        ),
        migrations.AddField(
            model_name="deathreport",
            name="reported_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="entrywarrant",
            name="considered_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="entrywarrant",
            name="court_recorded_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="entrywarrant",
            name="decided_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="entrywarrant",
            name="executed_recorded_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="entrywarrant",
            name="offender",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entry_warrants",
                to="offenders.offender",
            ),
        ),
        migrations.AddField(
            model_name="entrywarrant",
            name="process",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entry_warrants",
                to="workflows.process",
            ),
        ),
        migrations.AddField(
            model_name="missingdecision",
            name="decided_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="missingdecision",
            name="offender",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="missing_decisions",
                to="offenders.offender",
            ),
        ),
        migrations.AddField(
            model_name="missingdecision",
            name="process",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="missing_decisions",
                to="workflows.process",
            ),
        ),
        migrations.AddField(
            model_name="missingenquiry",
            name="made_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="missingenquiry",
            name="offender",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="missing_enquiries",
                to="offenders.offender",
            ),
        ),
        migrations.AddField(
            model_name="missingenquiry",
            name="process",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="missing_enquiries",
                to="workflows.process",
            ),
        ),
        migrations.AddField(
            model_name="missingenquiry",
            name="reviewed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="missingreport",
            name="closed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="missingreport",
            name="decided_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="missingreport",
            name="offender",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="missing_reports",
                to="offenders.offender",
            ),
        ),
        migrations.AddField(
            model_name="missingreport",
            name="process",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="missing_reports",
                to="workflows.process",
            ),
        ),
        migrations.AddField(
            model_name="missingreport",
            name="reported_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="missingenquiry",
            name="report",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="enquiries",
                to="workflows.missingreport",
            ),
        ),
        migrations.AddIndex(
            model_name="deathreport",
            index=models.Index(fields=["offender", "reported_on"], name="death_reported"),
        ),
        migrations.AddConstraint(
            model_name="deathreport",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decision", "")),
                fields=("offender",),
                name="death_report_one_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="deathreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("reported_by")), _negated=True),
                    _connector="OR",
                ),
                name="death_report_decided_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="deathreport",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="deathreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision", "verified"), _negated=True),
                    models.Q(("reference", ""), _negated=True),
                    _connector="OR",
                ),
                name="death_report_verified_by_reference",
            ),
        ),
        migrations.AddIndex(
            model_name="entrywarrant",
            index=models.Index(fields=["offender", "decided_at"], name="entry_warrant_decided"),
        ),
        migrations.AddConstraint(
            model_name="entrywarrant",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decision", "")),
                fields=("offender",),
                name="entry_warrant_one_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="entrywarrant",
            constraint=models.CheckConstraint(
                condition=models.Q(("recommendation__in", ["apply", "do_not_apply"])),
                name="entry_warrant_recommendation_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="entrywarrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("considered_by")), _negated=True),
                    _connector="OR",
                ),
                name="entry_warrant_decided_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="entrywarrant",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="entrywarrant",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="entrywarrant",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="entrywarrant",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddIndex(
            model_name="missingdecision",
            index=models.Index(fields=["offender", "decided_on"], name="missing_decided"),
        ),
        migrations.AddConstraint(
            model_name="missingdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("decision__in", ["report", "not_missing"])),
                name="missing_decision_known",
            ),
        ),
        migrations.AddIndex(
            model_name="missingreport",
            index=models.Index(fields=["offender", "reported_on"], name="missing_reported"),
        ),
        migrations.AddConstraint(
            model_name="missingreport",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at__isnull", True)),
                fields=("offender",),
                name="missing_report_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="missingreport",
            constraint=models.CheckConstraint(
                condition=models.Q(("origin__in", ["visit", "officer", "taken_over"])),
                name="missing_report_origin_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="missingreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("origin", "taken_over"), ("reported_by__isnull", False), _connector="OR"
                ),
                name="missing_report_has_a_reporter",
            ),
        ),
        migrations.AddConstraint(
            model_name="missingreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    ("reported_by__isnull", True),
                    models.Q(("decided_by", models.F("reported_by")), _negated=True),
                    _connector="OR",
                ),
                name="missing_report_confirmed_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="missingreport",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="missingreport",
            constraint=models.CheckConstraint(
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
                        ("closed_because__in", ["located", "refused", "died"]),
                        ("closed_by__isnull", False),
                        ("closed_on__gte", models.F("reported_on")),
                    ),
                    _connector="OR",
                ),
                name="missing_report_closed_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="missingreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_because", "located"), _negated=True),
                    models.Q(
                        ("found_in__in", ["community", "custody", "hospital", "abroad"]),
                        models.Q(("how", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="missing_report_found_somewhere",
            ),
        ),
        migrations.AddIndex(
            model_name="missingenquiry",
            index=models.Index(fields=["offender", "made_on"], name="missing_enquired"),
        ),
        migrations.AddConstraint(
            model_name="missingenquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reviewed_by__isnull", True),
                    models.Q(("reviewed_by", models.F("made_by")), _negated=True),
                    _connector="OR",
                ),
                name="missing_enquiry_reviewed_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="missingenquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("review", ""), ("reviewed_at__isnull", True), ("reviewed_by__isnull", True)
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
        ),
    ]
