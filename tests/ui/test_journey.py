"""The main job through the pages alone, as a browser without JavaScript does it."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import make
from tests.ui.conftest import PASSWORD, Scene, hidden_of, outcome_form, text_of
from workflows.models import Obligation, Reassignment, Visit, VisitWriteUp

pytestmark = pytest.mark.django_db


def post(client: Client, page, address: str, /, **typed):
    """Send the form of `page` to `to`, with its CSRF token, as a browser does."""
    token = hidden_of(page)["csrfmiddlewaretoken"][0]
    return client.post(address, {**typed, "csrfmiddlewaretoken": token})


def sign_in(user) -> Client:
    client = Client(enforce_csrf_checks=True)
    page = client.get(reverse("ui:sign-in"))
    answer = post(client, page, reverse("ui:sign-in"), username=user.username, password=PASSWORD)
    assert answer.status_code == 303
    return client


def test_an_officer_signs_in_filters_records_and_writes_up_a_visit(scene: Scene):
    client = sign_in(scene.manager)
    task = scene.visit

    inbox = client.get(reverse("ui:tasks"), {"show": "overdue", "kind": "home_visit"})
    assert scene.person.source_ref in text_of(inbox)
    assert reverse("ui:task", args=[task.public_id]) in inbox.content.decode()

    page = client.get(reverse("ui:task", args=[task.public_id]))
    form = outcome_form(task) | {
        name: hidden_of(page)[name][0] for name in ("step", "version", "key")
    }
    saved = post(client, page, reverse("ui:task", args=[task.public_id]), **form)
    assert saved.status_code == 303
    done = client.get(saved.headers["Location"])
    assert "Outcome saved." in text_of(done)
    assert "Effective: seen in person, purpose met" in text_of(done)
    assert Visit.objects.filter(offender=scene.person, origin="recorded").count() == 1

    write_up = make.task_of(scene.person, "write_up")
    address = reverse("ui:task", args=[write_up.public_id])
    assert address in done.content.decode()
    page = client.get(address)
    saved = post(
        client,
        page,
        address,
        **{name: hidden_of(page)[name][0] for name in ("step", "version", "key")},
        summary="Settled, nothing of concern.",
        children_present="false",
        orders_complied_with="not_applicable",
        concern="false",
    )
    assert saved.status_code == 303
    assert VisitWriteUp.objects.get().summary == "Settled, nothing of concern."

    inbox = client.get(reverse("ui:tasks"), {"show": "overdue"})
    assert scene.person.source_ref not in text_of(inbox)
    person = text_of(client.get(reverse("ui:person", args=[scene.person.public_id])))
    assert "6 months after the last effective visit" in person
    upcoming = Obligation.objects.get(offender=scene.person, kind="home_visit", closed_at=None)
    assert upcoming.due_on > task.due_on


def test_a_supervisor_moves_a_caseload_and_takes_it_back(scene: Scene):
    receiver = scene.colleague()
    client = sign_in(scene.supervisor)
    team = reverse("ui:team-caseload", args=[scene.manager.team.public_id])

    caseload = client.get(team, {"officer": str(scene.manager.public_id)})
    assert scene.person.source_ref in text_of(caseload)
    chosen = {
        "team": str(scene.manager.team.public_id),
        "officer": str(scene.manager.public_id),
        "offenders": [str(scene.person.public_id)],
        "to": str(receiver.public_id),
        "reason": "Planned leave",
    }
    looked = post(client, caseload, f"{team}/preview", **chosen)
    assert looked.status_code == 200
    assert "Check before you confirm" in text_of(looked)

    check = post(client, looked, reverse("ui:reassign-check"), **chosen)
    proof = {name: hidden_of(check)[name][0] for name in ("seen", "key")}
    done = post(client, check, reverse("ui:reassign-confirm"), **chosen, **proof)
    assert done.status_code == 303
    scene.person.refresh_from_db()
    assert scene.person.offender_manager == receiver
    page = client.get(done.headers["Location"])
    assert "1 person moved" in text_of(page)

    # By the clock of the test: the database's may be another one.
    Reassignment.objects.update(decided_at=timezone.now())
    undo = post(
        client,
        page,
        reverse("ui:reassign-undo"),
        **{name: hidden_of(page)[name][0] for name in ("reassignment", "key")},
    )
    assert undo.status_code == 303
    assert "Everyone was given back" in text_of(client.get(undo.headers["Location"]))
    scene.person.refresh_from_db()
    assert scene.person.offender_manager == scene.manager


def test_someone_is_found_by_name_and_a_note_is_kept(scene: Scene):
    client = sign_in(scene.manager)
    found = post(client, client.get(reverse("ui:people")), reverse("ui:people"), q="zymbor")
    assert scene.person.source_ref in text_of(found)
    address = reverse("ui:contact-note", args=[scene.person.public_id])
    page = client.get(address)
    typed = {key: value for key, value in outcome_form(scene.visit).items() if "occurred" in key}
    kept = post(
        client,
        page,
        address,
        key=hidden_of(page)["key"][0],
        kind="telephone",
        text="Asked about the appointment.",
        **typed,
    )
    assert kept.status_code == 303
    person = text_of(client.get(kept.headers["Location"]))
    assert "Note saved." in person
    assert "Asked about the appointment." in person


def test_a_page_that_is_sent_without_its_token_is_refused_in_our_look(scene: Scene):
    client = sign_in(scene.manager)
    refused = client.post(reverse("ui:task", args=[scene.visit.public_id]), {"step": "claim"})
    assert refused.status_code == 403
    assert "The page was open too long" in text_of(refused)


def test_every_link_of_the_frame_leads_somewhere(scene: Scene):
    client = sign_in(scene.supervisor)
    page = client.get(reverse("ui:tasks")).content.decode()
    addresses = set(re.findall(r'href="(/[^"#]*)"', page))
    assert {reverse("ui:home"), reverse("ui:people"), reverse("ui:team")} <= addresses
    for address in addresses:
        if not address.startswith("/static/"):
            answer = client.get(address, follow=True)
            assert answer.status_code == 200, address
