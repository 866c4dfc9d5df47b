"""Who recommends and who authorises reactive management see the criteria they decide on."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from offenders.models import Order
from tests import make
from tests.api.calling import signed_in
from tests.api.scenes.reactive import reactive_proposal
from tests.ui.conftest import Scene, text_of
from tests.workflows import doing
from workflows.actions.reactive import propose_reactive
from workflows.reactive import WORDS, Criterion

pytestmark = pytest.mark.django_db

RECOMMENDED = {"recommendation": "recommended", "recommendation_comment": "Seen"}


@pytest.fixture
def proposed(scene: Scene):
    """Somebody settled, whom the offender manager has proposed."""
    person = make.settled(manager=scene.manager)
    sent = reactive_proposal()
    sent["criteria"][0]["evidence"] = "OASys of last month says low"
    propose_reactive(by=make.actor(scene.manager), offender=person.public_id, **sent)
    return person


def page_of(client, person, step: str) -> str:
    task = make.task_of(person, step)
    return text_of(client.get(reverse("ui:task", args=[task.public_id])))


def test_the_sergeant_sees_who_proposed_it_and_every_criterion_with_its_evidence(
    scene: Scene, browse, proposed
):
    page = page_of(browse(scene.supervisor), proposed, "recommend_reactive")

    assert f"Proposed by {scene.manager.display_name}" in page
    assert [one for one in Criterion if WORDS[one] not in page] == []
    assert "The proposer answered: OASys of last month says low" in page
    assert f"{WORDS[Criterion.NO_LIVE_ORDER]} Yes By the facts on record today" in page


def test_the_inspector_sees_what_the_facts_no_longer_meet(scene: Scene, browse, proposed):
    doing.complete(proposed, "recommend_reactive", RECOMMENDED, by=scene.supervisor)
    Order.objects.create(offender=proposed, kind="sro", made_on=timezone.localdate())

    page = page_of(browse(scene.outsider(Role.INSPECTOR)), proposed, "authorise_reactive")

    assert f"{WORDS[Criterion.NO_LIVE_ORDER]} No By the facts on record today" in page
    assert f"{WORDS[Criterion.IN_COMMUNITY]} Yes" in page
    assert f"Proposed by {scene.manager.display_name}" in page


def test_other_tasks_and_finished_ones_show_no_criteria(scene: Scene, browse, proposed):
    task = make.task_of(proposed, "recommend_reactive")
    doing.complete(proposed, "recommend_reactive", RECOMMENDED, by=scene.supervisor)
    client = browse(scene.supervisor)

    for one in (task, scene.visit):
        said = text_of(client.get(reverse("ui:task", args=[one.public_id])))
        assert "What is proposed" not in said


def test_over_the_wire_the_criteria_stand_with_what_was_reported(scene: Scene, proposed):
    Order.objects.create(offender=proposed, kind="sro", made_on=timezone.localdate())
    task = make.task_of(proposed, "recommend_reactive")

    [told] = signed_in(scene.supervisor).get(f"tasks/{task.public_id}").json()["reported"]

    assert told["by"]["staff_number"] == scene.manager.staff_number
    known = {row["criterion"]: row for row in told["values"]["criteria"]}
    assert [*known] == [one.value for one in Criterion]
    assert {name for name, row in known.items() if not row["met"]} == {"no_live_order"}
    assert known["static_tool_not_high"]["evidence"] == "OASys of last month says low"
