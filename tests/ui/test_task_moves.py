"""Doing a task later and giving it to somebody else, from the page of the task."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from audit.models import Event
from offenders.models import ConflictOfInterest
from tests import make
from tests.ui.conftest import Scene, address_of_task, overdue, text_of
from tests.ui.filling import hidden, sent, typed_day
from tests.workflows import doing
from workflows.models import Deferral, Task

pytestmark = pytest.mark.django_db

OM, SUP, INSP = Role.OFFENDER_MANAGER, Role.SUPERVISOR, Role.INSPECTOR
WHY = "The family asked for another week"


def page_of(task: Task, name: str) -> str:
    return reverse(f"ui:{name}", args=[task.public_id])


@pytest.fixture
def ahead(scene: Scene) -> Task:
    """A visit that is due in some months."""
    return make.task_of(make.person(manager=scene.manager))


@pytest.mark.parametrize(
    ("role", "names", "why"),
    [
        (OM, {"defer-task"}, "officers plan their own work"),
        (SUP, {"defer-task", "reassign-task"}, "supervisors share the work out"),
        (INSP, {"defer-task", "reassign-task"}, "inspectors as well"),
        (Role.MAPPA_PARTNER, set(), "partners read"),
    ],
)
def test_a_task_offers_what_the_table_permits(scene: Scene, browse, role, names, why):
    who = scene.colleague(role)
    if role is Role.MAPPA_PARTNER:
        scene.person.named_users.create(user=who, named_by=scene.supervisor)

    page = browse(who).get(address_of_task(scene.visit)).content.decode()

    offered = {n for n in ("defer-task", "reassign-task") if page_of(scene.visit, n) in page}
    assert offered == names, why


def test_a_done_task_offers_neither(scene: Scene, browse):
    task = scene.visit
    doing.visit(scene.person, by=scene.manager)

    page = browse(scene.supervisor).get(address_of_task(task)).content.decode()

    assert page_of(task, "defer-task") not in page
    assert page_of(task, "reassign-task") not in page


@pytest.mark.parametrize("name", ["defer-task", "reassign-task"])
def test_the_forms_start_empty_and_say_what_is_missing(scene: Scene, browse, name):
    client, address = browse(scene.supervisor), page_of(scene.visit, name)
    assert ' value="20' not in client.get(address).content.decode()

    answer = sent(client, address)

    assert answer.status_code == 400
    assert "<title>Error: " in answer.content.decode()
    assert not Deferral.objects.exists()


@pytest.mark.parametrize("name", ["defer-task", "reassign-task"])
def test_the_task_of_another_team_is_not_there(scene: Scene, browse, name):
    stranger = make.officer(SUP, team=make.team(in_force=scene.manager.force))

    assert browse(stranger).get(page_of(scene.visit, name)).status_code == 404


def test_a_task_that_is_put_off_says_until_when_and_keeps_its_due_date(
    scene: Scene, browse, ahead: Task
):
    client, due_on = browse(scene.manager), ahead.due_on

    answer = sent(client, page_of(ahead, "defer-task"), reason=WHY, **typed_day("until", 7))

    assert (answer.status_code, answer.headers["Location"]) == (303, address_of_task(ahead))
    page = text_of(client.get(address_of_task(ahead)))
    assert "Deferred. The due date stays." in page
    assert f"by {scene.manager.display_name}: {WHY}" in page
    ahead.refresh_from_db()
    assert ahead.due_on == due_on
    assert ahead.deferred_until == timezone.localdate() + dt.timedelta(days=7)


def test_a_partner_reads_that_a_task_waits_and_not_why(scene: Scene, browse, ahead: Task):
    sent(browse(scene.manager), page_of(ahead, "defer-task"), reason=WHY, **typed_day("until", 7))
    partner = scene.colleague(Role.MAPPA_PARTNER)
    ahead.offender.named_users.create(user=partner, named_by=scene.supervisor)

    page = text_of(browse(partner).get(address_of_task(ahead)))

    assert "Put off until " in page
    assert WHY not in page


def test_a_day_that_is_past_is_refused_by_the_field(scene: Scene, browse, ahead: Task):
    answer = sent(
        browse(scene.manager), page_of(ahead, "defer-task"), reason=WHY, **typed_day("until", 0)
    )

    assert answer.status_code == 400
    assert '<a href="#f-until_day">Defer to a day that is still to come.' in answer.content.decode()
    assert WHY in answer.content.decode()


def test_what_is_overdue_an_officer_does_not_put_off(scene: Scene, browse):
    address = page_of(scene.visit, "defer-task")

    refused = sent(browse(scene.manager), address, reason=WHY, **typed_day("until", 7))
    assert refused.status_code == 409
    assert "Past the due date only a supervisor can defer it." in text_of(refused)

    assert (
        sent(browse(scene.supervisor), address, reason=WHY, **typed_day("until", 7)).status_code
        == 303
    )


def test_a_supervisor_gives_one_task_to_a_colleague(scene: Scene, browse):
    colleague, task = scene.colleague(), scene.visit
    client = browse(scene.supervisor)
    typed = {"staff_number": colleague.staff_number.lower(), "reason": WHY}
    form = hidden(client, page_of(task, "reassign-task")) | typed

    answers = [client.post(page_of(task, "reassign-task"), form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303], "a double click"
    task.refresh_from_db()
    scene.person.refresh_from_db()
    assert task.owner == colleague
    assert scene.person.offender_manager == scene.manager
    assert Event.objects.filter(action="task.reassign", operation="alteration").count() == 1
    page = text_of(client.get(address_of_task(task)))
    assert "The task has been given away." in page
    assert f"With {colleague.display_name}." in page


@pytest.mark.parametrize(
    ("who", "status", "said"),
    [
        ("nobody", 400, "No officer has that staff number."),
        ("someone who left", 400, "That officer's account is closed."),
        ("someone with a tie", 409, "That officer may not do this task."),
        ("an inspector", 409, "That officer may not do this task."),
    ],
)
def test_a_task_goes_to_who_can_do_it(scene: Scene, browse, who, status, said):
    tied = scene.colleague()
    ConflictOfInterest.objects.create(
        offender=scene.person, user=tied, declared_by=scene.supervisor
    )
    numbers = {
        "nobody": "NOBODY",
        "someone who left": make.officer(team=scene.manager.team, is_active=False).staff_number,
        "someone with a tie": tied.staff_number,
        "an inspector": scene.colleague(INSP).staff_number,
    }
    address = page_of(scene.visit, "reassign-task")

    answer = sent(browse(scene.supervisor), address, staff_number=numbers[who], reason=WHY)

    assert answer.status_code == status
    assert said in text_of(answer)
    assert scene.visit.owner == scene.manager


def test_a_page_from_before_a_change_is_stale(scene: Scene, browse, ahead: Task):
    client = browse(scene.supervisor)
    old = hidden(client, page_of(ahead, "reassign-task"))
    sent(client, page_of(ahead, "defer-task"), reason=WHY, **typed_day("until", 7))
    typed = {"staff_number": scene.colleague().staff_number, "reason": WHY}

    answer = client.post(page_of(ahead, "reassign-task"), old | typed)

    assert answer.status_code == 412
    assert WHY in answer.content.decode()
    ahead.refresh_from_db()
    assert ahead.owner == scene.manager


def test_a_task_that_was_done_meanwhile_is_not_put_off(scene: Scene, browse):
    person = make.person(manager=scene.manager, **overdue())
    task = make.task_of(person)
    client = browse(scene.supervisor)
    form = hidden(client, page_of(task, "defer-task")) | {"reason": WHY} | typed_day("until", 7)
    doing.visit(person, by=scene.manager)

    answer = client.post(page_of(task, "defer-task"), form)

    assert answer.status_code == 409
    assert "This task is no longer open." in text_of(answer)
