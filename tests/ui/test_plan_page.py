"""The risk management plan on the pages and in the API: what it shows, and to whom."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from offenders.models import RestrictedAccess
from risk.models import FlagSystem
from tests import make
from tests.api.calling import signed_in
from tests.ui.conftest import Scene, address_of_task, text_of
from tests.workflows import planning
from workflows.models import CaseAction

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(scene: Scene):
    planning.assessed(scene.person, supervisor=scene.supervisor)
    rows = [
        planning.new_action("Ask the landlord.", owner=scene.manager.staff_number),
        planning.new_action("Look at the router.", pillar="monitoring_control"),
    ]
    return planning.agreed(
        scene.person, scene.supervisor, visit_every="1m", interval_reason="Alone", new_actions=rows
    )


def page_of(scene: Scene, browse, by=None):
    client = browse(by or scene.manager)
    return text_of(client.get(reverse("ui:person", args=[scene.person.public_id])))


def test_a_person_without_a_plan_says_so(scene: Scene, browse):
    assert "No plan in force." in page_of(scene, browse)


def test_the_page_shows_the_pillars_the_interval_and_why_and_the_open_actions(
    scene: Scene, plan, browse
):
    router = CaseAction.objects.get(text="Look at the router.")
    CaseAction.objects.filter(pk=router.pk).update(
        due_on=timezone.localdate() - dt.timedelta(days=2)
    )

    page = page_of(scene, browse)

    for said in (
        "Version 1, in force since",
        "Next review",
        "Every month . Alone",
        "Victim safety No contact with the family.",
        "Ask the landlord.",
        "2 days overdue , due",
        "Considered. The employer need not know.",
        "Police National Computer: set",
        "Risk management plan, version 1",
    ):
        assert said.replace(" .", ".").replace(" ,", ",") in page.replace(" .", ".").replace(
            " ,", ","
        ), said


def test_a_partner_sees_that_there_is_a_plan_and_none_of_its_words(scene: Scene, plan, browse):
    partner = scene.colleague(Role.MAPPA_PARTNER)
    RestrictedAccess.objects.create(offender=scene.person, user=partner, named_by=partner)

    page = page_of(scene, browse, by=partner)
    answer = signed_in(partner).get(f"offenders/{scene.person.public_id}").json()["plan"]

    assert "Version 1, in force since" in page
    for typed in ("landlord", "No contact", "Alone", "employer", "counsellor"):
        assert typed not in page
        assert typed not in str(answer)
    assert answer["visit_every"] == "1m"


def test_the_api_shows_the_plan_to_who_may_read_it(scene: Scene, plan):
    shown = signed_in(scene.manager).get(f"offenders/{scene.person.public_id}").json()["plan"]

    assert (shown["version"], shown["visit_every"]) == (1, "1m")
    assert shown["text"]["victim_safety"] == "No contact with the family."
    assert [row["system"] for row in shown["flags"]] == FlagSystem.values
    assert [row["pillar"] for row in shown["actions"]] == ["supervision", "monitoring_control"]
    review = scene.person.obligations.get(kind="plan_review", closed_at=None)
    assert shown["review_due_on"] == review.due_on.isoformat()


def test_the_form_starts_from_the_text_in_force_and_is_handed_in_from_the_page(
    scene: Scene, plan, browse
):
    task = make.task_of(scene.person, "draft_plan")
    client = browse(scene.manager)

    page = client.get(address_of_task(task))

    html, today = page.content.decode(), timezone.localdate()
    assert "The text is that of version 1" in text_of(page)
    assert "No contact with the family.</textarea>" in html
    assert "Ask the landlord." in html
    assert 'name="open_actions-0-choice"' in html
    typed = {
        "step": "draft_plan",
        "version": str(task.version),
        "key": "plan-page",
        **{name: "As before." for name in ("supervision", "monitoring_control")},
        "interventions_treatment": "As before.",
        "victim_safety": "As before.",
        "contingency": "As before.",
        "attendance": "Two officers",
        "disclosure_considered": "false",
        "disclosure_reasoning": "Nobody new.",
        "visit_every": "level",
        "review": "Nothing changed.",
    }
    for place, system in enumerate(FlagSystem.values):
        typed |= {
            f"flags-{place}-system": system,
            f"flags-{place}-state": "set",
            f"flags-{place}-checked_on_day": str(today.day),
            f"flags-{place}-checked_on_month": str(today.month),
            f"flags-{place}-checked_on_year": str(today.year),
        }
    for place, action in enumerate(CaseAction.objects.order_by("due_on", "pk")):
        typed |= {
            f"open_actions-{place}-action": str(action.public_id),
            f"open_actions-{place}-text": action.text,
            f"open_actions-{place}-choice": "keep",
        }

    answer = client.post(address_of_task(task), typed)

    assert answer.status_code == 303, text_of(answer)
    waiting = scene.person.plans.get(state="submitted")
    assert (waiting.version, waiting.victim_safety) == (2, "As before.")
    endorsing = make.task_of(scene.person, "endorse_plan")
    page = text_of(browse(scene.supervisor).get(address_of_task(endorsing)))
    assert "Nothing changed." in page, "whoever endorses sees what they decide on"
    assert "As the management level asks" in page
    assert "Ask the landlord. What becomes of it? Carry on" in page
