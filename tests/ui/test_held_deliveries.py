"""Deliveries that were held: who is told, what is shown of them, and settling one."""

import re

import pytest
from django.urls import reverse

from risk.models import Indicator
from tests import make
from tests.ui.conftest import Scene, text_of
from tests.ui.filling import sent
from tests.workflows import indicating

pytestmark = pytest.mark.django_db

WORDY = "He wrote to somebody."


def page_of(held, name: str = "held-delivery") -> str:
    return reverse(f"ui:{name}", args=[held.public_id])


def test_whoever_is_told_of_a_held_delivery_gets_to_it_from_the_alert(scene: Scene, browse):
    held = indicating.held(scene.person.force)
    page = browse(scene.supervisor).get("/alerts").content.decode()
    [link] = re.findall(r'<a href="([^"]+)">Open the delivery</a>', page)
    assert link == page_of(held)
    assert browse(scene.supervisor).get(link).status_code == 200


def test_reasons_and_numbers_are_shown_and_nothing_of_what_it_says(scene: Scene, browse):
    contradicts = indicating.item(handling="C")
    held = indicating.held(scene.person.force, indicating.item(text=WORDY), contradicts)
    client = browse(scene.supervisor)
    for path in (reverse("ui:held-deliveries"), page_of(held), page_of(held, "release-delivery")):
        page = text_of(client.get(path))
        assert "It is not signed by who knows the secret of the feed" in page
        assert WORDY not in page
    page = text_of(client.get(page_of(held)))
    assert "1 refused: Handling C without its conditions" in page


def test_a_delivery_is_released_with_a_reason_and_settled_once(scene: Scene, browse):
    held, client = indicating.held(scene.person.force), browse(scene.supervisor)
    release = page_of(held, "release-delivery")
    assert sent(client, release).status_code == 400
    assert not Indicator.objects.exists()

    answer = sent(client, release, reason="Rung up: it is theirs")
    assert (answer.status_code, answer.headers["Location"]) == (303, page_of(held))
    assert Indicator.objects.count() == 1
    page = text_of(client.get(page_of(held)))
    assert "Rung up: it is theirs" in page
    assert "What releasing it would do" not in page

    again = sent(client, page_of(held, "discard-delivery"), reason="Too late")
    assert again.status_code == 409
    assert "It was released or discarded." in text_of(again)


def test_a_delivery_is_discarded_and_stays_on_the_list_of_all(scene: Scene, browse):
    held, client = indicating.held(scene.person.force), browse(scene.supervisor)
    assert sent(client, page_of(held, "discard-delivery"), reason="Nobody's").status_code == 303
    assert not Indicator.objects.exists()
    every = reverse("ui:held-deliveries")
    assert page_of(held) not in client.get(every).content.decode()
    assert page_of(held) in client.get(f"{every}?show=all").content.decode()


def test_of_another_force_it_is_not_there(scene: Scene, browse):

    held = indicating.held(make.team().force)
    for name in ("held-delivery", "release-delivery", "discard-delivery"):
        assert browse(scene.supervisor).get(page_of(held, name)).status_code == 404
