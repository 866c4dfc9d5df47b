"""Writing down a condition of an order: the page says which orders there are."""

import datetime as dt
import re

import pytest

from offenders.models import Order, OrderCondition
from tests import make
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


def chosen(page: str) -> list[str]:
    return re.findall(r'value="([\w-]+)"[^>]* (?:checked|selected)', page)


def test_the_form_starts_with_the_only_live_order_and_is_sent_with_it(scene: Scene, browse):
    made = order(scene)
    order(scene, "sro", made_on=dt.date(2020, 1, 1), ends_on=dt.date(2021, 1, 1))
    client, address = browse(scene.manager), page_of(scene.person, "condition")

    page = drawn(client, address)

    assert chosen(page) == [str(made.public_id)]
    assert "Sexual harm prevention order, made 5 March 2024" in page
    assert "made 1 January 2020" not in page, "it has ended"
    sent = hidden(client, address) | CONDITION | typed_day("starts_on")
    assert client.post(address, sent | {"order": str(made.public_id)}).status_code == 303
    assert OrderCondition.objects.get().order == made


def test_with_several_live_orders_one_is_chosen_and_nothing_of_it_is_asked(scene: Scene, browse):
    order(scene)
    later = order(scene, "fto", made_on=dt.date(2023, 7, 1))
    client, address = browse(scene.manager), page_of(scene.person, "condition")

    page = drawn(client, address)

    assert chosen(page) == []
    for made_on in (MADE_ON, later.made_on):
        assert f"made {long_day(made_on)}" in page
    assert "made_on_day" not in page
    typed = hidden(client, address) | CONDITION | typed_day("starts_on")
    assert "Choose the order" in text_of(client.post(address, typed))
    assert client.post(address, typed | {"order": str(later.public_id)}).status_code == 303
    assert OrderCondition.objects.get().order == later


def test_an_order_that_has_ended_or_is_somebody_elses_is_refused(scene: Scene, browse):
    order(scene)
    over = order(scene, "sro", made_on=dt.date(2020, 1, 1), ends_on=dt.date(2021, 1, 1))
    other = Order.objects.create(
        offender=make.person(manager=scene.manager), kind="shpo", made_on=MADE_ON
    )
    client, address = browse(scene.manager), page_of(scene.person, "condition")
    typed = hidden(client, address) | CONDITION | typed_day("starts_on")

    for one in (over, other):
        answer = client.post(address, typed | {"order": str(one.public_id)})
        assert (answer.status_code, "Choose a live order" in text_of(answer)) == (400, True)
    assert not OrderCondition.objects.exists()
