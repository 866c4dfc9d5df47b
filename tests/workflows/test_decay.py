"""Since when a triaged indicator loses weight: once its triage and what it started are closed."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Role
from risk.models import Indicator
from tests import make
from tests.workflows import doing, triaging
from tests.workflows.ruling import enact
from workflows.actions.voiding import void_visit
from workflows.decay import settle_decay
from workflows.invariants import broken
from workflows.models import CaseAction, Visit
from workflows.sweep import sweep_obligations

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


class Scene:
    def __init__(self) -> None:
        self.manager = make.officer()
        self.person = make.person(manager=self.manager)
        self.supervisor = make.officer(Role.SUPERVISOR, team=self.manager.team)

    def triaged(self, outcome: str, **said: Any) -> Indicator:
        found = triaging.matched(self.person, by=self.manager)
        return triaging.triage(found, outcome, by=self.manager, **said)


@pytest.fixture
def scene() -> Scene:
    return Scene()


def since(found: Indicator) -> dt.datetime | None:
    found.refresh_from_db()
    return found.decays_from


def visited(scene: Scene) -> None:
    doing.visit(scene.person, by=scene.manager, occurred_at=timezone.now())


def assessed(scene: Scene) -> None:
    values = make.assessment(priority="medium", proposed_level="medium")
    doing.complete(scene.person, "assess", values, by=scene.manager)
    agreed = {"decision": "endorse", "comment": "Agreed."}
    doing.complete(scene.person, "endorse", agreed, by=scene.supervisor)


def finished(scene: Scene, outcome: str = "done") -> None:
    said = {"outcome": outcome, "evidence": "Asked."}
    doing.complete(scene.person, "finish_action", said, by=scene.manager)


def linked(scene: Scene, step: str) -> dict[str, Any]:
    return {"task": make.task_of(scene.person, step).public_id}


CLOSED_BY: list[tuple[str, Callable[[Scene], dict[str, Any]], Callable[[Scene], None]]] = [
    ("visit_brought_forward", lambda _: {}, visited),
    ("reassessment", lambda _: {}, assessed),
    ("enquiry", lambda _: {}, finished),
    ("enquiry", lambda _: {}, lambda scene: finished(scene, "not_done")),
    ("safeguarding_referral", lambda _: {}, finished),
    ("linked_to_task", lambda scene: linked(scene, "record_outcome"), visited),
    ("linked_to_task", lambda scene: linked(scene, "assess"), assessed),
]


@pytest.mark.parametrize(("outcome", "given", "closes"), CLOSED_BY)
def test_it_fades_from_when_what_its_triage_started_is_closed(scene, outcome, given, closes):
    found = scene.triaged(outcome, **given(scene))
    assert since(found) is None
    before = timezone.now() - dt.timedelta(minutes=1)
    closes(scene)
    assert since(found) >= max(before, found.triaged_at)


def test_what_starts_nothing_fades_from_its_triage(scene):
    found = scene.triaged("transferred", transferred_to="Aldmoor")
    assert since(found) == found.triaged_at


def test_what_takes_a_check_fades_from_the_check(scene):
    enact(changes=[{"id": "indicator.no_action.sample", "value": "100"}])
    found = scene.triaged("no_action")
    assert since(found) is None
    triaging.check(found, by=scene.supervisor)
    assert since(found) == triaging.triaged(found).stands_at


def test_a_visit_that_is_voided_takes_it_back(scene):
    found = scene.triaged("visit_brought_forward")
    visited(scene)
    assert since(found) is not None
    void_visit(
        by=make.actor(scene.supervisor),
        offender=scene.person.public_id,
        visit=Visit.objects.latest("pk").public_id,
        reason="Another person.",
    )
    assert since(found) is None
    visited(scene)
    assert since(found) is not None


def test_a_visit_that_is_found_ineffective_takes_it_back(scene):
    found = scene.triaged("linked_to_task", **linked(scene, "record_outcome"))
    visited(scene)
    assert since(found) is not None
    doing.complete(scene.person, "write_up", make.write_up(), by=scene.manager)
    said = {"decision": "ineffective", "comment": "He was not seen."}
    doing.complete(scene.person, "review", said, by=scene.supervisor)
    assert since(found) is None


def test_a_notification_that_is_voided_takes_it_back(scene):
    found = scene.triaged("linked_to_task", **linked(scene, "record_notification"))
    notified = {
        "notified_on": timezone.localdate(),
        "station": "Tean",
        "details_changed": "",
        "acknowledged": True,
    }
    doing.complete(scene.person, "record_notification", notified, by=scene.manager)
    assert since(found) is not None
    void = {"decision": "void", "comment": "Another person's."}
    doing.complete(scene.person, "check_notification", void, by=scene.supervisor)
    assert since(found) is None


def test_an_attempt_that_failed_closes_nothing(scene):
    found = scene.triaged("visit_brought_forward")
    doing.visit(scene.person, by=scene.manager, outcome="no_answer")
    assert since(found) is None


def test_a_visit_of_before_entered_late_closes_nothing(scene):
    found = scene.triaged("visit_brought_forward")
    earlier = timezone.now() - 2 * DAY
    doing.visit(scene.person, by=scene.manager, occurred_at=earlier, entry_reason="Forgotten.")
    assert since(found) is None


def test_a_linked_visit_of_the_day_of_triage_counts_only_if_made_after_it(scene):
    """Both of the day of the triage, by the clock of the database that `stands_at` is of."""
    found = scene.triaged("linked_to_task", **linked(scene, "record_outcome"))
    stood_at = triaging.triaged(found).stands_at
    midnight = timezone.localtime(stood_at).replace(hour=0, minute=0, second=0, microsecond=0)
    doing.visit(scene.person, by=scene.manager, occurred_at=midnight)
    assert since(found) is None
    doing.visit(scene.person, by=scene.manager, occurred_at=timezone.now())
    assert since(found) is not None


def test_the_sweep_leaves_what_is_right_alone_and_mends_the_rest(scene):
    found = scene.triaged("enquiry")
    finished(scene)
    before = since(found)
    sweep_obligations()
    assert since(found) == before
    CaseAction.objects.update(finished_at=before + DAY)
    assert broken() == {"indicator_that_fades_from_another_time": 1}
    sweep_obligations()
    assert since(found) == before + DAY


def test_nobody_without_indicators_costs_more_than_one_look(scene, django_assert_num_queries):
    with django_assert_num_queries(1):
        settle_decay([scene.person.pk])


def test_a_crowd_costs_no_more_statements_than_one(scene, django_assert_max_num_queries):
    people = [scene.person, *(make.person(manager=scene.manager) for _ in range(3))]
    for person in people:
        for outcome in ("enquiry", "reassessment", "visit_brought_forward"):
            found = triaging.matched(person, by=scene.manager)
            triaging.triage(found, outcome, by=scene.manager)
    with django_assert_max_num_queries(4):
        settle_decay([person.pk for person in people])
