"""Two officers triage one indicator at once: one does, whatever each decided."""

import pytest
from django.db import connection, transaction

from accounts.models import Role
from risk.models import Indicator, IndicatorTriage
from tests import make
from tests.concurrency.racing import one_after_the_other, race
from tests.workflows import triaging
from workflows.actions.indicators import matching
from workflows.actions.indicators.late import warn_of_late
from workflows.actions.steps import complete_step
from workflows.errors import TaskNotOpen
from workflows.invariants import broken
from workflows.models import Alert, CaseAction, VisitDirection

pytestmark = pytest.mark.django_db(transaction=True)

on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has one writer at a time"
)


def scene():
    manager = make.officer()
    person = make.person(manager=manager)
    return person, manager, make.officer(team=manager.team)


def test_one_of_two_triages_stands_and_starts_its_one_thing():
    person, manager, colleague = scene()
    found = triaging.matched(person, by=manager)
    who = [(manager, "enquiry"), (colleague, "visit_brought_forward")]

    task = triaging.task_of(found)

    def act(n: int):
        by, outcome = who[n]
        return complete_step(
            by=make.actor(by),
            task=task.public_id,
            step=task.step,
            values=triaging.values(outcome),
        )

    results = race(2, act)

    [refused] = [one for one in results if isinstance(one, Exception)]
    assert isinstance(refused, TaskNotOpen)
    assert IndicatorTriage.objects.count() == 1
    assert CaseAction.objects.count() + VisitDirection.objects.count() == 1
    assert not broken()


def test_a_match_taken_back_meanwhile_leaves_nothing_to_triage():
    person, manager, colleague = scene()
    found = triaging.matched(person, by=manager)
    task = triaging.task_of(found)

    def unmatch():
        return matching.unmatch(
            by=make.actor(colleague), indicator=found.public_id, reason="Not him."
        )

    def triage():
        return complete_step(
            by=make.actor(manager),
            task=task.public_id,
            step=task.step,
            values=triaging.values("enquiry"),
        )

    taken_back, refused = one_after_the_other(unmatch, triage)
    assert taken_back.state == "unmatched"
    assert isinstance(refused, TaskNotOpen)
    assert not IndicatorTriage.objects.exists()
    assert not broken()


@on_postgresql
def test_somebody_who_is_deciding_on_one_delays_no_alert_of_another():
    person, manager, _ = scene()
    make.officer(Role.SUPERVISOR, team=person.team)
    busy, free = (triaging.critical(person, by=manager) for _ in range(2))
    late = max(busy.triage_by, free.triage_by)

    def hold():
        return list(Indicator.objects.filter(pk=busy.pk).select_for_update())

    _, count = one_after_the_other(hold, lambda: warn_of_late(now=late))
    assert count == 1
    assert Alert.objects.filter(about="indicator_late").count() == 1
    with transaction.atomic():
        assert warn_of_late(now=late) == 1
