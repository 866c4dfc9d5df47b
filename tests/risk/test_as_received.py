"""What was received is kept as it came: the database refuses to change it."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from risk import as_received
from risk.models import Indicator, IndicatorFeed, Match, MatchDecision, QuarantinedDelivery
from tests import make

pytestmark = pytest.mark.django_db

PARTS = sorted(as_received.KEPT.values())


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def kept(**values: object) -> Indicator:
    """A row as the database takes it, with all that comes with it."""
    officer = make.officer()
    now = timezone.now()
    facts = {
        "force": officer.force,
        "source": "rocu",
        "external_id": "A-1",
        "code": "P2P",
        "severity": "critical",
        "source_grade": 2,
        "assessment_grade": "C",
        "handling": "P",
        "sanitised": True,
        "occurred_at": now,
        "text": "Shared files seen",
        "content_digest": "0" * 64,
        "triage_by": now + dt.timedelta(hours=4),
        "recorded_by": officer,
    }
    found = Indicator.objects.create(**facts | values)
    found.references.create(kind="case", value="C-1")
    found.subjects.create(surname="Nominal")
    found.identifiers.create(kind="phone", value="07700 900000", key="07700900000")
    return found


def decided(indicator: Indicator) -> Match:
    person = make.person()
    now = timezone.now()
    match = Match.objects.create(
        indicator=indicator,
        offender=person,
        state="rejected",
        decided_by=indicator.recorded_by,
        decided_at=now,
    )
    MatchDecision.objects.create(
        match=match, decision="rejected", decided_by=indicator.recorded_by, decided_at=now
    )
    return match


def held(**values: object) -> QuarantinedDelivery:
    feed = IndicatorFeed.objects.create(
        force=make.force(), name="rocu", source="rocu", schema_version="1", daily_limit=10
    )
    facts = {
        "feed": feed,
        "reasons": ["signature_wrong"],
        "digest": "1" * 64,
        "body": "{}",
        "client_label": "ROCU",
    }
    return QuarantinedDelivery.objects.create(**facts | values)


@pytest.mark.parametrize(
    "change",
    [
        "text = 'Nothing seen'",
        "severity = 'low'",
        "source_grade = 3",
        "assessment_grade = 'E'",
        "handling = 'C', handling_conditions = 'Ask first'",
        "sanitised = NOT sanitised",
        "source = 'nca'",
        "external_id = 'A-2'",
        "occurred_at = received_at",
        "received_at = occurred_at",
        "triage_by = occurred_at",
        "content_digest = 'x'",
        "recorded_by_id = NULL, client_label = 'Another'",
    ],
)
def test_what_was_received_never_changes(change):
    one = kept(occurred_at=timezone.now() - dt.timedelta(days=1))
    with pytest.raises(IntegrityError):
        run(f"UPDATE risk_indicator SET {change} WHERE id = {one.pk}")  # noqa: S608


def test_a_triage_is_decided_once():
    officer = make.officer()
    one = kept()
    Indicator.objects.filter(pk=one.pk).update(
        state="triaged", outcome="no_action", triaged_by=officer, triaged_at=timezone.now()
    )
    with pytest.raises(IntegrityError):
        run(f"UPDATE risk_indicator SET outcome = 'reassessment' WHERE id = {one.pk}")  # noqa: S608
    # Since when it loses weight is known later, when its linked action closes.
    Indicator.objects.filter(pk=one.pk).update(decays_from=timezone.now())


@pytest.mark.parametrize("table", PARTS)
@pytest.mark.parametrize("statement", ["UPDATE {0} SET id = id + 1000", "DELETE FROM {0}"])
def test_what_came_with_it_and_what_was_decided_never_changes(table, statement):
    decided(kept())
    with pytest.raises(IntegrityError):
        run(statement.format(table))


def test_no_indicator_is_deleted():
    one = kept()
    with pytest.raises(IntegrityError):
        run(f"DELETE FROM risk_indicator WHERE id = {one.pk}")  # noqa: S608


@pytest.mark.parametrize(
    "change", ["body = '[]'", "reasons = '[]'", "digest = 'x'", "client_label = 'Another'"]
)
def test_a_held_delivery_is_kept_as_it_came(change):
    one = held()
    with pytest.raises(IntegrityError):
        run(f"UPDATE risk_quarantineddelivery SET {change} WHERE id = {one.pk}")  # noqa: S608


def test_a_held_delivery_is_settled_once():
    officer = make.officer()
    one = held()
    rows = QuarantinedDelivery.objects.filter(pk=one.pk)
    settled = {"settled_by": officer, "settled_at": timezone.now(), "settlement_reason": "Read"}
    rows.update(settlement="discarded", **settled)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(settlement="released")


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"state": "merged"}, "merged into nothing"),
        ({"state": "untriaged"}, "waiting for triage with nobody confirmed"),
        ({"outcome": "no_action"}, "an outcome before the triage"),
        ({"state": "triaged"}, "triaged without an outcome"),
        ({"state": "odd"}, "no such state"),
        ({"severity": "odd"}, "no such severity"),
        ({"code": "ODD"}, "no such type"),
        ({"source_grade": 4}, "sources are graded 1 to 3"),
        ({"assessment_grade": "F"}, "assessments are graded A to E"),
        ({"handling": "C"}, "conditions that nobody says"),
        ({"handling_conditions": "Ask first"}, "conditions where there are none"),
        ({"client_label": "ROCU"}, "sent by two"),
        ({"is_secret": True}, "secret, and open to everyone"),
        ({"external_id": ""}, "without a number nothing tells it apart"),
    ],
)
def test_a_row_that_cannot_be_is_refused(values, why):
    with pytest.raises(IntegrityError), transaction.atomic():
        kept(**values)


def test_one_match_is_confirmed_and_no_more():
    one = kept()
    now = timezone.now()
    facts = {"state": "confirmed", "decided_by": one.recorded_by, "decided_at": now}
    one.matches.create(offender=make.person(), **facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        one.matches.create(offender=make.person(), **facts)


@pytest.mark.parametrize("name", sorted(as_received.names(connection.vendor)))
def test_a_guard_that_is_lost_is_missed_and_put_back(name):
    table = next(
        table
        for table in (*PARTS, as_received.INDICATOR, as_received.DELIVERY)
        if name in triggers_of(table)
    )
    if connection.vendor == "sqlite":
        run(f"DROP TRIGGER {name}")
    else:
        run(f"DROP TRIGGER {name} ON {table}")
    assert as_received.missing() == [name]
    with pytest.raises(SystemCheckError, match=name):
        call_command("check", databases=["default"])
    with pytest.raises(as_received.IndicatorsUnguarded, match=name):
        as_received.require()
    call_command("restore_triggers", verbosity=0)
    as_received.require()


def triggers_of(table: str) -> list[str]:
    """The triggers of a table, by name."""
    begin = {value: key for key, value in as_received.KEPT.items()} | {
        as_received.INDICATOR: "indicator_no_",
        as_received.DELIVERY: "held_delivery_",
    }
    return [one for one in as_received.names(connection.vendor) if one.startswith(begin[table])]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite has INSERT OR REPLACE")
def test_an_indicator_is_not_replaced():
    one = kept()
    with pytest.raises(DatabaseError):
        run(
            "INSERT OR REPLACE INTO risk_indicator SELECT * FROM risk_indicator"  # noqa: S608
            f" WHERE id = {one.pk}"
        )
