"""Indicators of online risk, whom they may be about, and the feeds that bring them."""

import uuid

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from audit.migrating import Together
from risk import as_received


def freeze(apps, schema_editor):
    """Make the triggers that keep what was received as it came."""
    as_received.create(schema_editor.connection)


def free(apps, schema_editor):
    """Remove them."""
    as_received.drop(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_the_whole_practice"),
        ("offenders", "0008_the_whole_practice"),
        ("risk", "0006_static_scores"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name="IndicatorFeed",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "name",
                        models.CharField(
                            max_length=40,
                            validators=[django.core.validators.RegexValidator("^[a-z0-9-]+\\Z")],
                        ),
                    ),
                    ("source", models.CharField(max_length=40)),
                    ("schema_version", models.CharField(max_length=20)),
                    ("daily_limit", models.PositiveIntegerField()),
                    ("is_active", models.BooleanField(default=True)),
                    (
                        "created_at",
                        models.DateTimeField(
                            db_default=django.db.models.functions.datetime.Now(), editable=False
                        ),
                    ),
                    (
                        "force",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="indicator_feeds",
                            to="accounts.force",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("force", "name"), name="feed_name_once_per_force"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("name", ""), _negated=True),
                                models.Q(("source", ""), _negated=True),
                            ),
                            name="feed_has_a_name",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("daily_limit__gt", 0)), name="feed_limit_is_one"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Indicator",
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
                    ("source", models.CharField(max_length=40)),
                    ("external_id", models.CharField(max_length=120)),
                    ("code", models.CharField(max_length=8)),
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
                        "source_grade",
                        models.PositiveSmallIntegerField(
                            choices=[(1, "Reliable"), (2, "Untested"), (3, "Not reliable")]
                        ),
                    ),
                    (
                        "assessment_grade",
                        models.CharField(
                            choices=[
                                ("A", "Known directly"),
                                ("B", "Known indirectly but corroborated"),
                                ("C", "Known indirectly"),
                                ("D", "Not known"),
                                ("E", "Suspected to be false"),
                            ],
                            max_length=1,
                        ),
                    ),
                    (
                        "handling",
                        models.CharField(
                            choices=[
                                ("P", "Lawful sharing permitted"),
                                ("C", "Lawful sharing permitted with conditions"),
                            ],
                            max_length=1,
                        ),
                    ),
                    ("handling_conditions", models.TextField(blank=True, max_length=500)),
                    ("sanitised", models.BooleanField()),
                    ("occurred_at", models.DateTimeField()),
                    (
                        "received_at",
                        models.DateTimeField(
                            db_default=django.db.models.functions.datetime.Now(), editable=False
                        ),
                    ),
                    ("text", models.TextField(blank=True, max_length=4000)),
                    ("fingerprint", models.CharField(blank=True, max_length=64)),
                    ("content_digest", models.CharField(max_length=64)),
                    ("triage_by", models.DateTimeField()),
                    ("client_label", models.CharField(blank=True, max_length=100)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("unmatched", "Nobody is confirmed"),
                                ("untriaged", "A person is confirmed"),
                                ("triaged", "Triaged"),
                                ("merged", "The same as another"),
                                ("retracted", "Taken back by its source"),
                            ],
                            default="unmatched",
                            max_length=9,
                        ),
                    ),
                    ("matched_at", models.DateTimeField(null=True)),
                    (
                        "outcome",
                        models.CharField(
                            blank=True,
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
                    ("outcome_reason", models.TextField(blank=True, max_length=2000)),
                    ("triaged_at", models.DateTimeField(null=True)),
                    ("decays_from", models.DateTimeField(null=True)),
                    ("is_restricted", models.BooleanField(default=False)),
                    ("is_secret", models.BooleanField(default=False)),
                    (
                        "condition",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="indicators",
                            to="offenders.ordercondition",
                        ),
                    ),
                    (
                        "force",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="indicators",
                            to="accounts.force",
                        ),
                    ),
                    (
                        "matched_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "merged_into",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="merged",
                            to="risk.indicator",
                        ),
                    ),
                    (
                        "offender",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="indicators",
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
                        "triaged_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "feed",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="indicators",
                            to="risk.indicatorfeed",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(
                            condition=models.Q(("state__in", ["unmatched", "untriaged"])),
                            fields=["force", "triage_by", "id"],
                            name="indicator_waiting",
                        ),
                        models.Index(
                            condition=models.Q(("fingerprint", ""), _negated=True),
                            fields=["force", "fingerprint"],
                            name="indicator_same_event",
                        ),
                        models.Index(fields=["offender", "state"], name="indicator_of_person"),
                        models.Index(
                            condition=models.Q(("feed__isnull", False)),
                            fields=["feed", "received_at"],
                            name="indicator_of_feed",
                        ),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("force", "source", "external_id"),
                            name="indicator_once_per_source",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("source", ""), _negated=True),
                                models.Q(("external_id", ""), _negated=True),
                            ),
                            name="indicator_says_where_from",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("client_label", ""), ("recorded_by__isnull", False)),
                                models.Q(
                                    ("recorded_by__isnull", True),
                                    models.Q(("client_label", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="indicator_sent_by_one",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "code__in",
                                    [
                                        "CTIP",
                                        "P2P",
                                        "GROOM",
                                        "MONA",
                                        "MONO",
                                        "UDEV",
                                        "UACC",
                                        "WIPE",
                                        "ANON",
                                        "CLOUD",
                                        "AIGEN",
                                        "GAME",
                                        "NEWREL",
                                        "DISC",
                                        "ANPR",
                                        "CUST",
                                        "DA",
                                        "MISPER",
                                        "NAMECH",
                                        "TRAV",
                                        "INTEL",
                                        "NONC",
                                        "WELF",
                                    ],
                                ),
                                (
                                    "outcome__in",
                                    [
                                        "",
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
                            name="indicator_words_known",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("assessment_grade__in", ["A", "B", "C", "D", "E"]),
                                ("handling__in", ["P", "C"]),
                                ("source_grade__in", [1, 2, 3]),
                            ),
                            name="indicator_grades_known",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("handling", "P"), ("handling_conditions", "")),
                                models.Q(
                                    ("handling", "C"),
                                    models.Q(("handling_conditions", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="indicator_conditions_of_handling",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "state__in",
                                    ["unmatched", "untriaged", "triaged", "merged", "retracted"],
                                )
                            ),
                            name="indicator_state_known",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("merged_into__isnull", False),
                                    ("state", "merged"),
                                    models.Q(("merged_into", models.F("id")), _negated=True),
                                ),
                                models.Q(
                                    models.Q(("state", "merged"), _negated=True),
                                    ("merged_into__isnull", True),
                                ),
                                _connector="OR",
                            ),
                            name="indicator_merged_has_a_target",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("matched_at__isnull", True),
                                    ("matched_by__isnull", True),
                                    ("offender__isnull", True),
                                ),
                                models.Q(
                                    ("matched_at__isnull", False),
                                    ("matched_by__isnull", False),
                                    ("offender__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="indicator_matched_whole",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("offender__isnull", True),
                                    ("state__in", ["unmatched", "merged"]),
                                ),
                                models.Q(("offender__isnull", False), ("state", "untriaged")),
                                ("state__in", ["triaged", "retracted"]),
                                _connector="OR",
                            ),
                            name="indicator_matched_has_a_person",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("decays_from__isnull", True),
                                    ("outcome", ""),
                                    ("state__in", ["unmatched", "untriaged", "merged"]),
                                ),
                                models.Q(
                                    ("state", "triaged"), models.Q(("outcome", ""), _negated=True)
                                ),
                                ("state", "retracted"),
                                _connector="OR",
                            ),
                            name="indicator_untriaged_has_no_outcome",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("outcome", ""),
                                    ("outcome_reason", ""),
                                    ("triaged_at__isnull", True),
                                    ("triaged_by__isnull", True),
                                ),
                                models.Q(
                                    ("triaged_at__isnull", False),
                                    ("triaged_by__isnull", False),
                                    models.Q(("outcome", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="indicator_triaged_whole",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("is_secret", False), ("is_restricted", True), _connector="OR"
                            ),
                            name="indicator_secret_is_restricted",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="IndicatorIdentifier",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("device", "Device"),
                                ("account", "Online account"),
                                ("phone", "Telephone"),
                                ("email", "E-mail address"),
                                ("ip", "IP address"),
                                ("reference", "Reference of a person"),
                            ],
                            max_length=9,
                        ),
                    ),
                    ("service", models.CharField(blank=True, max_length=100)),
                    ("value", models.CharField(max_length=200)),
                    ("key", models.CharField(max_length=320)),
                    (
                        "indicator",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="identifiers",
                            to="risk.indicator",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["kind", "key"], name="indicator_identifier_key")
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "kind__in",
                                    ["device", "account", "phone", "email", "ip", "reference"],
                                ),
                                models.Q(("value", ""), _negated=True),
                            ),
                            name="indicator_identifier_known",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="IndicatorReference",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("exhibit", "Exhibit number"),
                                ("hash", "Hash of a file"),
                                ("case", "Case or log number"),
                                ("category_count", "Number of items of a category"),
                                ("link_reference", "Reference of a link that is kept elsewhere"),
                            ],
                            max_length=14,
                        ),
                    ),
                    ("value", models.CharField(max_length=200)),
                    (
                        "indicator",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="references",
                            to="risk.indicator",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "kind__in",
                                    ["exhibit", "hash", "case", "category_count", "link_reference"],
                                ),
                                models.Q(("value", ""), _negated=True),
                            ),
                            name="indicator_reference_known",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="IndicatorStanding",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("terms", models.JSONField(default=list)),
                    ("has_unactioned_critical", models.BooleanField(default=False)),
                    ("ceiling", models.PositiveIntegerField(default=0)),
                    ("worked_out_at", models.DateTimeField()),
                    (
                        "offender",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="indicator_standing",
                            to="offenders.offender",
                        ),
                    ),
                ],
                options={
                    "indexes": [models.Index(fields=["-ceiling"], name="standing_by_ceiling")],
                },
            ),
            migrations.CreateModel(
                name="IndicatorSubject",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("surname", models.CharField(blank=True, max_length=100)),
                    ("forename", models.CharField(blank=True, max_length=100)),
                    ("search_key", models.CharField(blank=True, max_length=210)),
                    ("born_on", models.DateField(null=True)),
                    ("postcode", models.CharField(blank=True, max_length=8)),
                    (
                        "indicator",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="subjects",
                            to="risk.indicator",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("surname", ""), _negated=True),
                                ("born_on__isnull", False),
                                models.Q(("postcode", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="indicator_subject_says_something",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Match",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("reasons", models.JSONField(default=list)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("suggested", "Suggested"),
                                ("confirmed", "Confirmed"),
                                ("rejected", "Not this person"),
                            ],
                            default="suggested",
                            max_length=9,
                        ),
                    ),
                    ("decided_at", models.DateTimeField(null=True)),
                    (
                        "suggested_at",
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
                            related_name="matches",
                            to="risk.indicator",
                        ),
                    ),
                    (
                        "offender",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="matches",
                            to="offenders.offender",
                        ),
                    ),
                ],
                options={
                    "indexes": [models.Index(fields=["offender", "state"], name="match_of_person")],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("indicator", "offender"), name="match_once_per_person"
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("state", "confirmed")),
                            fields=("indicator",),
                            name="match_one_confirmed",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("state__in", ["suggested", "confirmed", "rejected"])
                            ),
                            name="match_state_known",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("decided_at__isnull", True),
                                    ("decided_by__isnull", True),
                                    ("state", "suggested"),
                                ),
                                models.Q(
                                    models.Q(("state", "suggested"), _negated=True),
                                    ("decided_at__isnull", False),
                                    ("decided_by__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="match_decided_whole",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="MatchDecision",
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
                                ("confirmed", "It is this person"),
                                ("rejected", "It is not this person"),
                                ("unmatched", "The confirmation was taken back"),
                            ],
                            max_length=9,
                        ),
                    ),
                    ("reason", models.TextField(blank=True, max_length=2000)),
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
                        "match",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="decisions",
                            to="risk.match",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("decision__in", ["confirmed", "rejected", "unmatched"])
                            ),
                            name="match_decision_known",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("decision", "unmatched"), _negated=True),
                                models.Q(("reason", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="match_taken_back_says_why",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="QuarantinedDelivery",
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
                    ("reasons", models.JSONField()),
                    ("digest", models.CharField(max_length=64)),
                    ("body", models.TextField(null=True)),
                    ("items", models.PositiveIntegerField(null=True)),
                    ("client_label", models.CharField(max_length=100)),
                    (
                        "received_at",
                        models.DateTimeField(
                            db_default=django.db.models.functions.datetime.Now(), editable=False
                        ),
                    ),
                    (
                        "settlement",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("released", "Received after all"),
                                ("discarded", "Thrown away"),
                            ],
                            max_length=9,
                        ),
                    ),
                    ("settled_at", models.DateTimeField(null=True)),
                    ("settlement_reason", models.TextField(blank=True, max_length=2000)),
                    (
                        "feed",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="held",
                            to="risk.indicatorfeed",
                        ),
                    ),
                    (
                        "settled_by",
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
                            condition=models.Q(("settlement", "")),
                            fields=["-id"],
                            name="held_waiting",
                        )
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("settlement__in", ["", "released", "discarded"])),
                            name="held_settlement_known",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("settled_at__isnull", True),
                                    ("settled_by__isnull", True),
                                    ("settlement", ""),
                                    ("settlement_reason", ""),
                                ),
                                models.Q(
                                    models.Q(("settlement", ""), _negated=True),
                                    models.Q(("settlement_reason", ""), _negated=True),
                                    ("settled_at__isnull", False),
                                    ("settled_by__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="held_settled_whole",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("settlement", "released"), _negated=True),
                                ("body__isnull", False),
                                _connector="OR",
                            ),
                            name="held_released_with_its_body",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("settlement", "")),
                            fields=("feed", "digest"),
                            name="held_once_while_it_waits",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="IndicatorAccess",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "named_at",
                        models.DateTimeField(
                            db_default=django.db.models.functions.datetime.Now(), editable=False
                        ),
                    ),
                    ("ended_at", models.DateTimeField(null=True)),
                    (
                        "indicator",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="named_users",
                            to="risk.indicator",
                        ),
                    ),
                    (
                        "named_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
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
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("ended_at__isnull", True)),
                            fields=("indicator", "user"),
                            name="indicator_named_user_one_live",
                        )
                    ],
                },
            ),
        ),
        # Last: SQLite makes a table anew, without its triggers, to change it.
        migrations.RunPython(freeze, free),
    ]
