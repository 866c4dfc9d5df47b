"""The page on which a supervisor records what an officer was trained in."""

import pytest
from django.urls import reverse

from accounts.models import Role, Training
from tests import make
from tests.ui.conftest import Scene, hidden_of, text_of

pytestmark = pytest.mark.django_db

OM, SUP, INSP = Role.OFFENDER_MANAGER, Role.SUPERVISOR, Role.INSPECTOR


def address_of(officer) -> str:
    return reverse("ui:trainings", args=[officer.public_id])


def typed(page, *, completed: str = "2026", until: str = "2028", **more: str) -> dict[str, str]:
    days = {"completed_on": completed, "valid_until": until}
    found = {name: values[0] for name, values in hidden_of(page).items()} | {"code": "mosovo"}
    for name, year in days.items():
        found |= {f"{name}_day": "2", f"{name}_month": "3", f"{name}_year": year}
    return found | more


@pytest.mark.parametrize(
    ("role", "status"),
    [(OM, 403), (SUP, 200), (INSP, 200), (Role.AUDITOR, 403), (Role.SYSTEM_ADMIN, 403)],
)
def test_who_opens_it(scene: Scene, browse, role: Role, status: int):
    assert browse(scene.colleague(role)).get(address_of(scene.manager)).status_code == status


def test_the_officer_of_another_team_is_not_there(scene: Scene, browse):
    stranger = make.officer(SUP, team=make.team(in_force=scene.manager.force))

    assert browse(stranger).get(address_of(scene.manager)).status_code == 404


def test_a_supervisor_records_a_course_once_and_reads_until_when_it_holds(scene: Scene, browse):
    client, address = browse(scene.supervisor), address_of(scene.manager)
    page = client.get(address)
    form = page.content.decode().partition('<form class="card')[2]
    assert " checked" not in form
    sent = typed(page)

    answers = [client.post(address, sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303], "a double click"
    training = Training.objects.get(officer=scene.manager, code="mosovo")
    assert training.recorded_by == scene.supervisor
    said = text_of(client.get(address))
    assert "Training saved." in said
    assert "MOSOVO 2 Mar 2026 2 Mar 2028" in said


@pytest.mark.parametrize(
    ("more", "field", "said"),
    [
        ({"code": ""}, "code", "Choose the training"),
        ({"completed": "2099", "until": "2100"}, "completed_on_day", "has not come yet"),
        ({"until": "2020"}, "valid_until_day", "cannot end before it was completed"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(scene: Scene, browse, more, field, said):
    client, address = browse(scene.supervisor), address_of(scene.manager)

    answer = client.post(address, typed(client.get(address), **more))

    assert answer.status_code == 400
    assert f'<a href="#f-{field}"' in answer.content.decode()
    assert said in text_of(answer)
    assert not Training.objects.filter(code="mosovo").exists()


def test_nobody_records_their_own(scene: Scene, browse):
    client = browse(scene.supervisor)
    page = client.get(address_of(scene.supervisor))
    assert "Nobody records their own training." in text_of(page)
    assert "Save training" not in text_of(page)

    other = client.get(address_of(scene.manager))
    answer = client.post(address_of(scene.supervisor), typed(other))

    assert answer.status_code == 409
    assert not Training.objects.filter(code="mosovo").exists()


def test_the_capacity_of_an_officer_leads_to_their_trainings(scene: Scene, browse):
    page = browse(scene.supervisor).get(reverse("ui:capacity", args=[scene.manager.public_id]))

    assert f'href="{address_of(scene.manager)}"' in page.content.decode()
