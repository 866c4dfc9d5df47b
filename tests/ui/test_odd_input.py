"""What no browser sends by itself is no fault of ours: it is refused, or means nothing.

PostgreSQL stores no NUL, so run these on it too.
"""

import re
from html import unescape

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory
from django.urls import reverse
from psycopg.errors import LockNotAvailable

from rules.errors import NoRulesInForce
from tests import make
from tests.ui.conftest import Scene, address_of_task, outcome_form, text_of
from tests.workflows import doing
from ui.views.errors import page_of

pytestmark = pytest.mark.django_db

#: Django reads octal escapes in a quoted cookie: this ends in a NUL.
NUL_COOKIE = r'session="aaaaaaaaaaaa\000"'


@pytest.mark.parametrize(
    ("path", "status"), [("/sign-in", 200), ("/tasks", 302), ("/api/v1/tasks", 401)]
)
def test_a_cookie_with_a_nul_is_nobodys_session(path: str, status: int):
    assert Client().get(path, headers={"cookie": NUL_COOKIE}).status_code == status


@pytest.mark.parametrize("key", ["k\x00", "", "x" * 65, "käse", "a b"])
def test_an_odd_key_of_a_form_is_refused_and_nothing_is_saved(scene: Scene, browse, key: str):
    task = scene.visit
    answer = browse(scene.manager).post(address_of_task(task), outcome_form(task, key=key))
    assert answer.status_code == 409
    task.refresh_from_db()
    assert task.is_open


def _more_than_a_page(scene: Scene) -> None:
    for _ in range(52):
        make.person(manager=scene.manager)


def _next(page) -> str:
    return unescape(re.search(r'href="([^"]+)" rel="next"', page.content.decode())[1])


@pytest.mark.slow
def test_the_place_in_one_list_is_the_beginning_of_another(scene: Scene, browse):
    _more_than_a_page(scene)
    client = browse(scene.manager)
    by_priority, by_date = client.get("/tasks"), client.get("/tasks?order=due")
    second = client.get(_next(by_priority))
    assert second.status_code == 200
    assert second.context["tasks"][0] not in by_priority.context["tasks"]
    for address, whole in (
        (f"{_next(by_priority)}&order=due", by_date),
        (_next(by_date).replace("order=due", ""), by_priority),
    ):
        answer = client.get(address)
        assert answer.status_code == 200
        shown = [task["public_id"] for task in answer.context["tasks"]]
        assert shown == [task["public_id"] for task in whole.context["tasks"]]


@pytest.mark.parametrize("path", ["/tasks", "/alerts"])
@pytest.mark.parametrize("after", ["made-up", "WzFd:x", "\x00", "é", ":" * 600])
def test_a_made_up_place_is_the_beginning(scene: Scene, browse, path: str, after: str):
    assert browse(scene.manager).get(path, {"after": after}).status_code == 200


def test_a_busy_database_has_its_page_and_says_when_to_come_back():
    error = OperationalError("canceling statement due to lock timeout")
    error.__cause__ = LockNotAvailable()
    answer = page_of(RequestFactory().get("/tasks"), error)
    assert answer is not None
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")
    assert "Others are writing" in text_of(answer)


def test_a_day_without_rules_has_its_page():
    answer = page_of(RequestFactory().get("/tasks"), NoRulesInForce("1900"))
    assert answer is not None
    assert answer.status_code == 409
    assert "No rules cover that day" in text_of(answer)


def test_what_is_unknown_has_no_page_of_its_own():
    assert page_of(RequestFactory().get("/tasks"), OperationalError("no such table")) is None


def test_a_busy_database_met_around_the_views_is_busy_too(scene: Scene, browse, monkeypatch):
    """The session is read and written before and after the view, where no middleware words it."""

    def busy(*args: object) -> None:
        error = OperationalError("database is locked")
        error.__cause__ = LockNotAvailable()
        raise error

    client = browse(scene.manager)
    client.raise_request_exception = False
    monkeypatch.setattr("ui.middleware.reason_to_end", busy)
    page, problem = client.get("/tasks"), client.get("/api/v1/tasks")
    assert (page.status_code, page.headers["Retry-After"]) == (503, "1")
    assert (problem.status_code, problem.json()["code"]) == (503, "busy")


def test_a_form_of_somebody_who_left_ones_reach_may_be_sent_twice(scene: Scene, browse):
    """The double click on the write-up that an officer kept after a move (PRACTICE 10)."""
    doing.visit(scene.person, by=scene.manager)
    kept = make.task_of(scene.person, "write_up")
    doing.move_away(scene.person)
    kept.refresh_from_db()
    client = browse(scene.manager)
    form = {
        "step": "write_up",
        "version": str(kept.version),
        "key": "kept-write-up",
        "summary": "Seen at home, settled.",
        "children_present": "false",
        "orders_complied_with": "yes",
        "concern": "false",
    }
    first, again = (client.post(address_of_task(kept), form) for _ in range(2))
    assert [(one.status_code, one.headers["Location"]) for one in (first, again)] == [
        (303, "/tasks"),
        (303, "/tasks"),
    ]
    assert client.post(address_of_task(kept), form | {"summary": "Other"}).status_code == 404
    assert client.get(address_of_task(kept)).status_code == 404
    assert client.get(reverse("ui:person", args=[scene.person.public_id])).status_code == 404
