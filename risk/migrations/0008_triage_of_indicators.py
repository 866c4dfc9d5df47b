"""What officers make of indicators, and when supervisors were told of a late one."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from risk import as_received


def freeze(apps, schema_editor):
    """Make the triggers of indicators anew: SQLite may have made the table without them."""
    as_received.create(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("offenders", "0009_conditions_can_be_voided"),
        ("risk", "0007_indicators"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, freeze),
        migrations.AddField(
            model_name="indicator",
            name="late_told_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name="IndicatorTriage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "severity",
                    models.CharField(
                        choices=[
                            ("critical", "Critical"),
                            ("high", "High"),
                            ("medium", "Medium"),
                            ("low", "Low"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("no_action", "No action"),
                            ("information_only", "Information only"),
                            ("linked_to_task", "Linked to a task"),
                            ("visit_brought_forward", "Visit brought forward"),
                            ("reassessment", "Risk reassessment"),
                            ("enquiry", "Enquiry into a breach or an offence"),
                            ("safeguarding_referral", "Safeguarding referral"),
                            ("transferred", "Transferred to another force"),
                            ("duplicate", "Duplicate"),
                            ("not_this_person", "Not this person"),
                        ],
                        max_length=24,
                    ),
                ),
                ("reason", models.TextField(max_length=2000)),
                ("transferred_to", models.CharField(blank=True, max_length=100)),
                ("takes_check", models.BooleanField()),
                ("triaged_on", models.DateField()),
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
                        choices=[("agreed", "Agree"), ("returned", "Return it for triage")],
                        max_length=8,
                    ),
                ),
                ("comment", models.TextField(blank=True, max_length=2000)),
                ("checked_at", models.DateTimeField(null=True)),
                ("stands_on", models.DateField(null=True)),
                ("stands_at", models.DateTimeField(null=True)),
                (
                    "checked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "checked_for",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "condition",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="triages",
                        to="offenders.ordercondition",
                    ),
                ),
                (
                    "confirmation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="triages",
                        to="risk.matchdecision",
                    ),
                ),
                (
                    "duplicate_of",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="risk.indicator",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="triages",
                        to="risk.indicator",
                    ),
                ),
                (
                    "offender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="indicator_triages",
                        to="offenders.offender",
                    ),
                ),
                (
                    "triaged_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["offender", "stands_on"], name="triage_of_person")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decision__in", ["", "agreed", "returned"]),
                            (
                                "outcome__in",
                                [
                                    "no_action",
                                    "information_only",
                                    "linked_to_task",
                                    "visit_brought_forward",
                                    "reassessment",
                                    "enquiry",
                                    "safeguarding_referral",
                                    "transferred",
                                    "duplicate",
                                    "not_this_person",
                                ],
                            ),
                            ("severity__in", ["critical", "high", "medium", "low"]),
                        ),
                        name="triage_words_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="triage_says_why"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("duplicate_of__isnull", False),
                                ("outcome", "duplicate"),
                                models.Q(("duplicate_of", models.F("indicator")), _negated=True),
                            ),
                            models.Q(
                                models.Q(("outcome", "duplicate"), _negated=True),
                                ("duplicate_of__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="triage_duplicate_has_a_target",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("outcome", "transferred"),
                                models.Q(("transferred_to", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("outcome", "transferred"), _negated=True),
                                ("transferred_to", ""),
                            ),
                            _connector="OR",
                        ),
                        name="triage_transferred_says_where",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "outcome__in",
                                    [
                                        "duplicate",
                                        "information_only",
                                        "no_action",
                                        "not_this_person",
                                        "transferred",
                                    ],
                                ),
                                ("severity", "critical"),
                                _negated=True,
                            ),
                            ("takes_check", True),
                            _connector="OR",
                        ),
                        name="triage_critical_set_aside_by_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("checked_by__isnull", True),
                            models.Q(("checked_by", models.F("triaged_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="triage_checked_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("checked_for__isnull", True),
                            models.Q(
                                models.Q(("checked_for", models.F("triaged_by")), _negated=True),
                                models.Q(("checked_for", models.F("checked_by")), _negated=True),
                                ("checked_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="triage_checked_for_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("checked_at__isnull", True),
                                ("checked_by__isnull", True),
                                ("comment", ""),
                                ("decision", ""),
                            ),
                            models.Q(
                                ("checked_at__isnull", False),
                                ("checked_by__isnull", False),
                                ("takes_check", True),
                                models.Q(("decision", ""), _negated=True),
                                models.Q(("comment", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="triage_checked_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stands_at__isnull", True), ("stands_on__isnull", True)),
                            models.Q(
                                ("stands_at__isnull", False),
                                ("stands_on__isnull", False),
                                models.Q(
                                    ("takes_check", False), ("decision", "agreed"), _connector="OR"
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="triage_stands_once_agreed",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("decision", "returned"), _negated=True),
                        fields=("confirmation",),
                        name="triage_one_waits_or_stands",
                    ),
                ],
            },
        ),
        migrations.RunPython(freeze, migrations.RunPython.noop),
    ]
