"""From a visit in a list one comes to its write-up, where one may see it."""

import re

import pytest
from django.urls import reverse

from accounts.models import Role
from tests import make
from tests.ui.conftest import Scene, address_of_task
from tests.workflows import doing
from workflows.actions.voiding import void_visit
from workflows.models import Task

pytestmark = pytest.mark.django_db


def timeline(scene: Scene, client) -> str:
    page = client.get(reverse("ui:person", args=[scene.person.public_id])).content.decode()
    return page.partition('id="timeline"')[2].partition("</section>")[0]


def write_ups(part: str) -> list[str]:
    """Where the links to write-ups lead, with what they say."""
    found = re.findall(r'<a href="(/tasks/[^"]+)">([^<]+)<', part)
    return [f"{label} {address}" for address, label in found]


def test_a_visit_leads_to_its_write_up_open_or_done(scene: Scene, browse):
    doing.visit(scene.person, by=scene.manager)
    client, task = browse(scene.manager), make.task_of(scene.person, "write_up")
    assert write_ups(timeline(scene, client)) == [f"Write up {address_of_task(task)}"]

    doing.complete(scene.person, "write_up", make.write_up(), by=scene.manager)

    assert write_ups(timeline(scene, client)) == [f"Write-up {address_of_task(task)}"]
    assert client.get(address_of_task(task)).status_code == 200


def test_a_write_up_that_was_returned_leads_to_the_newest(scene: Scene, browse):
    doing.visit(scene.person, concern=True, by=scene.manager)
    doing.complete(scene.person, "write_up", make.write_up(), by=scene.manager)
    returned = {"decision": "returned", "comment": "Say whose"}
    doing.complete(scene.person, "review", returned, by=scene.supervisor)

    newest = make.task_of(scene.person, "write_up")

    shown = write_ups(timeline(scene, browse(scene.manager)))
    assert shown == [f"Write up {address_of_task(newest)}"]


def test_an_attempt_that_failed_leads_nowhere(scene: Scene, browse):
    doing.visit(scene.person, outcome="no_answer", by=scene.manager)

    assert write_ups(timeline(scene, browse(scene.manager))) == []


def test_only_the_visit_that_counts_leads_to_the_write_up(scene: Scene, browse):
    doing.visit(scene.person, outcome="no_answer", by=scene.manager)
    doing.visit(scene.person, by=scene.manager)

    shown = timeline(scene, browse(scene.manager))

    assert len(write_ups(shown)) == 1
    assert "/tasks/" in shown.partition("Visit: effective")[2].partition("</li>")[0]


def test_a_write_up_withdrawn_with_a_void_leads_nowhere(scene: Scene, browse):
    visit = doing.visit(scene.person, by=scene.manager)
    void_visit(
        by=make.actor(scene.manager),
        offender=scene.person.public_id,
        visit=visit.public_id,
        reason="Entered for the wrong person",
    )

    assert write_ups(timeline(scene, browse(scene.manager))) == []


@pytest.mark.parametrize(
    ("role", "is_linked", "why"),
    [
        (Role.SUPERVISOR, True, "the team's supervisor sees its tasks"),
        (Role.INSPECTOR, True, "inspectors see those of the force"),
        (Role.AUDITOR, False, "auditors read people and no tasks"),
    ],
)
def test_who_sees_no_task_gets_no_link_to_one(scene: Scene, browse, role, is_linked, why):
    doing.visit(scene.person, by=scene.manager)
    client = browse(scene.colleague(role))
    address = reverse("ui:person", args=[scene.person.public_id])

    page = client.post(address, {"reason": "Audit of overdue visits"}).content.decode()

    assert "Recent timeline" in page
    assert bool(write_ups(page.partition('id="timeline"')[2])) == is_linked, why


def test_who_reviews_a_case_comes_from_each_visit_to_its_write_up(scene: Scene, browse):
    doing.visit(scene.person, by=scene.manager)
    written = make.task_of(scene.person, "write_up")
    doing.complete(scene.person, "write_up", make.write_up(), by=scene.manager)
    review: Task = make.task_of(scene.person, "review_case")

    page = browse(scene.supervisor).get(address_of_task(review)).content.decode()

    beside = page.partition("<h2>Last visits</h2>")[2].partition("</section>")[0]
    assert write_ups(beside) == [f"Write-up {address_of_task(written)}"]
