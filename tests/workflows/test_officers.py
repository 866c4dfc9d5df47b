"""A closed account and lapsed vetting move the open work at once (PRACTICE 15)."""

import datetime as dt

import pytest
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.utils import timezone

from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.models import Role, User
from accounts.standing import may_not_go_on
from offenders.models import Offender
from tests import make
from workflows.actions.officers import HandedOver, close_account, hand_over_lapsed
from workflows.models import Alert, Task

pytestmark = pytest.mark.django_db


def scene():
    person = make.person()
    manager = make.activate(person.offender_manager)
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    return person, manager, supervisor


def test_a_closed_account_gives_its_work_to_the_supervisor_in_the_same_step(capsys):
    person, manager, supervisor = scene()
    due_on = make.task_of(person).due_on

    call_command("close_account", manager.staff_number, force=person.force.code)

    person.refresh_from_db()
    task = make.task_of(person)
    assert (person.offender_manager, task.owner, task.due_on) == (supervisor, supervisor, due_on)
    assert not User.objects.get(pk=manager.pk).is_active
    assert "1 people" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("days", "moved", "reason"),
    [
        (-1, 1, "lapsed yesterday"),
        (0, 0, "its last day"),
        (30, 0, "in date"),
        (None, 1, "never vetted, so that nothing is granted"),
    ],
)
def test_lapsed_vetting_moves_the_work(days, moved, reason):
    person, manager, supervisor = scene()
    expires = days if days is None else timezone.localdate() + dt.timedelta(days=days)
    User.objects.filter(pk=manager.pk).update(vetting_expires_on=expires)

    assert hand_over_lapsed().people == moved, reason
    assert hand_over_lapsed().people == 0, "safe to run twice"

    assert (make.task_of(person).owner == supervisor) is bool(moved)


def test_accounts_that_nobody_opened_keep_the_people_an_extract_gave_them():
    person = make.person()
    make.officer(Role.SUPERVISOR, team=person.team)

    assert hand_over_lapsed().people == 0
    assert make.task_of(person).owner == person.offender_manager


def test_people_who_came_to_a_closed_account_go_on_to_the_supervisor():
    person, manager, supervisor = scene()
    close_account(by=make.SETUP, officer=manager)
    Offender.objects.filter(pk=person.pk).update(offender_manager=manager)

    assert hand_over_lapsed() == HandedOver(people=1)

    person.refresh_from_db()
    assert person.offender_manager == supervisor
    told = Alert.objects.filter(to=supervisor, about=Alert.About.WORK_HANDED_OVER)
    assert told.count() == 2, "each time it came to the supervisor"


def test_whoever_has_people_and_no_open_task_is_handed_over_too():
    person, manager, supervisor = scene()
    Task.objects.open().update(owner=None, status="NEW")
    User.objects.filter(pk=manager.pk).update(vetting_expires_on=dt.date(2020, 1, 1))

    assert hand_over_lapsed() == HandedOver(people=1)
    assert make.task_of(person).owner == supervisor


def test_only_who_manages_accounts_closes_one():
    _, manager, supervisor = scene()

    with pytest.raises(NotPermitted):
        close_account(by=make.actor(supervisor), officer=manager)
    assert User.objects.get(pk=manager.pk).is_active


@pytest.mark.parametrize("is_active", [True, False])
@pytest.mark.parametrize("days", [None, -1, 0, 1])
@pytest.mark.parametrize("password", ["a pass-phrase", None])
def test_who_may_not_go_on_is_who_is_not_current_but_for_accounts_never_opened(
    is_active, days, password
):
    today = timezone.localdate()
    officer = make.officer()
    User.objects.filter(pk=officer.pk).update(
        is_active=is_active,
        vetting_expires_on=days if days is None else today + dt.timedelta(days=days),
        password=make_password(password),
    )
    officer.refresh_from_db()
    never_opened = not is_active and days is None and password is None

    found = User.objects.filter(may_not_go_on(today), pk=officer.pk).exists()

    assert found is (not Actor.of_user(officer).is_current and not never_opened)
