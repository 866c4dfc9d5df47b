"""Sixteen clients complete the same task at once: one does, one follow-on, one event."""

import datetime as dt
import time

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from audit.models import Event
from tests import make
from tests.concurrency.racing import race
from workflows.actions import caseload, tasks
from workflows.actions.locking import lock_person
from workflows.engine import transitions
from workflows.models import Obligation, Task, Visit
from workflows.sweep import sweep_obligations

pytestmark = pytest.mark.django_db(transaction=True)

RACERS = 16


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_sixteen_clients_complete_one_task_and_one_of_them_does():
    person = make.person()
    manager = make.activate(person.offender_manager)
    task = make.task_of(person)
    clients = [signed_in(manager) for _ in range(RACERS)]
    body = make.outcome() | {"occurred_at": (timezone.now() - dt.timedelta(minutes=30)).isoformat()}

    answers = race(
        RACERS,
        lambda n: (
            clients[n]
            .post(
                f"/api/v1/tasks/{task.public_id}/record-outcome",
                body,
                content_type="application/json",
                headers={"If-Match": "*"},
            )
            .status_code
        ),
    )

    assert sorted(answers) == [200] + [409] * (RACERS - 1)
    assert Visit.objects.filter(offender=person, origin="recorded").count() == 1
    assert Task.objects.open().filter(offender=person, step="write_up").count() == 1
    assert Task.objects.open().filter(offender=person, step="record_outcome").count() == 1
    assert (
        Obligation.objects.filter(
            offender=person, kind="home_visit", closed_at__isnull=True
        ).count()
        == 1
    )
    assert Event.objects.filter(action="visit.record", outcome="ok").count() == 1


def test_two_sweeps_at_once_open_each_thing_once():
    people = [make.person() for _ in range(6)]
    Task.objects.filter(flow_task_type="HUMAN").update(status="CANCELED", finished=timezone.now())
    Obligation.objects.filter(closed_at__isnull=True).update(
        closed_at=timezone.now(), closed_because="not_owed"
    )

    race(4, lambda n: sweep_obligations())

    for person in people:
        opened = person.obligations.filter(closed_at__isnull=True, kind="home_visit")
        assert opened.count() == 1
        assert Task.objects.open().filter(offender=person, kind="home_visit").count() == 1


def test_a_reassignment_and_a_completion_at_once_both_hold():
    person = make.person()
    manager = make.activate(person.offender_manager)
    colleague = make.officer(team=person.team)
    supervisor = make.officer("supervisor", team=person.team)
    client = signed_in(manager)
    task = make.task_of(person)
    body = make.outcome() | {"occurred_at": (timezone.now() - dt.timedelta(minutes=30)).isoformat()}

    def act(position: int):
        if position == 0:
            return client.post(
                f"/api/v1/tasks/{task.public_id}/record-outcome",
                body,
                content_type="application/json",
                headers={"If-Match": "*"},
            ).status_code
        return caseload.reassign_caseload(
            by=make.actor(supervisor),
            offenders=[person.public_id],
            to=colleague.public_id,
            reason="Leave",
        )

    recorded, moved = race(2, act)

    assert recorded == 200
    assert not isinstance(moved, Exception)
    person.refresh_from_db()
    assert person.offender_manager == colleague
    assert Task.objects.open().get(offender=person, step="record_outcome").owner == colleague
    assert make.task_of(person, "write_up").owner == manager, "the attending officer keeps it"


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_a_task_that_changed_hands_meanwhile_is_not_released_by_its_former_owner():
    person = make.person()
    manager = make.activate(person.offender_manager)
    colleague = make.officer(team=person.team)
    task = make.task_of(person)

    def release_while_it_is_given_away(position: int):
        if position == 0:
            with transaction.atomic():
                lock_person(person.pk)
                time.sleep(1)  # long enough for the other to have read the task
                transitions.reassign(task, owner=colleague)
            return None
        time.sleep(0.3)
        return tasks.release(by=make.actor(manager), task=task.public_id)

    _, released = race(2, release_while_it_is_given_away)

    assert getattr(released, "code", released) == "not_yours"
    assert make.task_of(person).owner == colleague
