"""Who changes a record says which version they read: nobody overwrites what they never saw."""

import pytest

from tests import make
from tests.api.calling import Caller, signed_in
from tests.api.routes import ROUTES
from tests.api.scenes.scene import WHY, day
from workflows.models import Task

pytestmark = pytest.mark.django_db

#: A note, a score or an indicator is added, and overwrites nothing. A score never changes: who
#: voids one has read it as it is.
WITHOUT_VERSION = {
    "add-contact-note",
    "search-offenders",
    "preview-static-scores",
    "calculate-static-scores",
    "record-official-score",
    "record-indicator",
    "void-static-score",
}


def an_officer_and_their_task() -> tuple[Caller, Task]:
    manager = make.officer()
    return signed_in(manager), make.task_of(make.person(manager=manager))


def test_a_stale_version_changes_nothing() -> None:
    caller, task = an_officer_and_their_task()
    tag = caller.get(f"tasks/{task.public_id}").headers["ETag"]
    caller.post(f"tasks/{task.public_id}/release", If_Match=tag)
    answer = caller.post(f"tasks/{task.public_id}/claim", If_Match=tag)
    assert (answer.status_code, answer.json()["code"]) == (412, "stale")
    task.refresh_from_db()
    assert task.owner is None


def test_a_malformed_version_is_refused() -> None:
    caller, task = an_officer_and_their_task()
    answer = caller.post(f"tasks/{task.public_id}/release", If_Match="7")
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_if_match")


def test_a_change_that_names_no_version_is_asked_for_one() -> None:
    caller, task = an_officer_and_their_task()
    answer = caller.post(f"tasks/{task.public_id}/release", If_Match="")
    assert (answer.status_code, answer.json()["code"]) == (428, "precondition_required")
    task.refresh_from_db()
    assert task.owner is not None


def test_a_star_says_that_any_version_will_do() -> None:
    caller, task = an_officer_and_their_task()
    assert caller.post(f"tasks/{task.public_id}/release", If_Match="*").status_code == 200


@pytest.mark.parametrize(
    "name",
    sorted(
        name
        for name, route in ROUTES.items()
        if route.method == "POST" and route.path.startswith(("tasks/", "offenders/"))
    ),
)
def test_every_change_of_a_task_or_a_person_asks_for_a_version(name: str) -> None:
    supervisor = make.officer(role="supervisor")
    inspector = make.officer(role="inspector", team=supervisor.team)
    path = ROUTES[name].path.format("00000000-0000-4000-8000-000000000000")
    body = {"surname": "Nominal"} if name == "search-offenders" else {"text": WHY, "on": day(0)}
    # One of the two may do each of them.
    answers = {
        signed_in(user).post(path, body, If_Match="").status_code
        for user in (supervisor, inspector)
    }
    assert (428 in answers) == (name not in WITHOUT_VERSION)
