"""The facts as they are read: only live ones, only those of the day that is asked for."""

import dataclasses
import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import User
from offenders.models import Notification, NotificationBasis, Order
from risk.models import RiskAssessment
from tests import make
from workflows.facts import Facts, facts_of, registration_of, stream
from workflows.facts.chunk import Chunk
from workflows.facts.everyone import SUBJECTS
from workflows.facts.people import own_facts, people
from workflows.knowing import Record, plain
from workflows.models import Visit, VisitDirection

pytestmark = pytest.mark.django_db


def ago(days):
    return timezone.localdate() - dt.timedelta(days=days)


@pytest.fixture
def person():
    return make.person(
        last_effective_visit_on=ago(60), last_notification_on=ago(100), last_assessment_on=ago(90)
    )


def visit(person, days, **more):
    return Visit.objects.create(
        offender=person, occurred_on=ago(days), outcome="effective", origin="imported", **more
    )


def voided(by: User):
    return {"voided_at": timezone.now(), "voided_by": by, "void_reason": "Wrong person."}


def test_the_latest_live_effective_visit_counts(person):
    visit(person, 10, **voided(make.officer()))
    visit(person, 20, found_ineffective_at=timezone.now())
    Visit.objects.create(
        offender=person,
        occurred_on=ago(5),
        occurred_at=timezone.now(),
        outcome="no_answer",
        announced=False,
        recorded_by=make.officer(),
    )

    assert facts_of(person).last_visited_on == ago(60)


def test_a_back_dated_visit_moves_nothing_backwards(person):
    visit(person, 200)

    assert facts_of(person).last_visited_on == ago(60)


def test_a_voided_notification_does_not_count(person):
    Notification.objects.create(
        offender=person, kind="periodic", notified_on=ago(1), origin="imported",
        **voided(make.officer()),
    )  # fmt: skip

    assert facts_of(person).last_notified_on == ago(100)


def test_only_an_assessment_that_stands_counts(person):
    RiskAssessment.objects.create(
        offender=person,
        tool="arms",
        state="submitted",
        priority="high",
        proposed_level="high",
        author=make.officer(),
        assessed_on=ago(1),
        submitted_at=timezone.now(),
    )

    assert facts_of(person).last_assessed_on == ago(90)


def test_a_withdrawn_direction_does_not_count(person):
    for withdrawn_at in (None, timezone.now()):
        VisitDirection.objects.create(
            offender=person,
            visit_by=ago(-5),
            reason="Test.",
            given_on=ago(1),
            given_by=make.officer(),
            withdrawn_at=withdrawn_at,
        )

    assert facts_of(person).directions == ((ago(1), ago(-5), None),)


def test_only_orders_that_hold_are_read(person):
    for kind in ("shpo", "sro", "notification_order"):
        Order.objects.create(offender=person, kind=kind, made_on=ago(10))

    assert [order.kind for order in facts_of(person).orders] == ["shpo"]


def test_another_day_is_answered_from_what_had_happened_by_then(person):
    visit(person, 5)
    Order.objects.create(offender=person, kind="shpo", made_on=ago(10))

    then = facts_of(person, as_of=ago(30))

    assert (then.last_visited_on, then.orders) == (ago(60), ())
    assert facts_of(person, as_of=ago(5)).last_visited_on == ago(5)


def test_an_address_counts_while_someone_lives_there(person):
    home = person.addresses.get()
    home.kind, home.from_on, home.until_on = "regularly_found", ago(50), ago(20)
    home.save()

    found = {
        days: facts_of(person, as_of=ago(days)).is_regularly_found for days in (51, 50, 21, 20)
    }

    assert found == {51: False, 50: True, 21: True, 20: False}


def test_registration_is_explained_from_the_persons_own_facts(person):
    found = registration_of(person, today=ago(0))

    assert found.ends_on is None
    assert [code for code, _ in found.reasons] == ["period"]


def test_registration_is_the_same_with_orders_that_were_read_already(person):
    order = Order.objects.create(offender=person, kind="shpo", made_on=ago(50), ends_on=None)
    NotificationBasis.objects.filter(offender=person).update(disposal="caution")
    read = registration_of(person, today=ago(0))
    assert read.held_by is not None
    assert registration_of(person, today=ago(0), orders=[order]) == read
    assert registration_of(person, today=ago(60), orders=[order]).held_by is None


def test_people_come_in_ascending_order_however_many_are_read_together():
    manager = make.officer()
    ids = [make.person(manager=manager).pk for _ in range(5)]

    assert [facts.offender_id for facts in stream(chunk=2)] == ids
    assert list(stream(chunk=2)) == list(stream())
    assert list(stream(offender_ids=ids[::-1])) == list(stream())


def test_people_far_apart_are_read_like_neighbours():
    manager = make.officer()
    ids = [make.person(manager=manager).pk for _ in range(10)]
    ends = [ids[0], ids[-1]]

    assert list(stream(offender_ids=ends)) == [
        facts for facts in stream() if facts.offender_id in ends
    ]


def test_one_force_is_read_without_the_others(person):
    other = make.person()

    assert [facts.offender_id for facts in stream(force_id=other.force_id)] == [other.pk]


def test_reading_costs_the_same_however_many_people(django_assert_num_queries):
    manager = make.officer()
    for _ in range(4):
        make.person(manager=manager)

    with django_assert_num_queries(22):  # people (and an empty last page), nineteen kinds of facts
        assert len(list(stream(chunk=4))) == 4


def test_everything_that_owed_is_given_is_read(person):
    """A fact without a reader would count as absent for everyone, and nobody would see it."""
    [row] = plain(people(None, ago(0), Record()))
    chunk = Chunk([person.pk], ago(0), Record())
    read = [*own_facts(row), *(name for subject in SUBJECTS for name in subject(chunk))]

    assert sorted(read) == sorted(field.name for field in dataclasses.fields(Facts))
