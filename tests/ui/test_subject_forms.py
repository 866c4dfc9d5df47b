"""A form about an officer, a person or a task is kept, emptied and sent once in the same way."""

from collections.abc import Callable
from typing import NamedTuple

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Capacity, Training
from offenders.models import ContactNote
from tests.ui.conftest import Scene, text_of
from tests.ui.filling import hidden, typed_day
from workflows.models import Deferral

pytestmark = pytest.mark.django_db

UNSAVED, EMPTY = "It is not saved yet", "Start with an empty form"


class Form(NamedTuple):
    """One page with a form, what is typed into it, and how many of it were written."""

    address: Callable[[Scene], str]
    typed: dict[str, str]
    written: Callable[[], int]
    said: str


def on(name: str, key: Callable[[Scene], object]) -> Callable[[Scene], str]:
    return lambda scene: reverse(f"ui:{name}", args=[key(scene)])


WHY = "Three days a week from now on"
FORMS = {
    "an officer's capacity": Form(
        on("capacity", lambda scene: scene.manager.public_id),
        {"full_time": "60", "reason": WHY} | typed_day("from_on"),
        Capacity.objects.count,
        "Capacity saved.",
    ),
    "an officer's training": Form(
        on("trainings", lambda scene: scene.manager.public_id),
        {"code": "mosovo"} | typed_day("completed_on") | typed_day("valid_until", 300),
        Training.objects.filter(code="mosovo").count,
        "Training saved.",
    ),
    "a person": Form(
        on("contact-note", lambda scene: scene.person.public_id),
        {"kind": "telephone", "text": WHY, "occurred_at_time": "00:01"} | typed_day("occurred_at"),
        ContactNote.objects.count,
        "Note saved.",
    ),
    "a task": Form(
        on("defer-task", lambda scene: scene.visit.public_id),
        {"reason": WHY} | typed_day("until", 7),
        Deferral.objects.count,
        "Deferred.",
    ),
}

every_form = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())


@every_form
def test_what_was_typed_when_the_session_ended_is_there_and_can_be_emptied(
    scene: Scene, browse, form: Form
):
    client, address = browse(scene.supervisor), form.address(scene)
    typed_into = hidden(client, address) | form.typed

    assert Client().post(address, typed_into).status_code == 302
    page = client.get(address)
    assert UNSAVED in text_of(page)
    assert EMPTY in text_of(page)
    assert all(value in page.content.decode() for value in form.typed.values())

    emptied = client.post(address, hidden(client, address) | form.typed | {"forget": "1"})

    assert (emptied.status_code, emptied.headers["Location"]) == (303, address)
    page = client.get(address)
    assert UNSAVED not in text_of(page)
    assert EMPTY not in text_of(page)
    assert form.written() == 0


@every_form
def test_what_was_kept_is_sent_once_and_forgotten(scene: Scene, browse, form: Form):
    client, address = browse(scene.supervisor), form.address(scene)
    Client().post(address, hidden(client, address) | form.typed)
    again = hidden(client, address) | form.typed

    answers = [client.post(address, again) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303], "a double click"
    assert form.said in text_of(client.get(answers[0].headers["Location"]))
    assert form.written() == 1
    assert UNSAVED not in text_of(client.get(address))


@every_form
def test_what_is_refused_stays_typed_and_nothing_is_written(scene: Scene, browse, form: Form):
    client, address = browse(scene.supervisor), form.address(scene)
    name = next(iter(form.typed))
    typed = {**form.typed, name: ""}

    refused = client.post(address, hidden(client, address) | typed)

    assert refused.status_code == 400
    assert "There is a problem" in text_of(refused)
    assert all(value in refused.content.decode() for value in typed.values())
    assert form.written() == 0


@every_form
def test_to_another_teams_supervisor_it_is_not_there(scene: Scene, browse, form: Form):
    stranger = browse(scene.outsider(scene.supervisor.role))
    address = form.address(scene)

    assert stranger.get(address).status_code == 404
    assert stranger.post(address, form.typed | {"key": "k"}).status_code == 404
    assert form.written() == 0
