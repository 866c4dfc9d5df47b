"""What was typed is not lost when a session ends, and only its writer gets it back."""

import datetime as dt
import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import kept_forms
from accounts.models import KeptForm, User
from tests import make
from tests.ui.conftest import (
    PASSWORD,
    Scene,
    address_of_task,
    hidden_of,
    outcome_form,
    text_of,
)
from workflows.models import Visit

pytestmark = pytest.mark.django_db

WORDS = "Settled; a bicycle in the hall. He says it is a neighbour's."


def sign_in(user: User, client: Client | None = None, to: str = "") -> Client:
    """A browser that went through the sign-in page, with its CSRF token checked."""
    client = client or Client(enforce_csrf_checks=True)
    token = hidden_of(client.get("/sign-in"))["csrfmiddlewaretoken"][0]
    typed = {"username": user.username, "password": PASSWORD, "next": to}
    answer = client.post("/sign-in", typed | {"csrfmiddlewaretoken": token})
    assert answer.status_code == 303
    return client


def drawn(client: Client, address: str) -> dict[str, str]:
    """The hidden inputs of the form on a page."""
    page = client.get(address)
    names = ("csrfmiddlewaretoken", "key", "version", "drawn_for")
    return {name: hidden_of(page)[name][-1] for name in names if name in hidden_of(page)}


def send(client: Client, scene: Scene, **hidden: str):
    address = address_of_task(scene.visit)
    return client.post(address, outcome_form(scene.visit, note=WORDS) | hidden)


def note_of(page) -> str:
    found = re.search(r'id="f-note"[^>]*>\s*([^<]*)</textarea>', page.content.decode())
    return found[1].replace("&#x27;", "'") if found else ""


def test_a_form_sent_after_the_session_ended_comes_back_as_it_was_typed(scene: Scene):
    address = address_of_task(scene.visit)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client = sign_in(scene.manager)
        hidden = drawn(client, address)
        clock.shift(dt.timedelta(minutes=16))
        ended = send(client, scene, **hidden)
        assert ended.status_code == 302
        assert ended.headers["Location"] == f"/sign-in?next={address}"
        asked = client.get(ended.headers["Location"])
        assert "What you typed is kept for an hour" in text_of(asked)
        assert WORDS not in asked.content.decode()
        page = sign_in(scene.manager, client, to=address).get(address)
        assert note_of(page) == WORDS
        assert 'value="effective" checked' in page.content.decode()
        assert "It is not saved yet" in text_of(page)
        assert "There is a problem" not in text_of(page)
        saved = send(client, scene, **drawn(client, address))
        assert saved.status_code == 303
    assert Visit.objects.get(origin="recorded").note == WORDS
    assert not KeptForm.objects.exists()


def test_a_form_whose_token_another_tab_replaced_comes_back_too(scene: Scene):
    address = address_of_task(scene.visit)
    client = sign_in(scene.manager)
    hidden = drawn(client, address)
    client.post("/sign-out", {"csrfmiddlewaretoken": hidden["csrfmiddlewaretoken"]})
    sign_in(scene.manager, client)
    answer = send(client, scene, **hidden)
    assert (answer.status_code, answer.headers["Location"]) == (303, address)
    page = client.get(address)
    assert note_of(page) == WORDS
    assert not Visit.objects.filter(origin="recorded").exists()


def test_nobody_else_gets_what_was_typed(scene: Scene):
    address = address_of_task(scene.visit)
    client = sign_in(scene.manager)
    hidden = drawn(client, address)
    client.post("/sign-out", {"csrfmiddlewaretoken": hidden["csrfmiddlewaretoken"]})
    sign_in(scene.supervisor, client)
    refused = send(client, scene, **hidden)
    assert refused.status_code == 403
    assert "kept for an hour for the officer who typed it" in text_of(refused)
    for page in (refused, client.get(address)):
        assert WORDS not in page.content.decode()
    assert note_of(sign_in(scene.manager).get(address)) == WORDS


@pytest.mark.parametrize(
    ("seal", "why"),
    [
        ("", "no form of ours"),
        ("WyJ4IiwiL3Rhc2tzIl0:forged:signature", "a seal that we did not make"),
    ],
)
def test_nothing_is_kept_that_we_did_not_draw(scene: Scene, seal: str, why: str):
    answer = send(Client(), scene, drawn_for=seal)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in"), why
    assert not KeptForm.objects.exists(), why


def test_nothing_is_kept_for_an_officer_who_may_not_come_back(scene: Scene, browse):
    hidden = drawn(browse(scene.manager), address_of_task(scene.visit))
    make.accounts_actions.deactivate(by=make.SETUP, officer=scene.manager)
    assert send(Client(), scene, **hidden).status_code == 302
    assert not KeptForm.objects.exists()


def test_what_was_kept_is_gone_after_an_hour(scene: Scene, browse):
    by, address = make.actor(scene.manager), address_of_task(scene.visit)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        seal = kept_forms.opened(kept_forms.sealed(by, address))
        assert seal is not None
        assert kept_forms.keep(seal, {"note": [WORDS]})
        clock.shift(dt.timedelta(minutes=59))
        assert kept_forms.purge() == 0
        assert note_of(browse(scene.manager).get(address)) == WORDS
        clock.shift(dt.timedelta(minutes=1))
        assert note_of(browse(scene.manager).get(address)) == ""
        assert kept_forms.purge() == 1


def test_an_officer_can_start_with_an_empty_form(scene: Scene, browse):
    by, address = make.actor(scene.manager), address_of_task(scene.visit)
    seal = kept_forms.opened(kept_forms.sealed(by, address))
    assert seal is not None
    kept_forms.keep(seal, {"note": [WORDS]})
    client = browse(scene.manager)
    assert client.post(address, {"forget": "1", "note": WORDS}).status_code == 303
    assert note_of(client.get(address)) == ""


def test_words_for_a_task_that_is_done_meanwhile_can_be_copied(scene: Scene, browse):
    address = address_of_task(scene.visit)
    send(Client(), scene, **drawn(browse(scene.manager), address))
    task = scene.visit
    browse(scene.supervisor).post(address, outcome_form(task, note="Mine"))
    page = browse(scene.manager).get(address)
    assert "What you typed" in text_of(page)
    assert WORDS in text_of(page)


def test_a_note_and_the_reason_of_a_reassignment_are_kept_as_well(scene: Scene, browse):
    note = reverse("ui:contact-note", args=[scene.person.public_id])
    officer = browse(scene.manager)
    typed = {"kind": "telephone", "text": WORDS} | drawn(officer, note)
    assert Client().post(note, typed).status_code == 302
    assert WORDS in text_of(officer.get(note))

    supervisor, team = browse(scene.supervisor), scene.manager.team.public_id
    caseload = f"{reverse('ui:team-caseload', args=[team])}?officer={scene.manager.public_id}"
    typed = {
        "offenders": str(scene.person.public_id),
        "to": str(scene.supervisor.public_id),
        "reason": WORDS,
    } | drawn(supervisor, caseload)
    ended = Client().post(reverse("ui:reassign-check"), typed)
    assert ended.status_code == 302
    page = supervisor.get(caseload)
    assert WORDS in text_of(page)
    assert f'value="{scene.person.public_id}" id="f-offenders" checked' in page.content.decode()


def test_typing_keeps_the_session_but_not_beyond_ten_hours(scene: Scene):
    client = Client()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client.post("/sign-in", {"username": scene.manager.username, "password": PASSWORD})
        for _ in range(60):
            clock.shift(dt.timedelta(minutes=10))
            assert client.get("/still-here").status_code == 204
        clock.shift(dt.timedelta(minutes=1))
        assert client.get("/still-here").status_code == 302
