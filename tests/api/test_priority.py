"""Why a task stands where it does, over the wire: one number everywhere."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import Role
from api.pagination import Cursor
from tests import make
from tests.api.calling import Caller, signed_in, system
from tests.workflows import crowd, indicating
from workflows.models import Task
from workflows.standings import keep_standings

pytestmark = pytest.mark.django_db


def an_officer_and_their_task() -> tuple[Caller, Task]:
    manager = make.officer()
    person = make.settled(manager=manager, management_level="high")
    indicating.matched(person, by=manager, code="UDEV")
    return signed_in(manager), make.task_of(person)


def test_the_reasons_add_up_to_the_number_of_the_list() -> None:
    caller, task = an_officer_and_their_task()
    told = caller.get(f"tasks/{task.public_id}/priority").json()
    rows = {row["id"]: row for row in caller.get("tasks").json()["results"]}
    row = rows[str(task.public_id)]
    assert told["score"] == row["score"] == sum(part["points"] for part in told["reasons"])
    assert [part["code"] for part in told["reasons"]] == [part["code"] for part in row["reasons"]]
    assert {part["words"] for part in told["reasons"]} >= {"Undeclared device found", "High risk"}
    [behind] = told["indicators"]
    assert (behind["code"], behind["points"], behind["fading"]) == ("UDEV", 30, False)
    assert told["since"] is None
    assert told["if_visited_today"]["place"] >= 1


def test_what_changed_since_adds_up() -> None:
    caller, task = an_officer_and_their_task()
    since = timezone.now().isoformat()
    told = caller.get(f"tasks/{task.public_id}/priority", {"since": since}).json()
    total = sum(one["points"] for one in told["since"]["differences"])
    assert total == told["score"] - (told["since"]["score"] or 0)


@pytest.mark.parametrize(
    ("since", "code"),
    [("2099-01-01T00:00:00Z", "in_future"), ("1950-01-01T00:00:00Z", "before_records")],
)
def test_an_instant_of_which_nothing_is_known_is_refused(since: str, code: str) -> None:
    caller, task = an_officer_and_their_task()
    answer = caller.get(f"tasks/{task.public_id}/priority", {"since": since})
    assert answer.status_code == 400
    assert answer.json()["invalid"]["since"][0]["code"] == code


def test_a_restricted_item_is_not_named_to_who_may_not_open_it() -> None:
    caller, task = an_officer_and_their_task()
    crowd.indicator(task.offender, "CTIP", severity="critical", is_restricted=True)
    keep_standings([task.offender_id])
    answer = caller.get(f"tasks/{task.public_id}/priority")
    assert "CTIP" not in answer.content.decode()
    hidden = {
        "code": "indicator:restricted",
        "value": "",
        "points": 100,
        "words": "Restricted item",
    }
    assert hidden in answer.json()["reasons"]
    assert answer.json()["unactioned_critical"] is True


def test_a_system_that_reads_tasks_is_told_of_no_type() -> None:
    _, task = an_officer_and_their_task()
    other = system(force=task.force, scopes=["tasks:read"])
    told = other.get(f"tasks/{task.public_id}/priority").json()
    assert told["indicators"] == []
    assert "indicator:restricted" in {part["code"] for part in told["reasons"]}


def test_a_task_that_is_done_has_no_place() -> None:
    caller, task = an_officer_and_their_task()
    Task.objects.filter(pk=task.pk).update(status="DONE", finished=timezone.now())
    answer = caller.get(f"tasks/{task.public_id}/priority")
    assert (answer.status_code, answer.json()["code"]) == (409, "task_not_open")


def test_a_whole_force_is_listed_by_priority_and_an_old_cursor_is_refused() -> None:
    _, task = an_officer_and_their_task()
    inspector = signed_in(make.officer(Role.INSPECTOR, force=task.force))
    found = inspector.get("tasks", {"scope": "team", "limit": 1}).json()
    [row] = found["results"]
    assert row["person"]["reference"] == task.offender.source_ref
    further = {"scope": "team", "limit": 1, "cursor": found["next_cursor"]}
    assert inspector.get("tasks", further).json()["results"]
    asked = {"scope": "team", "order": "priority", "state": "open"}
    old = Cursor("/api/v1/tasks", asked).write((dt.date(2026, 11, 23), 40, 7))
    answer = inspector.get("tasks", {"scope": "team", "cursor": old})
    assert (answer.status_code, answer.json()["invalid"]["cursor"][0]["code"]) == (
        400,
        "bad_cursor",
    )
