"""When something fails, nothing is shown that was not recorded."""

import pytest
from django.db import connection
from django.urls import reverse

from tests.ui.conftest import (
    NAME,
    Scene,
    text_of,
)

pytestmark = pytest.mark.django_db


def test_nothing_is_shown_when_the_look_cannot_be_recorded(scene: Scene, browse):
    client = browse(scene.manager)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event RENAME TO audit_event_away")
    try:
        answer = client.get(reverse("ui:person", args=[scene.person.public_id]))
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE audit_event_away RENAME TO audit_event")
    assert answer.status_code == 503
    assert NAME.upper() not in text_of(answer)


def test_an_unknown_path_is_a_page_for_people_and_a_problem_for_machines(scene: Scene, browse):
    client = browse(scene.manager)
    page = client.get("/nowhere")
    assert (page.status_code, page.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert "Not found" in text_of(page)
    problem = client.get("/api/v1/nowhere")
    assert problem.headers["Content-Type"] == "application/problem+json"
