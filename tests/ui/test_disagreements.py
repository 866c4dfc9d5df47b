"""Saying that a task stands in the wrong place, and reading it."""

import pytest
from django.urls import reverse

from tests.api.calling import signed_in
from tests.ui.conftest import Scene, text_of
from tests.ui.filling import sent
from workflows.models import PriorityDisagreement

pytestmark = pytest.mark.django_db

SAID = {"reason": "Seen in town today", "would_do_first": "The visit to N2"}


def test_an_officer_says_it_on_a_page_and_the_supervisor_reads_it(scene: Scene, browse):
    task = scene.visit
    officer = browse(scene.manager)
    why = reverse("ui:task-why", args=[task.public_id])
    address = reverse("ui:disagree", args=[task.public_id])
    assert address in officer.get(why).content.decode()
    assert "Nothing was moved" in text_of(browse(scene.supervisor).get(reverse("ui:disagreements")))

    answer = sent(officer, address, **SAID)

    assert answer.status_code == 303
    assert PriorityDisagreement.objects.get().task == task
    shown = text_of(browse(scene.supervisor).get(reverse("ui:disagreements")))
    assert SAID["reason"] in shown
    assert SAID["would_do_first"] in shown


def test_without_a_reason_it_is_asked_for(scene: Scene, browse):
    address = reverse("ui:disagree", args=[scene.visit.public_id])
    answer = sent(browse(scene.manager), address, **SAID | {"reason": ""})
    assert answer.status_code == 400
    assert not PriorityDisagreement.objects.exists()


def test_the_api_does_the_same_and_the_version_stays(scene: Scene):
    task = scene.visit
    version = f'"{task.version}"'
    path = f"tasks/{task.public_id}/disagreement"
    answer = signed_in(scene.manager).post(path, SAID, If_Match=version)
    assert answer.status_code == 200, answer.content
    assert answer.headers["ETag"] == version
    [row] = signed_in(scene.supervisor).get("disagreements").json()["results"]
    assert (row["reason"], row["would_do_first"]) == (SAID["reason"], SAID["would_do_first"])
    assert row["task"] == str(task.public_id)
