"""What stands on the person's page and is put right from there: a visit, a condition, a device."""

import pytest
from django.urls import reverse

from accounts.models import Role
from offenders.models import Offender
from tests import make
from tests.ui import holding
from tests.ui.conftest import NAME, Scene, events_of, text_of
from tests.ui.filling import hidden, page_of, sent, typed_day
from tests.workflows import doing

pytestmark = pytest.mark.django_db

ABROAD = {"status": "abroad"} | typed_day("on")
OM, SUP, INSP = Role.OFFENDER_MANAGER, Role.SUPERVISOR, Role.INSPECTOR


def person_page(person: Offender, client) -> str:
    return client.get(page_of(person, "person")).content.decode()


def void_page(scene: Scene, visit) -> str:
    return reverse("ui:void-visit", args=[scene.person.public_id, visit.public_id])


def test_a_visit_is_voided_from_its_entry_and_the_clock_is_worked_out_without_it(
    scene: Scene, browse
):
    due_on = doing.home_visit_due(scene.person)
    visit = doing.visit(scene.person, by=scene.manager)
    client, address = browse(scene.manager), void_page(scene, visit)
    assert address in person_page(scene.person, client)
    form = client.get(address)
    assert "Effective: seen in person, purpose met, " in text_of(form)

    answer = sent(client, address, reason="Entered for the wrong person")

    assert (answer.status_code, answer.headers["Location"]) == (
        303,
        page_of(scene.person, "person"),
    )
    visit.refresh_from_db()
    assert visit.void_reason == "Entered for the wrong person"
    assert doing.home_visit_due(scene.person) == due_on
    page = person_page(scene.person, client)
    assert "Voided: Entered for the wrong person" in page
    assert address not in page


@pytest.mark.parametrize(
    ("role", "is_offered", "why"),
    [
        (OM, False, "a colleague did not record it"),
        (SUP, True, "a supervisor voids anyone's"),
        (INSP, False, "the table has no line for inspectors"),
    ],
)
def test_voiding_is_offered_to_who_recorded_it_and_to_supervisors(
    scene: Scene, browse, role, is_offered, why
):
    visit = doing.visit(scene.person, by=scene.manager)

    page = person_page(scene.person, browse(scene.colleague(role)))

    assert (void_page(scene, visit) in page) == is_offered, why


def test_a_void_that_the_rules_refuse_says_why_on_the_form(scene: Scene, browse):
    visit = doing.visit(scene.person, by=scene.manager)
    address = void_page(scene, visit)

    answer = sent(browse(scene.colleague()), address, reason="Entered for the wrong person")

    assert answer.status_code == 409
    assert "Only who recorded it or a supervisor voids a visit." in text_of(answer)


def test_the_visit_of_another_person_is_not_there(scene: Scene, browse):
    other = make.person(manager=scene.manager)
    visit = doing.visit(other, by=scene.manager)

    assert browse(scene.manager).get(void_page(scene, visit)).status_code == 404


def test_a_void_without_a_reason_leads_to_its_field_and_a_double_click_voids_once(
    scene: Scene, browse
):
    visit = doing.visit(scene.person, by=scene.manager)
    client, address = browse(scene.manager), void_page(scene, visit)
    empty = sent(client, address)
    assert empty.status_code == 400
    assert '<a href="#f-reason">Say what is wrong with it' in empty.content.decode()
    form = hidden(client, address) | {"reason": "Entered for the wrong person"}

    answers = [client.post(address, form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    again = sent(client, address, reason="Entered for the wrong person")
    assert again.status_code == 409
    assert "This visit is void already." in text_of(again)


def test_a_void_on_a_page_from_before_a_change_is_asked_again(scene: Scene, browse):
    visit = doing.visit(scene.person, by=scene.manager)
    client, address = browse(scene.manager), void_page(scene, visit)
    old = hidden(client, address) | {"reason": "Entered for the wrong person"}
    sent(browse(scene.manager), page_of(scene.person, "change-status"), **ABROAD)

    stale = client.post(address, old)

    assert stale.status_code == 412
    visit.refresh_from_db()
    assert visit.voided_at is None


@pytest.mark.parametrize(
    ("page", "action"),
    [("device_change", "device.change"), ("account_change", "online_account.change")],
)
def test_what_became_of_it_is_said_from_the_list(scene: Scene, browse, page, action):
    held = holding.held_by(scene, page)
    client = browse(scene.manager)
    route = f"ui:{'-'.join(['change', page.partition('_')[0]])}"
    address = reverse(route, args=[scene.person.public_id, held.public_id])
    assert address in person_page(scene.person, client)
    form = client.get(address)
    assert f"{held.label}: Declared, " in text_of(form)
    typed = {"state": "seized", "reference": "AB/1"} | typed_day("on")

    answer, events = events_of(lambda: sent(client, address, **typed))

    assert answer.status_code == 303
    assert action in {event.action for event in events}
    assert held.history.latest("pk").reference == "AB/1"
    assert "Seized, " in person_page(scene.person, client)
    same = sent(client, address, **typed)
    assert same.status_code == 409
    assert "That is how it stands already." in text_of(same)


def test_a_day_before_the_last_one_is_refused_by_the_field(scene: Scene, browse):
    device = holding.held_by(scene, "device_change")
    address = reverse("ui:change-device", args=[scene.person.public_id, device.public_id])

    answer = sent(browse(scene.manager), address, state="seized", **typed_day("on", -30))

    assert answer.status_code == 400
    assert '<a href="#f-on_day"' in answer.content.decode()


def test_the_device_of_another_person_is_not_there(scene: Scene, browse):
    device = holding.held_by(scene, "device_change")
    other = make.person(manager=scene.manager)
    address = reverse("ui:change-device", args=[other.public_id, device.public_id])

    assert browse(scene.manager).get(address).status_code == 404


def test_addresses_of_these_pages_hold_no_name_of_a_person_or_of_an_account(scene: Scene, browse):
    holding.held_by(scene, "account_change")
    doing.visit(scene.person, by=scene.manager)
    page = person_page(scene.person, browse(scene.manager))

    addresses = [part.partition('"')[0].lower() for part in page.split('href="')[1:]]

    assert any("/accounts/" in address for address in addresses)
    for secret in (NAME.lower(), "quillon", "examplegram"):
        assert not [address for address in addresses if secret in address]


def void_condition_page(scene: Scene, wrong) -> str:
    return reverse("ui:void-condition", args=[scene.person.public_id, wrong.public_id])


@pytest.mark.parametrize(
    ("starts_in", "binds"), [(-7, "binds today"), (30, "does not bind yet")], ids=["now", "later"]
)
def test_a_condition_typed_wrongly_is_voided_from_the_persons_page(
    scene: Scene, browse, starts_in, binds
):
    wrong = holding.condition_of(scene, starts_in)
    client, address = browse(scene.manager), void_condition_page(scene, wrong)
    assert address in person_page(scene.person, client), binds
    form = client.get(address)
    assert f"Must not: devices. {wrong.text}" in text_of(form)

    answer, events = events_of(lambda: sent(client, address, reason="The wrong order"))

    assert (answer.status_code, answer.headers["Location"]) == (
        303,
        page_of(scene.person, "person"),
    )
    assert "order_condition.void" in {event.action for event in events}
    wrong.refresh_from_db()
    assert wrong.void_reason == "The wrong order"
    page = person_page(scene.person, client)
    assert wrong.text not in page
    assert address not in page
    again = sent(client, address, reason="The wrong order")
    assert again.status_code == 409
    assert "This condition is void already." in text_of(again)


@pytest.mark.parametrize(
    ("role", "is_offered", "why"),
    [
        (OM, False, "a colleague did not write it down"),
        (SUP, True, "a supervisor voids anyone's"),
        (INSP, False, "the table has no line for inspectors"),
    ],
)
def test_voiding_a_condition_is_offered_to_who_wrote_it_down_and_to_supervisors(
    scene: Scene, browse, role, is_offered, why
):
    wrong = holding.condition_of(scene)

    page = person_page(scene.person, browse(scene.colleague(role)))

    assert (void_condition_page(scene, wrong) in page) == is_offered, why


def test_a_void_of_a_colleagues_condition_says_why_it_is_refused(scene: Scene, browse):
    address = void_condition_page(scene, holding.condition_of(scene))

    answer = sent(browse(scene.colleague()), address, reason="The wrong order")

    assert answer.status_code == 409
    assert "Only who wrote it down or a supervisor voids a condition." in text_of(answer)


def test_a_double_click_voids_a_condition_once(scene: Scene, browse):
    client, address = browse(scene.manager), void_condition_page(scene, holding.condition_of(scene))
    form = hidden(client, address) | {"reason": "The wrong order"}

    assert [client.post(address, form).status_code for _ in range(2)] == [303, 303]


def test_a_void_of_a_condition_without_a_reason_leads_to_its_field(scene: Scene, browse):
    address = void_condition_page(scene, holding.condition_of(scene))

    answer = sent(browse(scene.manager), address)

    assert answer.status_code == 400
    assert '<a href="#f-reason">Say what is wrong with it' in answer.content.decode()


def test_the_condition_of_another_person_is_not_there(scene: Scene, browse):
    wrong = holding.condition_of(scene)
    other = make.person(manager=scene.manager)
    address = reverse("ui:void-condition", args=[other.public_id, wrong.public_id])

    assert browse(scene.manager).get(address).status_code == 404
