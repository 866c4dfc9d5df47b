"""Nobody is ever unowned unseen: every way to lose an officer ends in a list, and is told of."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from accounts.actor import Actor
from accounts.models import Role, Team, User
from offenders.models import Offender
from tests import make
from tests.ui.conftest import text_of
from tests.workflows import crowd, doing
from ui import words
from workflows import tasks
from workflows.actions.caseload import reassign_caseload
from workflows.actions.handing_over import declare_conflict
from workflows.actions.officers import close_account, hand_over_lapsed
from workflows.actions.undoing import undo_reassignment
from workflows.actions.unmanaged import warn_of_unmanaged
from workflows.invariants import broken
from workflows.models import Alert, Reassignment, Task
from workflows.queries.caseload import team_caseload, teams_of, unmanaged_people

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Offender:
    found = make.person()
    make.activate(found.offender_manager)
    return found


def inspector_of(person: Offender) -> User:
    return make.officer(Role.INSPECTOR, force=person.force)


def supervisor_of(person: Offender) -> User:
    return make.officer(Role.SUPERVISOR, team=person.team)


def listed(by: User, team: Team) -> set[object]:
    rows = unmanaged_people(actor=make.actor(by), team=team.public_id, today=timezone.localdate())
    return {row.id for row in rows}


def unowned_unseen() -> list[str]:
    """Managed people without an officer who stand in no list that an inspector can open."""
    people = Offender.objects.managed().filter(offender_manager__isnull=True)
    return [
        person.source_ref
        for person in people.select_related("team")
        if person.team not in teams_of(make.actor(inspector_of(person)))
        or person.public_id not in listed(inspector_of(person), person.team)
    ]


def told(user: User) -> list[int | None]:
    alerts = Alert.objects.filter(to=user, about=Alert.About.PEOPLE_UNMANAGED)
    return list(alerts.values_list("people", flat=True))


# --- the ways ------------------------------------------------------------------------------------


def account_closed(person: Offender) -> None:
    close_account(by=make.SETUP, officer=person.offender_manager)


def vetting_lapsed(person: Offender) -> None:
    User.objects.filter(pk=person.offender_manager_id).update(vetting_expires_on="2020-01-01")
    hand_over_lapsed()


def conflict_declared(person: Offender) -> None:
    manager = person.offender_manager
    declare_conflict(by=make.actor(manager), offender=person.public_id, user=manager.public_id)


def undone_to_nobody(person: Offender) -> None:
    Offender.objects.filter(pk=person.pk).update(offender_manager=None)
    inspector = make.actor(inspector_of(person))
    to = make.officer(team=person.team)
    made = reassign_caseload(
        by=inspector, offenders=[person.public_id], to=to.public_id, reason="Found one"
    )
    Reassignment.objects.filter(pk=made.pk).update(decided_at=timezone.now())
    undo_reassignment(by=inspector, reassignment=made.public_id)


def undone_to_a_closed_account(person: Offender) -> None:
    inspector, gone = make.actor(inspector_of(person)), person.offender_manager
    to = make.officer(team=person.team)
    made = reassign_caseload(
        by=inspector, offenders=[person.public_id], to=to.public_id, reason="Leaves us"
    )
    Reassignment.objects.filter(pk=made.pk).update(decided_at=timezone.now())
    close_account(by=make.SETUP, officer=gone)
    undo_reassignment(by=inspector, reassignment=made.public_id)


WAYS = [
    account_closed,
    vetting_lapsed,
    conflict_declared,
    undone_to_nobody,
    undone_to_a_closed_account,
]


@pytest.mark.parametrize("way", WAYS)
def test_where_no_supervisor_can_take_them_they_are_listed_and_told_of_at_once(person, way):
    inspector = inspector_of(person)
    way(person)
    person.refresh_from_db()
    assert person.offender_manager is None
    assert person.public_id in listed(inspector, person.team)
    found = team_caseload(
        actor=make.actor(inspector), team=person.team.public_id, today=timezone.localdate()
    )
    assert found.unmanaged == 1
    assert told(inspector) == [1]
    assert unowned_unseen() == []
    waiting = Task.objects.open().get(offender=person, step="record_outcome")
    assert (waiting.status, waiting.owner, waiting.team) == ("NEW", None, person.team)
    assert broken() == {}


@pytest.mark.parametrize("way", WAYS[:3])
def test_where_a_supervisor_can_they_go_to_the_supervisor(person, way):
    supervisor = supervisor_of(person)
    way(person)
    person.refresh_from_db()
    assert person.offender_manager == supervisor
    assert not Alert.objects.filter(about=Alert.About.PEOPLE_UNMANAGED).exists()
    assert broken() == {}


def test_moved_to_another_team_a_person_has_an_officer_there(person):
    away = doing.move_away(person)
    person.refresh_from_db()
    assert (person.offender_manager, person.team) == (away, away.team)
    assert broken() == {}


def test_an_extract_that_names_no_officer_leaves_a_person_in_the_list_of_the_team():
    manager = make.officer()
    inspector = make.officer(Role.INSPECTOR, force=manager.force)
    supervisor = make.officer(Role.SUPERVISOR, team=manager.team)
    person = make.person(manager=manager, offender_manager="")
    assert person.offender_manager is None
    assert person.public_id in listed(inspector, person.team)
    assert unowned_unseen() == []
    assert tasks.warn_of_unmanaged() == 1
    assert (told(supervisor), told(inspector)) == ([1], [])


def test_an_extract_that_names_neither_leaves_them_with_the_unallocated():
    manager = make.officer()
    inspector = make.officer(Role.INSPECTOR, force=manager.force)
    person = make.person(manager=manager, offender_manager="", team="")
    assert person.team.name == "Unallocated"
    assert person.public_id in listed(inspector, person.team)
    assert warn_of_unmanaged() == 1
    assert told(inspector) == [1], "the team has no supervisor"


# --- being told ----------------------------------------------------------------------------------


def test_a_supervisor_is_told_each_day_until_everyone_has_an_officer():
    team = crowd.team(crowd.force())
    supervisor = crowd.officer(Role.SUPERVISOR, team=team)
    alone = [crowd.person(None, team=team) for _ in range(2)]
    crowd.person(crowd.officer(team=team))
    assert (warn_of_unmanaged(), warn_of_unmanaged()) == (1, 0)
    with time_machine.travel(timezone.now() + dt.timedelta(days=1)):
        assert warn_of_unmanaged() == 1
        assert told(supervisor) == [2, 2]
    taker = crowd.officer(team=team)
    Offender.objects.filter(pk__in=[person.pk for person in alone]).update(offender_manager=taker)
    with time_machine.travel(timezone.now() + dt.timedelta(days=2)):
        assert warn_of_unmanaged() == 0


def test_nobody_is_told_of_whom_they_may_not_see():
    team = crowd.team(crowd.force())
    supervisor = crowd.officer(Role.SUPERVISOR, team=team)
    hidden = crowd.person(None, team=team, is_restricted=True)
    tied = crowd.person(None, team=team)
    crowd.conflict(tied, supervisor)
    assert warn_of_unmanaged() == 0
    crowd.named(hidden, supervisor)
    assert warn_of_unmanaged() == 1
    assert told(supervisor) == [1]


def test_only_those_in_date_and_of_the_force_are_told():
    team = crowd.team(crowd.force())
    crowd.person(None, team=team)
    lapsed = crowd.officer(Role.SUPERVISOR, team=team)
    User.objects.filter(pk=lapsed.pk).update(vetting_expires_on="2020-01-01")
    inspector = crowd.officer(Role.INSPECTOR, force=team.force)
    crowd.officer(Role.INSPECTOR, force=crowd.force())
    assert warn_of_unmanaged() == 1
    assert told(inspector) == [1]


def test_whoever_is_not_registered_any_more_is_not_told_of():
    team = crowd.team(crowd.force())
    crowd.officer(Role.SUPERVISOR, team=team)
    one, two = crowd.officer(team=team), crowd.officer(team=team)
    crowd.person(
        None,
        team=team,
        registration_ended_on=timezone.localdate(),
        end_proposed_by=one,
        end_endorsed_by=two,
    )
    assert warn_of_unmanaged() == 0


def test_it_is_said_in_words(client):
    team = crowd.team(crowd.force())
    supervisor = crowd.officer(Role.SUPERVISOR, team=team)
    crowd.person(None, team=team)
    warn_of_unmanaged()
    client.force_login(supervisor, backend="django.contrib.auth.backends.ModelBackend")
    said = words.alert_words("people_unmanaged", 1, "", "")
    assert said == "1 person of a team without an offender manager. Give them to an officer"
    assert said in text_of(client.get("/alerts"))
    assert Actor.of_user(supervisor).is_current
