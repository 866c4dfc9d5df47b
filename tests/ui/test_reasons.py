"""A reason for a look is one that an auditor can read, on the pages as in the API."""

import pytest
from django.urls import reverse

from accounts.models import Role
from audit.models import Event
from tests.ui.conftest import HOME, NAME, Scene, events_of, text_of

pytestmark = pytest.mark.django_db

GOOD = "Call about an incident, log 1234"
#: With why each is none.
BAD = [
    ("x", "says nothing"),
    ("a\x00 b \x00 long enough", "a character that PostgreSQL cannot keep"),
    ("\u202e", "a mark that turns the text around"),
    ("\u200b" * 12, "nothing to read"),
    ("          ", "blank"),
    ("x" * 501, "longer than anyone reads"),
]


def looks(scene: Scene) -> dict[str, tuple[str, dict[str, str]]]:
    """Where a reason is typed: address and the rest of the form."""
    person = [scene.person.public_id]
    born = {"date_of_birth_day": "4", "date_of_birth_month": "2", "date_of_birth_year": "1979"}
    return {
        "person": (reverse("ui:person", args=person), {}),
        "addresses": (reverse("ui:address-reveal", args=person), {}),
        "search": (reverse("ui:people"), {"q": NAME, **born}),
    }


@pytest.mark.parametrize("look", ["person", "addresses", "search"])
@pytest.mark.parametrize(("reason", "why"), BAD)
def test_what_nobody_can_read_is_no_reason(scene: Scene, browse, look: str, reason: str, why: str):
    address, form = looks(scene)[look]
    client = browse(scene.outsider(Role.CONTACT_CENTRE))
    answer, events = events_of(lambda: client.post(address, form | {"reason": reason}))
    assert answer.status_code in (400, 403), why
    assert HOME not in text_of(answer)
    assert scene.person.source_ref not in text_of(answer)
    assert not any(event.reason for event in events)


@pytest.mark.parametrize("look", ["person", "addresses", "search"])
def test_a_reason_that_can_be_read_opens_and_is_kept(scene: Scene, browse, look: str):
    address, form = looks(scene)[look]
    client = browse(scene.outsider(Role.CONTACT_CENTRE))
    answer, [event] = events_of(lambda: client.post(address, form | {"reason": GOOD}))
    assert answer.status_code == 200
    assert event.reason == GOOD


def test_who_needs_no_reason_gives_none_or_a_readable_one(scene: Scene, browse):
    client, address = browse(scene.manager), looks(scene)["addresses"][0]
    assert client.post(address).status_code == 200
    assert client.post(address, {"reason": "\u202e"}).status_code == 403
    assert client.post(address, {"reason": GOOD}).status_code == 200
    assert Event.objects.filter(action="address.reveal", reason=GOOD).count() == 1


@pytest.mark.parametrize("look", ["person", "addresses", "search"])
def test_being_asked_for_a_reason_is_no_refusal(scene: Scene, browse, look: str):
    address, form = looks(scene)[look]
    client = browse(scene.outsider(Role.CONTACT_CENTRE))
    answer, [event] = events_of(lambda: client.post(address, form))
    assert answer.status_code == 403
    assert (event.action, event.outcome) == ("reason.ask", "ok")
