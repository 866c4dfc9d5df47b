"""What is put off, over the wire: a filter, and with each task until when, by whom and why."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import Role
from tests import make
from tests.api.calling import signed_in, system
from workflows.actions import tasks

pytestmark = pytest.mark.django_db


def test_what_is_put_off_is_a_list_with_reasons() -> None:
    manager = make.officer()
    supervisor = make.officer(Role.SUPERVISOR, team=manager.team)
    long_ago = timezone.localdate() - dt.timedelta(days=500)
    person = make.person(manager=manager, last_effective_visit_on=long_ago)
    until = timezone.localdate() + dt.timedelta(days=3)
    caller = signed_in(supervisor)
    query = {"scope": "team", "deferred": "true"}
    assert caller.get("tasks", query).json()["results"] == []
    tasks.defer(
        by=make.actor(supervisor),
        task=make.task_of(person).public_id,
        until=until,
        reason="In hospital",
    )

    [row] = caller.get("tasks", query).json()["results"]

    assert row["deferral"] == {
        "until": until.isoformat(),
        "reason": "In hospital",
        "by": {"id": str(supervisor.public_id), "staff_number": supervisor.staff_number},
        "past_due": True,
    }
    everything = caller.get("tasks", {"scope": "team"}).json()["results"]
    assert row["id"] in [task["id"] for task in everything]
    assert all("deferral" not in task for task in everything)
    listed = system(force=manager.force).get("tasks", {"deferred": "true"}).json()["results"]
    assert [task["id"] for task in listed] == [row["id"]]


def test_nothing_can_be_asked_for_without_what_is_put_off() -> None:
    answer = signed_in(make.officer()).get("tasks", {"deferred": "false"})
    assert answer.status_code == 400
