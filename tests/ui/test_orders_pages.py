"""The pages of a court order and of a warning marker."""

import pytest
from django.urls import reverse

from offenders.models import Order, OrderDischarge, WarningMarker
from tests import make
from tests.ui import holding
from tests.ui.conftest import Scene, text_of
from tests.ui.filling import hidden, page_of, sent, typed_day

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


def test_a_supervisor_discharges_an_order_from_its_line_and_voids_a_wrong_one(scene: Scene, browse):
    wrong = holding.condition_of(scene)
    client, person = browse(scene.supervisor), page_of(scene.person, "person")
    address = holding.discharge_page(scene)
    assert address in client.get(person).content.decode()
    assert address not in browse(scene.manager).get(person).content.decode()
    assert "Sexual harm prevention order. Made" in text_of(client.get(address))

    typed = {"court": "Tean Crown Court", "reason": "No longer needed"}
    answer = sent(client, address, **typed, **typed_day("discharged_on"))

    assert (answer.status_code, answer.headers["Location"]) == (303, person)
    page = text_of(client.get(person))
    assert "No live orders." in page
    assert "by Tean Crown Court. No longer needed" in page
    assert "Conditions that do not bind today" in page
    assert wrong.text in page
    again = sent(client, address, **typed, **typed_day("discharged_on"))
    assert again.status_code == 409
    assert "This order is discharged already." in text_of(again)

    args = [scene.person.public_id, OrderDischarge.objects.get().public_id]
    void = reverse("ui:void-discharge", args=args)
    assert void in client.get(person).content.decode()
    assert sent(client, void, reason="The wrong order").status_code == 303
    page = text_of(client.get(person))
    assert "Tean Crown Court" not in page
    assert "Until further order" in page


def test_a_discharge_is_asked_for_by_field_and_kept_once(scene: Scene, browse):
    client, address = browse(scene.supervisor), holding.discharge_page(scene)

    empty = sent(client, address)
    early = sent(client, address, court="Tean", reason="Why", **typed_day("discharged_on", -8))
    form = hidden(client, address) | {"court": "Tean", "reason": "W"} | typed_day("discharged_on")
    twice = [client.post(address, form).status_code for _ in range(2)]

    assert empty.status_code == early.status_code == 400
    assert '<a href="#f-court">Enter the court' in empty.content.decode()
    assert "The order was not made yet." in text_of(early)
    assert twice == [303, 303]
    assert OrderDischarge.objects.count() == 1


def test_the_order_of_another_person_is_not_there(scene: Scene, browse):
    other = make.person(manager=scene.manager)
    order = holding.order_of(scene)
    address = reverse("ui:discharge-order", args=[other.public_id, order.public_id])

    assert browse(scene.supervisor).get(address).status_code == 404


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
