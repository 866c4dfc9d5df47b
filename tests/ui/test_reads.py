"""A list takes as many reads for many rows as for few."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from tests import make
from tests.ui.conftest import (
    NAME,
    Scene,
    address_of_task,
    overdue,
    text_of,
)
from tests.workflows import doing
from workflows.actions.people import add_contact_note
from workflows.queries.task import MOST_EARLIER

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_lists_take_the_same_reads_for_ten_rows_and_for_many(scene: Scene, browse):
    paths = {
        "/tasks": browse(scene.manager),
        "/visit-list?whose=team&ahead=28": browse(scene.manager),
        f"/teams/{scene.manager.team.public_id}?officer={scene.manager.public_id}": browse(
            scene.supervisor
        ),
        "/people": browse(scene.manager),
    }
    for _ in range(9):
        make.person(manager=scene.manager, **overdue())
    few = {path: _reads(client, path) for path, client in paths.items()}
    for _ in range(50):
        make.person(manager=scene.manager, **overdue())
    many = {path: _reads(client, path) for path, client in paths.items()}
    assert many == few
    # Two of them are the transaction of the record, two of the caseload ask who is away,
    # one what other teams offer and one who is offered to them.
    # One more counts the indicators that wait, for the frame.
    assert max(many.values()) <= 23, many


#: The most statements of a page; two of them are the transaction of the record. A task shows up to
#: six earlier steps of the same work, two reads each.
MOST_READS = {"person": 46, "task": 26 + 2 * MOST_EARLIER}


def test_one_record_takes_few_reads_whatever_its_history(scene: Scene, browse):
    by, officer = make.actor(scene.manager), browse(scene.manager)
    doing.visit(scene.person, by=scene.manager)  # with a write-up to which its entry leads
    doing.visit(scene.person, by=scene.manager, outcome="no_answer")
    paths = {
        "person": reverse("ui:person", args=[scene.person.public_id]),
        "task": address_of_task(make.task_of(scene.person)),
    }
    few = {name: _reads(officer, path) for name, path in paths.items()}
    for number in range(8):
        at = timezone.now() - dt.timedelta(minutes=number + 1)
        add_contact_note(
            by=by, offender=scene.person.public_id, kind="telephone", occurred_at=at, text="Call"
        )
        doing.visit(scene.person, by=scene.manager, outcome="no_answer", occurred_at=at)
    paths["task"] = address_of_task(make.task_of(scene.person))
    many = {name: _reads(officer, path) for name, path in paths.items()}
    assert many["person"] <= few["person"]
    assert {name: count for name, count in many.items() if count > MOST_READS[name]} == {}


def _reads(client, path: str) -> int:
    ask = (lambda: client.post(path, {"q": NAME})) if path == "/people" else None
    client.get(path)  # what a process keeps for itself is read once, and the session renewed
    with CaptureQueriesContext(connection) as captured:
        answer = ask() if ask else client.get(path)
    assert answer.status_code == 200
    return len(captured)


def test_inspectors_see_the_force_by_date(scene: Scene, browse):
    page = browse(scene.colleague(Role.INSPECTOR)).get("/tasks?whose=team")
    assert page.status_code == 200
    assert scene.person.source_ref in text_of(page)
