"""The page on which an officer's capacity is set, and what the caseload shows of it."""

import pytest
from django.urls import reverse

from accounts.models import Capacity, Role
from tests.ui.conftest import Scene, hidden_of, text_of

pytestmark = pytest.mark.django_db


def typed(**more: str) -> dict[str, str]:
    return {
        "from_on_day": "2",
        "from_on_month": "3",
        "from_on_year": "2026",
        "full_time": "60",
        "reduction": "",
        "reason": "Three days a week",
    } | more


def address_of(officer) -> str:
    return reverse("ui:capacity", args=[officer.public_id])


def caseload_of(scene: Scene) -> str:
    return reverse("ui:team-caseload", args=[scene.manager.team.public_id])


def test_a_supervisor_sets_it_and_finds_it_on_the_caseload(scene: Scene, browse):
    client = browse(scene.supervisor)
    page = client.get(address_of(scene.manager))
    assert "Nothing: full time." in text_of(page)
    assert "Planned" not in text_of(page)
    key = hidden_of(page)["key"][0]
    sent = typed(key=key, reduction="50", because="welfare")
    saved = client.post(address_of(scene.manager), sent)
    assert saved.status_code == 303
    again = client.post(address_of(scene.manager), sent)
    assert (again.status_code, Capacity.objects.count()) == (303, 1)
    assert "50% less: welfare" in text_of(client.get(address_of(scene.manager)))
    caseload = text_of(client.get(caseload_of(scene)))
    assert "60% of full time · 50% less for now" in caseload
    assert "welfare" not in caseload.lower()


def test_what_is_missing_is_said_beside_its_field(scene: Scene, browse):
    client = browse(scene.supervisor)
    key = hidden_of(client.get(address_of(scene.manager)))["key"][0]
    answer = client.post(address_of(scene.manager), {"key": key})
    for said in ("Enter the first day", "Enter the share of full time", "Give the reason"):
        assert said in text_of(answer)
    answer = client.post(address_of(scene.manager), typed(key=key, reduction="10"))
    assert (answer.status_code, "Say why it is taken off." in text_of(answer)) == (400, True)
    assert not Capacity.objects.exists()


def test_ones_own_page_has_no_form_and_refuses(scene: Scene, browse):
    client = browse(scene.supervisor)
    page = client.get(address_of(scene.supervisor))
    assert "Nobody sets their own capacity" in text_of(page)
    assert "Save capacity" not in text_of(page)
    key = hidden_of(client.get(address_of(scene.manager)))["key"][0]
    assert client.post(address_of(scene.supervisor), typed(key=key)).status_code == 403


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.OFFENDER_MANAGER, 403), (Role.SUPERVISOR, 200), (Role.INSPECTOR, 200)],
)
def test_who_opens_it(scene: Scene, browse, role: Role, status: int):
    assert browse(scene.colleague(role)).get(address_of(scene.manager)).status_code == status


def test_people_nobody_manages_are_said_at_the_top(scene: Scene, browse):
    client = browse(scene.supervisor)
    assert "no offender manager" not in text_of(client.get(caseload_of(scene)))
    type(scene.person).objects.update(offender_manager=None)
    page = client.get(caseload_of(scene))
    assert "1 person has no offender manager. Give them to an officer" in text_of(page)
