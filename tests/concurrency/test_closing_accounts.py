"""An account closes while its officer is given people: nobody is left with a closed account."""

import pytest
from django.db import connection

from accounts.models import Role, User
from offenders.models import Offender
from tests import make
from tests.concurrency.racing import one_after_the_other, race
from workflows.actions import caseload, undoing
from workflows.actions.handing_over import declare_conflict
from workflows.actions.locking import lock_person
from workflows.actions.officers import HandedOver, close_account, hand_over_lapsed
from workflows.errors import NotVisible

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]


@pytest.fixture
def scene():
    """A person, the team's supervisor, and a colleague whose account is about to close."""
    person = make.person()
    make.activate(person.offender_manager)
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    return person, supervisor, make.officer(team=person.team)


def give(person: Offender, by: User, to: User):
    return caseload.reassign_caseload(
        by=make.actor(by), offenders=[person.public_id], to=to.public_id, reason="Leave"
    )


def close(officer: User):
    return close_account(by=make.SETUP, officer=User.objects.get(pk=officer.pk))


def test_whom_an_officer_is_given_while_the_account_closes_goes_to_the_supervisor(scene):
    person, supervisor, leaver = scene

    _, closed = one_after_the_other(lambda: give(person, supervisor, leaver), lambda: close(leaver))

    assert closed == 1
    person.refresh_from_db()
    assert person.offender_manager == supervisor
    assert make.task_of(person).owner == supervisor


def test_an_account_that_is_closing_is_given_nobody(scene):
    person, supervisor, leaver = scene
    manager = person.offender_manager

    _, given = one_after_the_other(lambda: close(leaver), lambda: give(person, supervisor, leaver))

    assert isinstance(given, NotVisible)
    person.refresh_from_db()
    assert person.offender_manager == manager


def test_an_undo_while_the_old_officers_account_closes_leaves_nobody_there(scene):
    person, supervisor, receiver = scene
    leaver = person.offender_manager
    reassignment = give(person, supervisor, receiver)

    one_after_the_other(
        lambda: close(leaver),
        lambda: undoing.undo_reassignment(
            by=make.actor(supervisor), reassignment=reassignment.public_id
        ),
    )

    person.refresh_from_db()
    assert person.offender_manager == supervisor


def test_supervisors_who_leave_at_once_do_not_wait_for_each_other(scene):
    person, supervisor, _ = scene
    other = make.officer(Role.SUPERVISOR, team=person.team)
    leaving = [supervisor, other]
    theirs = [make.person(manager=officer) for officer in leaving]

    closed = race(2, lambda position: close(leaving[position]))

    assert sorted(closed) == [1, 2], "the second hands on what came from the first"
    for each in theirs:
        each.refresh_from_db()
        assert each.offender_manager is None
    assert not User.objects.filter(pk__in=[officer.pk for officer in leaving], is_active=True)


def test_a_conflict_and_a_closing_account_do_not_wait_for_each_other(scene):
    person, supervisor, _ = scene
    manager = person.offender_manager

    results = race(
        2,
        lambda position: (
            close(supervisor)
            if position
            else declare_conflict(
                by=make.actor(manager), offender=person.public_id, user=manager.public_id
            )
        ),
    )

    assert not [each for each in results if isinstance(each, Exception)]
    person.refresh_from_db()
    assert person.offender_manager is None


def test_an_officer_whose_people_are_busy_waits_for_the_next_run_and_the_others_do_not(scene):
    person, supervisor, lapsed = scene
    busy = person.offender_manager
    free = make.person(manager=lapsed)
    User.objects.filter(pk__in=[busy.pk, lapsed.pk]).update(vetting_expires_on="2020-01-01")

    def run_impatiently():
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '200ms'")
        return hand_over_lapsed()

    _, done = one_after_the_other(lambda: lock_person(person.pk), run_impatiently)

    assert done == HandedOver(people=1, busy=1)
    free.refresh_from_db()
    assert free.offender_manager == supervisor
    assert hand_over_lapsed() == HandedOver(people=1)
