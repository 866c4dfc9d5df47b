"""Indicators are received as they came, once, whoever sends them, and refused one by one."""

import base64
import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.errors import NotPermitted
from accounts.models import Role
from audit.models import Event, Payload
from offenders.errors import Invalid, RuleBroken
from risk.models import Indicator, IndicatorReference, Match
from tests import make
from tests.workflows import indicating, triaging
from workflows.actions.indicators.receiving import Result

pytestmark = pytest.mark.django_db

MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
PICTURE = "data:image/png;base64," + base64.b64encode(bytes(range(90))).decode()


def test_what_was_received_waits_for_an_officer_and_is_about_nobody():
    officer = make.officer()
    found = indicating.indicator(by=officer)
    found.refresh_from_db()
    assert (found.state, found.offender, found.outcome) == ("unmatched", None, "")
    assert (found.recorded_by, found.client_label) == (officer, "")
    assert found.severity == "critical"  # by its type


def test_the_same_again_is_known_and_nothing_is_written_twice():
    officer = make.officer()
    item = indicating.item()
    first, again = (indicating.sent(item, by=officer)[0] for _ in range(2))
    assert (first.result, again.result) == (Result.RECEIVED, Result.KNOWN)
    assert again.indicator == first.indicator
    assert Indicator.objects.count() == 1


def test_the_same_number_with_other_content_is_refused_and_changes_nothing():
    officer = make.officer()
    item = indicating.item()
    indicating.sent(item, by=officer)
    [other] = indicating.sent(item | {"text": "Nothing was seen."}, by=officer)
    assert (other.result, other.code, other.indicator) == (
        Result.REFUSED,
        "external_id_reused",
        None,
    )
    assert Indicator.objects.get().text == item["text"]


def test_in_one_batch_each_is_received_known_or_refused_by_itself():
    officer = make.officer()
    item = indicating.item()
    results = indicating.sent(
        item,
        item,
        item | {"text": "Other"},
        indicating.item(code="ODD"),
        "no object",
        indicating.item(occurred_at=(timezone.now() + dt.timedelta(minutes=5)).isoformat()),
        indicating.item(),
        by=officer,
    )
    assert [(one.result.value, one.code) for one in results] == [
        ("received", ""),
        ("known", ""),
        ("refused", "external_id_reused"),
        ("refused", "invalid_choice"),
        ("refused", "invalid"),
        ("refused", "in_future"),
        ("received", ""),
    ]
    assert Indicator.objects.count() == 2


def test_one_source_is_one_however_it_is_written():
    officer = make.officer()
    item = indicating.item(source="device_monitor")
    _, again = indicating.sent(item, item | {"source": "Device-Monitor"}, by=officer)
    assert again.result is Result.KNOWN


def test_the_same_number_of_another_source_is_another():
    officer = make.officer()
    item = indicating.item()
    indicating.sent(item, item | {"source": "nca"}, by=officer)
    assert Indicator.objects.count() == 2


@pytest.mark.parametrize(
    ("values", "code", "field", "why"),
    [
        ({"handling": "C"}, "handling_conditions_missing", "handling_conditions", "C says which"),
        (
            {"handling_conditions": "Ask first"},
            "handling_conditions_not_expected",
            "handling_conditions",
            "nobody would read them",
        ),
        ({"code": "MONA"}, "severity_missing", "severity", "its type leaves that to each"),
        ({"source_grade": 4}, "max_value", "source_grade", "there is no such grade"),
        ({"source_grade": "2"}, "wrong_type", "source_grade", "a number in JSON is one"),
        ({"assessment_grade": "F"}, "invalid_choice", "assessment_grade", "no such grade"),
        ({"occurred_at": "2026-11-23T10:00:00"}, "no_offset", "occurred_at", "which ten o'clock?"),
        ({"stranger": 1}, "unknown_field", "stranger", "nobody reads it"),
        ({"subjects": [{"forename": "Ann"}]}, "says_nothing", "subjects", "a forename alone"),
        (
            {"identifiers": [{"kind": "account", "value": "quill"}]},
            "service_of_an_account",
            "identifiers",
            "a user name of no service",
        ),
        ({"text": PICTURE}, "content_refused", "text", "a picture in the text"),
        (
            {"references": [{"kind": "image", "value": "1.png"}]},
            "content_refused",
            "references.0.kind",
            "a reference that is the content",
        ),
        (
            {"references": [{"kind": "exhibit", "value": PICTURE}]},
            "content_refused",
            "references.0.value",
            "a picture for a number",
        ),
        (
            {"references": [{"kind": "odd", "value": "1"}]},
            "invalid_choice",
            "references.0.kind",
            "no such kind",
        ),
        (
            {"identifiers": [{"kind": "device", "value": PICTURE}]},
            "content_refused",
            "identifiers.0.value",
            "and anywhere else",
        ),
        ({"external_id": ""}, "blank", "external_id", "nothing tells it apart"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_stable_code(values, code, field, why):
    [receipt] = indicating.sent(indicating.item(**values), by=make.officer())
    assert (receipt.result, receipt.code) == (Result.REFUSED, code), why
    assert receipt.field.startswith(field)
    assert PICTURE not in receipt.message
    assert not Indicator.objects.exists()


def test_one_alone_that_cannot_be_kept_raises():
    officer = make.officer()
    later = (timezone.now() + dt.timedelta(hours=1)).isoformat()
    with pytest.raises(Invalid) as caught:
        indicating.received(by=officer, occurred_at=later)
    assert caught.value.code == "in_future"
    number = indicating.received(by=officer).indicator.external_id
    with pytest.raises(RuleBroken) as broken:
        indicating.received(by=officer, external_id=number, text="Other")
    assert broken.value.code == "external_id_reused"


def test_no_sender_makes_a_fixed_type_graver_or_lighter():
    assert indicating.indicator(by=make.officer(), severity="low").severity == "critical"


def test_references_are_kept_by_number():
    found = indicating.indicator(
        by=make.officer(),
        references=[
            {"kind": "hash", "value": "a" * 128},
            {"kind": "category_count", "value": "A: 3"},
        ],
    )
    kept = IndicatorReference.objects.filter(indicator=found).values_list("kind", flat=True)
    assert sorted(kept) == ["category_count", "hash"]


@pytest.mark.parametrize(
    ("values", "deadline", "why"),
    [
        ({"code": "P2P"}, "2026-11-23T14:00:00+00:00", "critical: four hours"),
        ({"code": "UDEV"}, "2026-11-24T10:00:00+00:00", "high: a day and a night"),
        ({"code": "GAME"}, "2026-11-27T00:00:00+00:00", "medium: by the end of Thursday"),
        (
            {"code": "MONA", "severity": "low"},
            "2026-12-08T00:00:00+00:00",
            "low: ten working days, to the end of Monday",
        ),
    ],
)
def test_its_triage_has_a_deadline_by_the_rules(values, deadline, why):
    with time_machine.travel(MONDAY, tick=False):
        found = indicating.indicator(by=make.officer(), **values)
    assert found.triage_by.isoformat() == deadline, why


NAMED = {"subjects": [{"surname": "Quill", "forename": "Ann", "born_on": "1980-02-29"}]}


def test_one_event_told_by_two_sources_stands_once_and_both_are_kept():
    officer = make.officer()
    first = indicating.indicator(by=officer, **NAMED)
    [second] = indicating.sent(indicating.item(source="nca", **NAMED), by=officer)
    assert second.result is Result.MERGED
    assert second.indicator.merged_into == first
    assert second.indicator.text
    assert Indicator.objects.count() == 2


def test_so_it_does_in_one_batch():
    first, second = indicating.sent(
        indicating.item(**NAMED), indicating.item(source="nca", **NAMED), by=make.officer()
    )
    assert (first.result, second.result) == (Result.RECEIVED, Result.MERGED)
    second.indicator.refresh_from_db()
    assert second.indicator.merged_into == first.indicator


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"code": "CTIP"}, "another type"),
        ({"source": "rocu"}, "the same source tells of two events under two numbers"),
        ({"occurred_at": "2026-01-01T12:00:00Z"}, "another day"),
        ({"subjects": [{"surname": "Fern", "born_on": "1980-02-29"}]}, "another person"),
        ({"subjects": [{"surname": "Quill", "forename": "Ann"}]}, "a name without a birthday"),
        (
            {"identifiers": [{"kind": "ip", "value": "192.0.2.1"}]},
            "with a number that the other had not",
        ),
        ({"source_grade": 1}, "better graded: it must not vanish behind a weaker one"),
        ({"assessment_grade": "B"}, "better known"),
    ],
)
def test_what_may_be_another_event_stands_for_itself(values, why):
    officer = make.officer()
    indicating.indicator(by=officer, **NAMED)
    [second] = indicating.sent(indicating.item(**{"source": "nca"} | NAMED | values), by=officer)
    assert second.result is Result.RECEIVED, why


def test_nothing_new_is_merged_into_what_was_settled():
    officer = make.officer()
    first = indicating.indicator(by=officer, **NAMED)
    Indicator.objects.filter(pk=first.pk).update(
        state="triaged", outcome="no_action", triaged_by=officer, triaged_at=timezone.now()
    )
    [second] = indicating.sent(indicating.item(source="nca", **NAMED), by=officer)
    assert second.result is Result.RECEIVED


def test_nothing_new_is_merged_into_what_is_set_aside_and_waits_for_its_check():
    officer = make.officer()
    person = make.person(manager=officer, surname="Quill", forename="Ann")
    first = indicating.matched(person, by=officer, **NAMED)
    triaging.triage(first, "no_action", by=officer)
    assert triaging.task_of(first, "check_triage")
    [second] = indicating.sent(indicating.item(source="nca", **NAMED), by=officer)
    assert second.result is Result.RECEIVED


def test_the_record_says_how_many_and_which_and_never_what():
    officer = make.officer()
    indicating.sent(indicating.item(**NAMED), indicating.item(code="ODD"), by=officer)
    event = Event.objects.filter(action="indicator.send").get()
    said = Payload.objects.get(event_id=event.pk).payload
    assert (event.row_count, said["received"], said["refused"]) == (1, 1, 1)
    assert said["ids"] == [str(Indicator.objects.get().public_id)]
    assert "Quill" not in str(said)


def test_who_may_not_send_does_not():
    with pytest.raises(NotPermitted):
        indicating.received(by=make.officer(Role.AUDITOR))
    assert not Indicator.objects.exists()


def statements(number: int, *, by) -> int:
    person = make.person(manager=by)
    known = indicating.naming(person)
    items = [
        indicating.item(
            **known,
            identifiers=[{"kind": "device", "value": f"IMEI-{place}"}],
            references=[{"kind": "case", "value": f"C{place}"}],
        )
        for place in range(number)
    ]
    with CaptureQueriesContext(
        connection,
    ) as seen:
        results = indicating.sent(*items, by=by)
    assert {one.result for one in results} == {Result.RECEIVED}
    assert Match.objects.filter(offender=person).count() == number
    return len(seen)


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="one INSERT on SQLite holds few rows by its limit"
)
def test_a_thousand_cost_as_many_statements_as_ten():
    officer = make.officer()
    assert statements(1000, by=officer) == statements(10, by=officer) <= 30


def test_hundreds_cost_on_any_database_no_more_than_their_inserts():
    officer = make.officer()
    assert statements(200, by=officer) <= statements(10, by=officer) + 40
