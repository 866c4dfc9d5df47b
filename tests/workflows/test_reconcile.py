"""Open obligations say what is owed: opened, moved, closed, and nothing touched that is right."""

import datetime as dt
import random

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from offenders import actions as people
from offenders.models import ManagementLevel, Status
from rules import current
from tests import make
from workflows.facts import facts_of, stream
from workflows.models import Kind, Obligation, ObligationMove, ReleaseCheck, Task, Visit
from workflows.obligations import owed
from workflows.reconcile import reconcile, reconcile_many

pytestmark = pytest.mark.django_db


def ago(days):
    return timezone.localdate() - dt.timedelta(days=days)


def open_of(person):
    return {
        (kind, about): due_on
        for kind, about, due_on in person.obligations.filter(closed_at=None).values_list(
            "kind", "about", "due_on"
        )
    }


def owed_to(person):
    today = timezone.localdate()
    found = owed(facts_of(person), current.in_force(today), current.calendar(), today)
    return {(item.kind, item.about): item.due_on for item in found}


def rows():
    return list(Obligation.objects.order_by("pk").values())


def test_whoever_is_in_order_is_not_touched():
    person = make.person()
    before = rows()

    changes = reconcile(person, because="test")

    assert not changes
    assert rows() == before


def test_a_date_that_moves_is_kept_with_why_and_the_first_date_stays():
    person = make.person(management_level="low", last_effective_visit_on=ago(60))
    visit = person.obligations.get(kind=Kind.HOME_VISIT)
    people.change_level(
        offender=person,
        level=ManagementLevel.MEDIUM,
        decided_on=timezone.localdate(),
        decided_by=person.offender_manager,
        reason="New information.",
    )

    reconcile(person, because="level.change")

    moved = person.obligations.get(kind=Kind.HOME_VISIT)
    assert moved.pk == visit.pk
    assert moved.due_on < visit.due_on
    assert moved.original_due_on == visit.due_on
    assert moved.version == visit.version + 1
    move = ObligationMove.objects.get(obligation=visit)
    assert (move.from_on, move.to_on) == (visit.due_on, moved.due_on)
    assert (move.because, move.rule) == ("level.change", moved.rule)
    task = make.task_of(person)
    assert (task.due_on, task.level) == (moved.due_on, "medium")


def test_custody_closes_the_visit_and_release_opens_one_due_from_release():
    person = make.person(last_effective_visit_on=ago(60))
    before = person.obligations.get(kind=Kind.HOME_VISIT)
    people.change_status(offender=person, status=Status.CUSTODY, on=ago(40))
    reconcile(person, because="status.change")

    before.refresh_from_db()
    assert before.closed_because == Obligation.ClosedBecause.NOT_OWED
    assert set(open_of(person)) == {(Kind.RELEASE_PLANNING, "")}
    assert [task.step for task in Task.objects.open().filter(offender=person)] == ["plan_release"]

    people.change_status(offender=person, status=Status.COMMUNITY, on=ago(5))
    reconcile(person, because="status.change")

    after = person.obligations.get(kind=Kind.HOME_VISIT, closed_at=None)
    assert after.pk != before.pk
    assert after.due_on == current.calendar().after(ago(5), 15)
    assert after.original_due_on == after.due_on
    assert (Kind.CHANGE_NOTIFICATION, f"release:{ago(5)}") in open_of(person)
    assert make.task_of(person).due_on == after.due_on


def test_what_was_done_closes_as_done_and_the_next_opens_at_once():
    person = make.person(last_effective_visit_on=ago(60))
    before = person.obligations.get(kind=Kind.HOME_VISIT)
    Visit.objects.create(
        offender=person, occurred_on=ago(0), outcome="effective", origin="imported"
    )

    reconcile(person, because="test", done=[(Kind.HOME_VISIT, "")])

    before.refresh_from_db()
    after = person.obligations.get(kind=Kind.HOME_VISIT, closed_at=None)
    assert before.closed_because == Obligation.ClosedBecause.DONE
    assert after.due_on > before.due_on
    assert not ObligationMove.objects.exists(), "a new obligation is no move of the old one"
    assert Task.objects.open().filter(offender=person, step="record_outcome").count() == 1


def test_a_notification_after_release_settles_the_change_that_release_asked_for():
    person = make.person(last_notification_on=ago(200), released_on=ago(20), status="community")
    assert (Kind.CHANGE_NOTIFICATION, f"release:{ago(20)}") in open_of(person)
    people.record_notification(
        offender=person,
        kind="periodic",
        notified_on=ago(0),
        recorded_by=person.offender_manager,
    )

    reconcile(person, because="test", done=[(Kind.PERIODIC_NOTIFICATION, "")])

    assert {kind for kind, _ in open_of(person)} == {
        Kind.HOME_VISIT,
        Kind.RISK_REASSESSMENT,
        Kind.PERIODIC_NOTIFICATION,
    }


def test_a_visit_found_ineffective_gives_the_date_back():
    person = make.person(last_effective_visit_on=ago(60))
    before = open_of(person)[Kind.HOME_VISIT, ""]
    visit = Visit.objects.create(
        offender=person, occurred_on=ago(1), outcome="effective", origin="imported"
    )
    reconcile(person, because="test", done=[(Kind.HOME_VISIT, "")])
    visit.found_ineffective_at = timezone.now()
    visit.save()

    reconcile(person, because="visit.review")

    assert open_of(person)[Kind.HOME_VISIT, ""] == before


def test_a_look_at_release_closes_the_planning_that_was_due():
    expected = timezone.localdate() + dt.timedelta(days=20)
    person = make.person(status="custody", status_since=ago(30))
    ReleaseCheck.objects.create(
        offender=person,
        checked_on=ago(0),
        release_expected_on=expected,
        plan="Ready.",
        checked_by=person.offender_manager,
    )

    reconcile(person, because="release.plan", done=[(Kind.RELEASE_PLANNING, "")])

    assert open_of(person) == {}
    assert not Task.objects.open().filter(offender=person).exists()


def test_nothing_stays_open_for_an_ended_registration():
    person = make.person()
    officers = [make.officer(team=person.team) for _ in range(2)]
    people.end_registration(
        offender=person, ended_on=ago(0), proposed_by=officers[0], endorsed_by=officers[1]
    )

    reconcile(person, because="registration.end")

    assert open_of(person) == {}
    assert not Task.objects.open().filter(offender=person).exists()


def test_two_open_obligations_for_one_thing_are_refused_by_the_database():
    person = make.person()

    with pytest.raises(IntegrityError), transaction.atomic():
        Obligation.objects.create(
            offender=person,
            force=person.force,
            kind=Kind.HOME_VISIT,
            due_on=ago(0),
            original_due_on=ago(0),
            rule="visit.initial",
        )


@pytest.mark.parametrize("seed", range(3))
def test_after_any_facts_the_open_obligations_are_what_is_owed(seed):
    chance = random.Random(seed)
    manager = make.officer()
    persons = [make.person(manager=manager) for _ in range(5)]
    for person in persons:
        for _ in range(4):
            chance.choice([jail, free, raised, visited, missing])(person, chance)

    reconcile_many(stream(), because="test")

    for person in persons:
        assert open_of(person) == owed_to(person)


def test_a_chunk_costs_the_same_however_many_people_are_in_order(django_assert_max_num_queries):
    manager = make.officer()
    for _ in range(6):
        make.person(manager=manager)

    with django_assert_max_num_queries(15):
        counts = reconcile_many(stream(), because="test")

    assert (counts.people, counts.changed) == (6, 0)


def jail(person, chance):
    change(person, Status.CUSTODY, chance)


def free(person, chance):
    change(person, Status.COMMUNITY, chance)


def missing(person, chance):
    change(person, Status.MISSING, chance)


def change(person, status, chance):
    now = person.statuses.get(until_on=None)
    if now.status != status and now.from_on < ago(1):
        days = (timezone.localdate() - now.from_on).days
        people.change_status(offender=person, status=status, on=ago(chance.randrange(days)))


def raised(person, chance):
    level = chance.choice([level for level in ManagementLevel if level != person.management_level])
    people.change_level(
        offender=person,
        level=level,
        decided_on=timezone.localdate(),
        decided_by=person.offender_manager,
        reason="Test.",
    )


def visited(person, chance):
    Visit.objects.create(
        offender=person,
        occurred_on=ago(chance.randrange(100)),
        outcome="effective",
        origin="imported",
    )
