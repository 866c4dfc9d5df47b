"""Two decisions at once on indicators that hang together: one waits or is refused, nothing is lost.

By row locks, so on PostgreSQL; on SQLite one simply comes after the other.
"""

import pytest
from django.db import connection

from accounts.models import Role
from offenders.models import Offender
from risk.models import Indicator
from tests import make
from tests.concurrency.racing import one_after_the_other, race
from tests.workflows import doing, triaging
from workflows.actions.indicators import matching
from workflows.actions.indicators.retracting import retract
from workflows.actions.steps import complete_step
from workflows.actions.voiding import void_visit
from workflows.errors import TaskBusy
from workflows.invariants import broken
from workflows.models import CaseAction, Visit

pytestmark = pytest.mark.django_db(transaction=True)

on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has one writer at a time"
)
FOUND = {
    "found_devices": [{"kind": "tablet", "description": "Example pad", "identifier": "t9"}],
}


class Scene:
    """Two people of one officer, each with a visit that raised an indicator."""

    def __init__(self) -> None:
        self.manager = make.officer()
        self.supervisor = make.officer(Role.SUPERVISOR, team=self.manager.team)
        self.people = [make.person(manager=self.manager) for _ in range(2)]
        self.raised = [self.seen_at(person) for person in self.people]

    def seen_at(self, person: Offender) -> Indicator:
        doing.visit(person)
        doing.complete(person, "write_up", make.write_up(**FOUND), by=self.manager)
        return person.indicators.get(code="UDEV")

    def is_now_about(self, found: Indicator, person: Offender) -> None:
        """An officer says that it is somebody else."""
        by, which = make.actor(self.supervisor), {"indicator": found.public_id}
        matching.unmatch(by=by, reason="Not him", **which)
        matching.confirm_match(by=by, offender=person.public_id, reason="His number", **which)

    def void(self, person: Offender):
        visit = Visit.objects.filter(offender=person, origin="recorded").latest("pk")
        return void_visit(
            by=make.actor(self.supervisor),
            offender=person.public_id,
            visit=visit.public_id,
            reason="Entered for the wrong person",
        )

    def triage(self, found: Indicator, outcome: str, **said: object):
        task = triaging.task_of(found)
        return lambda: complete_step(
            by=make.actor(self.supervisor),
            task=task.public_id,
            step=task.step,
            values=triaging.values(outcome, **said),
        )


def states(*found: Indicator) -> list[str]:
    return [Indicator.objects.get(pk=one.pk).state for one in found]


def failures(results: list[object]) -> list[object]:
    return [one for one in results if isinstance(one, Exception)]


def test_one_merged_into_another_whose_triage_runs_is_merged_into_what_is_triaged():
    scene = Scene()
    person = scene.people[0]
    one, into = (triaging.matched(person, by=scene.manager) for _ in range(2))
    merge = scene.triage(one, "duplicate", same_as=into.public_id)

    results = one_after_the_other(scene.triage(into, "enquiry"), merge)

    assert failures(results) == []
    assert states(one, into) == ["merged", "triaged"]
    assert CaseAction.objects.filter(offender=person).count() == 1
    assert broken() == {}


def test_of_two_merged_into_each_other_at_once_one_stands():
    scene = Scene()
    one, other = (triaging.matched(scene.people[0], by=scene.manager) for _ in range(2))
    acts = [
        scene.triage(one, "duplicate", same_as=other.public_id),
        scene.triage(other, "duplicate", same_as=one.public_id),
    ]

    results = race(2, lambda n: acts[n]())

    [refused] = failures(results)
    assert refused.code in {"duplicate_of_another", "already_triaged"}
    assert sorted(states(one, other)) == ["merged", "untriaged"]
    assert broken() == {}


def test_what_is_taken_back_while_another_is_merged_into_it_loses_neither():
    scene = Scene()
    one, into = (triaging.matched(scene.people[0], by=scene.manager) for _ in range(2))
    merge = scene.triage(one, "duplicate", same_as=into.public_id)

    def take_back():
        by = make.actor(scene.supervisor)
        return retract(by=by, indicator=into.public_id, reason="Mistyped")

    results = one_after_the_other(merge, take_back)

    # Who was merged meanwhile stands again, or nobody took anything back.
    assert not [one for one in failures(results) if not isinstance(one, TaskBusy)]
    if failures(results):
        take_back()
    assert states(one, into) == ["untriaged", "retracted"]
    assert triaging.obligation_of(one) is not None
    assert broken() == {}


@pytest.mark.parametrize("first", [0, 1], ids=["the elder first", "the younger first"])
def test_two_visits_voided_at_once_that_raised_what_is_about_each_other_do_not_wait_for_ever(first):
    scene = Scene()
    for found, person in zip(scene.raised, reversed(scene.people), strict=True):
        scene.is_now_about(found, person)
    order = [scene.people[first], scene.people[1 - first]]

    results = one_after_the_other(*(lambda p=person: scene.void(p) for person in order))

    assert all(isinstance(one, TaskBusy) for one in failures(results))
    assert len(failures(results)) <= 1
    for person, result in zip(order, results, strict=True):
        if isinstance(result, Exception):
            scene.void(person)
    assert states(*scene.raised) == ["retracted"] * 2
    assert broken() == {}


@on_postgresql
@pytest.mark.parametrize("about", [0, 1], ids=["of lower id", "of higher id"])
def test_who_is_being_decided_on_is_waited_for_or_left_and_never_half_changed(about):
    scene = Scene()
    voided, other = scene.people[1 - about], scene.people[about]
    found = scene.raised[1 - about]
    scene.is_now_about(found, other)

    results = one_after_the_other(scene.triage(found, "enquiry"), lambda: scene.void(voided))

    triaged, void = results
    assert not isinstance(triaged, Exception)
    # One of a lower id cannot be waited for (`lock_besides`).
    assert isinstance(void, TaskBusy) is (other.pk < voided.pk)
    if isinstance(void, TaskBusy):
        assert Visit.objects.filter(offender=voided, voided_at=None, origin="recorded").exists()
        assert states(found) == ["triaged"]
        scene.void(voided)
    assert states(found) == ["retracted"]
    assert CaseAction.objects.filter(offender=other).count() == 1
    assert broken() == {}


@on_postgresql
def test_who_was_matched_to_somebody_else_meanwhile_is_locked_too_or_the_void_is_refused():
    scene = Scene()
    person, other = scene.people
    found = scene.raised[0]
    by = make.actor(scene.supervisor)
    matching.unmatch(by=by, indicator=found.public_id, reason="Not him")

    def match():
        return matching.confirm_match(
            by=by, indicator=found.public_id, offender=other.public_id, reason="His number"
        )

    results = one_after_the_other(match, lambda: scene.void(person))

    matched, void = results
    assert not isinstance(matched, Exception)
    if isinstance(void, Exception):
        assert isinstance(void, TaskBusy)
        scene.void(person)
    assert states(found) == ["retracted"]
    assert triaging.obligation_of(found) is None
    assert broken() == {}
