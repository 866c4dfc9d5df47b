"""A list takes as many reads for many rows as for few."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role
from tests import make
from tests.ui.conftest import (
    NAME,
    Scene,
    overdue,
    text_of,
)

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
    assert max(many.values()) <= 15, many  # two of them are the transaction of the record


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
