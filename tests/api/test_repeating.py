"""A request that comes again with its key: one effect, one answer, and a look for the record."""

import datetime as dt

import pytest
from django.utils import timezone

from audit.models import Operation, Outcome
from tests import make
from tests.api.calling import Caller, events_since, last_event, signed_in
from tests.api.scenes.scene import spoken
from tests.workflows.doing import move_away
from workflows.models import Task, Visit

pytestmark = pytest.mark.django_db


def an_officer_and_their_task() -> tuple[Caller, Task]:
    manager = make.officer()
    return signed_in(manager), make.task_of(make.person(manager=manager))


def test_a_repeated_key_has_one_effect_and_one_answer() -> None:
    caller, task = an_officer_and_their_task()
    path, body = f"tasks/{task.public_id}/record-outcome", spoken(make.outcome())
    first = caller.post(path, body, Idempotency_Key="k-1")
    again = caller.post(path, body, Idempotency_Key="k-1")
    assert (first.status_code, again.status_code) == (200, 200)
    assert again.content == first.content
    assert again.headers["ETag"] == first.headers["ETag"]
    assert "Idempotent-Replay" not in first.headers
    assert again.headers["Idempotent-Replay"] == "true"
    assert Visit.objects.filter(offender=task.offender, origin="recorded").count() == 1


def test_a_repeated_answer_is_a_look_of_its_own() -> None:
    caller, task = an_officer_and_their_task()
    path, body = f"tasks/{task.public_id}/record-outcome", spoken(make.outcome())
    caller.post(path, body, Idempotency_Key="k-1")
    before = last_event()
    caller.post(path, body, Idempotency_Key="k-1")
    [look] = events_since(before)
    assert (look.operation, look.outcome) == (Operation.CONSULTATION, Outcome.OK)
    assert (look.offender_id, look.subject) == (task.offender_id, f"task:{task.public_id}")


def repeated_blind(caller: Caller, path: str, body: object) -> None:
    """The same request gets the same status and no word of the person, and it is on record."""
    first = caller.post(path, body, Idempotency_Key="k-2")
    assert first.status_code in (200, 201), first.content
    before = last_event()
    again = caller.post(path, body, Idempotency_Key="k-2")
    assert (again.status_code, again.content) == (first.status_code, b"")
    assert again.headers["Idempotent-Replay"] == "true"
    assert "ETag" not in again.headers
    [look] = events_since(before)
    assert (look.outcome, look.offender_id) == (Outcome.OK, None)


def test_a_kept_write_up_that_is_sent_twice_was_done_and_says_no_more() -> None:
    caller, task = an_officer_and_their_task()
    caller.post(f"tasks/{task.public_id}/record-outcome", spoken(make.outcome()))
    kept = make.task_of(task.offender, "write_up")
    move_away(task.offender)
    repeated_blind(caller, f"tasks/{kept.public_id}/write-up", spoken(make.write_up()))


def test_a_conflict_that_is_declared_twice_was_declared_and_says_no_more() -> None:
    caller, task = an_officer_and_their_task()
    officer = task.offender.offender_manager
    body = {"user": str(officer.public_id)}
    repeated_blind(caller, f"offenders/{task.offender.public_id}/conflicts", body)


def test_a_key_with_another_body_is_refused() -> None:
    caller, task = an_officer_and_their_task()
    path = f"tasks/{task.public_id}/record-outcome"
    caller.post(path, spoken(make.outcome()), Idempotency_Key="k-1")
    answer = caller.post(path, spoken(make.outcome(note="Another")), Idempotency_Key="k-1")
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")


def test_a_failed_request_may_use_its_key_again() -> None:
    caller, task = an_officer_and_their_task()
    path = f"tasks/{task.public_id}/defer"
    bad = {"until": "2001-01-01", "reason": "Away"}
    assert caller.post(path, bad, Idempotency_Key="k-1").status_code == 400
    good = {"until": (timezone.localdate() + dt.timedelta(days=3)).isoformat(), "reason": "Away"}
    assert caller.post(path, good, Idempotency_Key="k-1").status_code == 200


@pytest.mark.parametrize("key", ["x" * 256, "caf\xe9", "tab\there"])
def test_a_key_that_cannot_be_kept_is_refused(key: str) -> None:
    caller, task = an_officer_and_their_task()
    answer = caller.post(f"tasks/{task.public_id}/release", Idempotency_Key=key)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_idempotency_key")
