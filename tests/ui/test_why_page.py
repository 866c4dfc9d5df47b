"""The page that says why a task stands where it does."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import make
from tests.ui.conftest import Scene, text_of
from tests.workflows import doing, indicating
from workflows.models import Task

pytestmark = pytest.mark.django_db


def why(scene: Scene, task: Task | None = None) -> str:
    return reverse("ui:task-why", args=[(task or scene.visit).public_id])


def test_it_says_the_reasons_the_items_and_what_a_visit_would_do(scene: Scene, browse):
    indicating.matched(scene.person, by=scene.manager, code="UDEV")
    shown = text_of(browse(scene.manager).get(why(scene)))
    assert "Undeclared device found" in shown
    assert "+30" in shown
    assert "graded 2C" in shown
    assert "If this visit were made today" in shown


def test_what_changed_since_a_day_is_asked_for(scene: Scene, browse):
    client = browse(scene.manager)
    today = timezone.localdate().isoformat()
    ahead = (timezone.localdate() + dt.timedelta(days=9)).isoformat()
    assert client.get(why(scene)).status_code == 200
    for typed in (ahead, "odd", "1900-01-01"):
        answer = client.get(f"{why(scene)}?since={typed}")
        assert answer.status_code == 400, typed
        assert "What changed since" in text_of(answer)
    shown = client.get(f"{why(scene)}?since={today}")
    assert shown.status_code == 200
    assert "It was not there yet." in text_of(shown)


def test_unasked_it_tells_from_a_week_ago_or_from_where_the_record_begins(scene: Scene, browse):
    page = browse(scene.manager).get(why(scene))
    assert f'value="{timezone.localdate().isoformat()}"' in page.content.decode()
    assert "It was not there yet." in text_of(page)
    assert "not kept" not in text_of(page)


def test_a_task_that_is_done_stands_in_no_list(scene: Scene, browse):
    task = scene.visit
    doing.visit(scene.person, by=scene.manager)
    assert "This task is done" in text_of(browse(scene.manager).get(why(scene, task)))


def test_the_page_of_the_task_leads_to_it(scene: Scene, browse):
    task = make.task_of(scene.person)
    page = browse(scene.manager).get(reverse("ui:task", args=[task.public_id]))
    assert why(scene, task) in page.content.decode()
