"""A closed account and lapsed vetting move the open work at once (PRACTICE 15)."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import Role, User
from tests import make
from workflows.actions.officers import hand_over_lapsed

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
    [(-1, 1, "lapsed yesterday"), (0, 0, "its last day"), (30, 0, "in date")],
)
def test_lapsed_vetting_moves_the_work(days, moved, reason):
    person, manager, supervisor = scene()
    expires = timezone.localdate() + dt.timedelta(days=days)
    User.objects.filter(pk=manager.pk).update(vetting_expires_on=expires)

    assert hand_over_lapsed() == moved, reason
    assert hand_over_lapsed() == 0, "safe to run twice"

    assert (make.task_of(person).owner == supervisor) is bool(moved)


def test_accounts_that_nobody_opened_keep_the_people_an_extract_gave_them():
    person = make.person()
    make.officer(Role.SUPERVISOR, team=person.team)

    assert hand_over_lapsed() == 0
    assert make.task_of(person).owner == person.offender_manager
