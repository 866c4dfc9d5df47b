"""The pages of a court order and of a warning marker."""

import pytest

from offenders.models import Order, WarningMarker
from tests.ui.conftest import Scene, text_of
from tests.ui.filling import page_of, sent, typed_day

pytestmark = pytest.mark.django_db


def test_an_order_is_written_down_with_its_conditions(scene: Scene, browse):
    client = browse(scene.manager)
    assert "Add a court order" in text_of(client.get(page_of(scene.person, "person")))

    answer = sent(
        client,
        page_of(scene.person, "order"),
        kind="shpo",
        **typed_day("made_on", -3),
        **{
            "conditions-0-polarity": "prohibition",
            "conditions-0-text": "Not to be alone with a child",
            "conditions-0-category": "contact_with_children",
        },
    )

    assert answer.status_code == 303
    order = Order.objects.get(offender=scene.person)
    assert order.conditions.get().starts_on == order.made_on
    assert "Not to be alone with a child" in text_of(client.get(page_of(scene.person, "person")))


def test_a_supervisor_alone_is_offered_to_withdraw_a_marker_that_stands(scene: Scene, browse):
    officer, supervisor = browse(scene.manager), browse(scene.supervisor)
    person = page_of(scene.person, "person")
    assert "Withdraw a warning marker" not in text_of(officer.get(person))
    assert "Withdraw a warning marker" in text_of(supervisor.get(person))
    address = page_of(scene.person, "withdraw-marker")
    assert officer.get(address).status_code == 403

    other = sent(supervisor, address, code="FI", reason="Wrong person")
    answer = sent(supervisor, address, code="VI", reason="Wrong person")

    assert (other.status_code, answer.status_code) == (400, 303)
    assert "Withdraw a warning marker" not in text_of(supervisor.get(person))


def test_a_marker_is_set_and_stands_in_the_head(scene: Scene, browse):
    client = browse(scene.manager)

    answer = sent(client, page_of(scene.person, "marker"), code="WE", reason="PNC")

    assert answer.status_code == 303
    assert WarningMarker.objects.filter(code="WE", withdrawn_on=None).exists()
    assert "Weapons" in text_of(client.get(page_of(scene.person, "person")))
