"""Writing down a condition of an order: the page says which orders there are."""

import datetime as dt
import re

import pytest

from offenders.models import Order, OrderCondition
from tests.ui.conftest import Scene, text_of
from tests.ui.filling import hidden, page_of, typed_day
from ui.words import long_day

pytestmark = pytest.mark.django_db

MADE_ON = dt.date(2024, 3, 5)
CONDITION = {
    "polarity": "prohibition",
    "text": "Not to have a device that can reach the internet",
    "category": "device",
}


def order(scene: Scene, kind: str = "shpo", **values) -> Order:
    return Order.objects.create(offender=scene.person, kind=kind, **({"made_on": MADE_ON} | values))


def test_the_persons_page_says_when_an_order_was_made(scene: Scene, browse):
    order(scene)
    url = f"/people/{scene.person.public_id}"

    assert "Made 5 March 2024. Until further order" in text_of(browse(scene.manager).get(url))


def drawn(client, address: str) -> str:
    return client.get(address).content.decode()


def test_the_form_starts_with_the_only_live_order_and_is_sent_with_it(scene: Scene, browse):
    order(scene)
    order(scene, "sro", made_on=dt.date(2020, 1, 1), ends_on=dt.date(2021, 1, 1))
    client, address = browse(scene.manager), page_of(scene.person, "condition")

    page = drawn(client, address)

    assert 'value="2024"' in page
    assert re.search(r'value="shpo"[^>]* (checked|selected)', page)
    assert "Sexual harm prevention order, made 5 March 2024" in page
    assert "made 1 January 2020" not in page, "it has ended"
    made = {"kind": "shpo", "made_on_day": "5", "made_on_month": "3", "made_on_year": "2024"}
    sent = hidden(client, address) | CONDITION | made | typed_day("starts_on")
    assert client.post(address, sent).status_code == 303
    assert OrderCondition.objects.get().order.made_on == MADE_ON


def test_with_several_live_orders_the_page_names_them_and_chooses_none(scene: Scene, browse):
    order(scene)
    later = order(scene, "fto", made_on=dt.date(2023, 7, 1))

    page = drawn(browse(scene.manager), page_of(scene.person, "condition"))

    assert f"made {long_day(MADE_ON)}; " in page
    assert f"made {long_day(later.made_on)}" in page
    assert 'value="2024"' not in page
    assert not re.search(r'value="\w+"[^>]* (checked|selected)', page)
