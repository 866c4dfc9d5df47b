"""What is written, when it is kept, and what happens when it cannot be written."""

import datetime as dt
import hashlib
import json
import uuid

import pytest
from django.db import connection, transaction

from accounts.actor import Actor
from audit import context, triggers
from audit.errors import AuditUnavailable
from audit.leaf import FIELDS, canonical, commitment, differences, leaf_hash
from audit.models import Event, Operation, Outcome, Payload
from audit.record import Entry, complete_stream, consult, record, record_many, refuse

pytestmark = pytest.mark.django_db

BY = Actor.system("tests")
AT_TEN = dt.datetime(2026, 7, 1, 10, tzinfo=dt.timezone(dt.timedelta(hours=1)))
FULL = {
    "by": BY,
    "action": "visit.record",
    "operation": Operation.ALTERATION,
    "offender_id": 7,
    "subject": "visit:1",
    "purpose": ("task", "abc"),
    "reason": "Zoë asked – “today”",
    "recipients": "Probation",
    "row_count": 1,
    "occurred_at": AT_TEN,
    "payload": {"note": "seen", "on": dt.date(2026, 7, 1), "id": uuid.UUID(int=1)},
}


def test_an_event_says_who_did_what_where_and_when():
    facts = context.RequestFacts(request_id="req-1", ip="192.0.2.1", session_hash="ab")
    with context.entered(facts):
        made = record(**FULL)

    event = Event.objects.get(pk=made.pk)
    assert (event.actor_kind, event.actor_key, event.actor_label) == ("system", "tests", "tests")
    assert (event.request_id, event.ip, event.session_hash) == ("req-1", "192.0.2.1", "ab")
    assert (event.purpose_kind, event.purpose_ref) == ("task", "abc")
    assert event.occurred_at == AT_TEN
    assert abs(event.recorded_at - dt.datetime.now(dt.UTC)) < dt.timedelta(seconds=5)


def test_an_event_written_outside_a_request_has_no_request_facts():
    event = record(**FULL)

    assert (event.request_id, event.ip, event.session_hash) == ("", "", "")


def test_the_columns_read_back_say_what_the_leaf_says():
    event = Event.objects.get(pk=record(**FULL).pk)

    assert differences(event) == []
    assert bytes(event.leaf_hash) == hashlib.sha256(b"\x00" + bytes(event.leaf_data)).digest()


@pytest.mark.parametrize("name", FIELDS)
def test_a_column_that_says_something_else_is_named(name):
    event = Event.objects.get(pk=record(**FULL).pk)

    setattr(event, name, "changed")

    assert differences(event) == [name]


def test_a_changed_leaf_no_longer_fits_its_hash():
    event = Event.objects.get(pk=record(**FULL).pk)
    event.leaf_data = bytes(event.leaf_data).replace(b'"row_count":1', b'"row_count":2')

    assert differences(event) == ["row_count", "leaf_hash"]


def test_the_leaf_is_canonical_and_carries_its_version_and_the_writers_clock():
    data = bytes(record(**FULL).leaf_data)
    leaf = json.loads(data)

    assert canonical(leaf) == data
    assert leaf["v"] == 1
    assert leaf["occurred_at"] == "2026-07-01T09:00:00.000000Z"
    at = dt.datetime.fromisoformat(leaf["at"])
    assert abs(at - dt.datetime.now(dt.UTC)) < dt.timedelta(seconds=5)


def test_the_leaf_holds_a_salted_commitment_to_the_payload_and_nothing_of_it():
    event = record(**FULL)
    kept = Payload.objects.get(pk=event.pk)

    assert json.loads(event.leaf_data)["commit"] == commitment(kept.payload, bytes(kept.salt))
    assert b"seen" not in bytes(event.leaf_data)
    assert record(**FULL).leaf_hash != event.leaf_hash


def test_the_canonical_form_never_changes():
    assert canonical({"b": 1, "a": ["é", None, True]}) == '{"a":["é",null,true],"b":1}'.encode()
    assert leaf_hash(b"{}").hex() == hashlib.sha256(b"\x00{}").hexdigest()


def test_an_event_without_a_payload_is_one_insert_without_a_commitment(django_assert_num_queries):
    with django_assert_num_queries(1):
        event = record(by=BY, action="task.claim", operation=Operation.ALTERATION)

    assert not Payload.objects.exists()
    assert "commit" not in json.loads(event.leaf_data)


def test_an_event_goes_when_its_change_is_rolled_back():
    with transaction.atomic():
        record(**FULL)
        transaction.set_rollback(True)

    assert not Event.objects.exists()
    assert not Payload.objects.exists()


def test_many_events_cost_two_statements_and_keep_their_payloads(django_assert_num_queries):
    entries = [
        Entry(
            by=BY,
            action="offender.import",
            operation=Operation.COLLECTION,
            offender_id=number,
            payload={"row": number} if number % 2 else None,
        )
        for number in range(12)
    ]

    with django_assert_num_queries(2):
        assert record_many(iter(entries)) == 12

    for event in Event.objects.all():
        assert differences(event) == []
        kept = Payload.objects.filter(pk=event.pk).first()
        assert (kept.payload if kept else None) == (
            {"row": event.offender_id} if event.offender_id % 2 else None
        )


def test_a_consultation_keeps_the_filter_and_the_ids_apart_from_the_leaf():
    event = consult(
        by=BY, action="task.view", ids=["a", "b"], filters={"due": "today"}, row_count=2
    )

    assert event.operation == Operation.CONSULTATION
    assert Payload.objects.get(pk=event.pk).payload == {
        "ids": ["a", "b"],
        "filters": {"due": "today"},
    }


def test_a_stream_is_completed_once_by_an_event_that_points_at_its_announcement():
    announced = consult(by=BY, action="due_visits.read", filters={"to": "2026-07-01"})

    done = complete_stream(announced, by=BY, row_count=70)

    assert (done.completes, done.row_count, done.action) == (announced.pk, 70, "due_visits.read")
    with pytest.raises(AuditUnavailable):
        complete_stream(announced, by=BY, row_count=70)


def test_a_refusal_is_an_event_with_the_outcome_denied():
    event = refuse(by=BY, action="offender.view", offender_id=7)

    assert (event.outcome, event.offender_id) == (Outcome.DENIED, 7)


@pytest.mark.parametrize(
    "write",
    [
        lambda: consult(by=BY, action="offender.view"),
        lambda: refuse(by=BY, action="offender.view"),
    ],
)
def test_when_the_record_cannot_be_written_the_caller_is_told(write):
    with transaction.atomic():
        make_unwritable()
        with pytest.raises(AuditUnavailable):
            write()
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_a_consultation_has_committed_when_it_returns():
    event = consult(by=BY, action="offender.view")

    assert not connection.in_atomic_block
    connection.close()
    assert Event.objects.filter(pk=event.pk).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_a_database_emptied_after_a_test_is_protected_again_for_the_next(time):
    assert not Event.objects.exists()
    assert triggers.missing() == []
    record(**FULL)


def make_unwritable() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event RENAME TO audit_event_gone")
