"""A report that waits for a supervisor stands in the head of the person and of their visit."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import make
from tests.ui.conftest import Scene, text_of
from tests.workflows import doing, searching

pytestmark = pytest.mark.django_db


def heads(scene: Scene, client, step: str = "record_outcome") -> list[str]:
    """What is read above what is due, of the person; and beside a step of the visit."""
    person = client.get(reverse("ui:person", args=[scene.person.public_id]))
    task = make.task_of(scene.person, step)
    visit = client.get(reverse("ui:task", args=[task.public_id]))
    return [text_of(person).partition("What is due next")[0], text_of(visit)]


def flag(said: str) -> str:
    today = timezone.localdate()
    return f"Reported {said} on {today.day} {today:%B %Y}, waits for a supervisor."


def test_a_report_of_going_missing_that_waits_is_flagged_on_both_pages(scene: Scene, browse):
    client = browse(scene.manager)
    assert [head for head in heads(scene, client) if "waits for a supervisor" in head] == []
    searching.report(scene.person)
    assert [head for head in heads(scene, client) if flag("missing") not in head] == []


def test_a_reported_death_that_waits_is_flagged_on_both_pages(scene: Scene, browse):
    """No visit is to be made then; one that was made is still written up."""
    doing.visit(scene.person, by=scene.manager)
    searching.report_death(scene.person)
    found = heads(scene, browse(scene.manager), "write_up")
    assert [head for head in found if flag("dead") not in head] == []


def test_what_a_supervisor_refused_is_flagged_no_more(scene: Scene, browse):
    searching.report(scene.person)
    searching.confirm(scene.person, "refuse", by=scene.supervisor)
    flagged = [
        head for head in heads(scene, browse(scene.manager)) if "Reported missing on" in head
    ]
    assert flagged == []
