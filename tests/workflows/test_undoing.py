"""Undoing a reassignment: one step, within a day, and only what has not changed since."""

import datetime as dt

import pytest
import time_machine
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from accounts.actor import Actor
from accounts.models import Role, User
from audit.models import Event, Payload
from offenders.errors import RuleBroken
from offenders.models import Offender
from tests.workflows import crowd
from workflows.actions.caseload import reassign_caseload
from workflows.actions.undoing import undo_reassignment
from workflows.errors import NotVisible
from workflows.models import Alert, Reassignment, Task

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
LATE, SOON = TODAY - dt.timedelta(days=9), TODAY + dt.timedelta(days=3)
LATER = TODAY + dt.timedelta(days=90)


@pytest.fixture
def team():
    return crowd.team(crowd.force())


@pytest.fixture
def giver(team) -> User:
    return crowd.officer(team=team)


@pytest.fixture
def receiver(team) -> User:
    return crowd.officer(team=team)


@pytest.fixture
def supervisor(team) -> Actor:
    return Actor.of_user(crowd.officer(Role.SUPERVISOR, team=team))


def people_of(manager: User, *due: dt.date) -> list[Offender]:
    people = [crowd.person(manager) for _ in due]
    for person, day in zip(people, due, strict=True):
        crowd.owing(person, day)
    return people


def move(by: Actor, people: list[Offender], to: User) -> Reassignment:
    ids = [person.public_id for person in people]
    return reassign_caseload(by=by, offenders=ids, to=to.public_id, reason="Long absence")


def managers() -> dict[int, int | None]:
    return dict(Offender.objects.values_list("pk", "offender_manager"))


def test_undone_everyone_goes_back_with_their_work(supervisor, giver, receiver):
    people = people_of(giver, LATE, SOON)
    reassignment = move(supervisor, people, receiver)
    undone = undo_reassignment(by=supervisor, reassignment=reassignment.public_id)
    assert undone.undone_by_id == supervisor.user_id
    assert set(Offender.objects.values_list("offender_manager", flat=True)) == {giver.pk}
    assert set(Task.objects.open().values_list("owner", flat=True)) == {giver.pk}
    assert set(undone.moves.values_list("returned", flat=True)) == {True}


def test_undo_leaves_what_changed_since(supervisor, giver, receiver, team):
    third = crowd.officer(team=team)
    moved_on, lost, plain = people = people_of(giver, LATE, SOON, LATER)
    reassignment = move(supervisor, people, receiver)
    move(supervisor, [moved_on], third)
    crowd.conflict(lost, giver)
    undo_reassignment(by=supervisor, reassignment=reassignment.public_id)
    managers = dict(Offender.objects.values_list("pk", "offender_manager"))
    assert managers == {moved_on.pk: third.pk, lost.pk: receiver.pk, plain.pk: giver.pk}
    returned = dict(reassignment.moves.values_list("offender", "returned"))
    assert returned == {moved_on.pk: False, lost.pk: False, plain.pk: True}


def test_people_nobody_managed_go_back_to_nobody(supervisor, receiver, team):
    person = crowd.person(None, team=team)
    crowd.owing(person, LATE)
    reassignment = move(supervisor, [person], receiver)
    undo_reassignment(by=supervisor, reassignment=reassignment.public_id)
    assert Offender.objects.get().offender_manager is None
    assert Task.objects.open().get().status == "NEW"


@pytest.mark.parametrize(
    ("standing", "goes", "reason"),
    [
        ({"is_active": False}, "supervisor", "the account was closed"),
        ({"vetting_expires_on": TODAY - dt.timedelta(days=1)}, "supervisor", "vetting lapsed"),
        ({"vetting_expires_on": None}, "supervisor", "not vetted any more"),
        ({"vetting_expires_on": TODAY}, "giver", "the last day of vetting"),
        (
            {"is_active": False, "vetting_expires_on": None, "password": make_password(None)},
            "giver",
            "named by an extract, and nobody opened the account: what stood is restored",
        ),
    ],
)
def test_what_would_return_to_an_officer_who_may_not_go_on_goes_to_the_supervisor(
    supervisor, giver, receiver, *, standing, goes, reason
):
    [person] = people_of(giver, TODAY)
    reassignment = move(supervisor, [person], receiver)
    User.objects.filter(pk=giver.pk).update(**standing)

    undo_reassignment(by=supervisor, reassignment=reassignment.public_id)

    expected = {"supervisor": supervisor.user_id, "giver": giver.pk}[goes]
    assert managers() == {person.pk: expected}, reason
    assert Task.objects.open().get(offender=person).owner_id == expected
    told = Alert.objects.filter(about=Alert.About.WORK_HANDED_OVER)
    assert [(alert.to_id, alert.officer, alert.people) for alert in told] == (
        [(supervisor.user_id, giver, 1)] if goes == "supervisor" else []
    )


def test_without_a_supervisor_who_may_have_them_they_wait_in_the_team(supervisor, giver, receiver):
    [person] = people_of(giver, TODAY)
    reassignment = move(supervisor, [person], receiver)
    User.objects.filter(pk=giver.pk).update(is_active=False)
    inspector = Actor.of_user(crowd.officer(Role.INSPECTOR, force=person.force))
    crowd.conflict(person, User.objects.get(pk=supervisor.user_id))

    undo_reassignment(by=inspector, reassignment=reassignment.public_id)

    assert managers() == {person.pk: None}
    assert Task.objects.open().get(offender=person).status == "NEW"


def test_whom_the_supervisor_has_already_stays_with_them(supervisor, giver):
    [person] = people_of(giver, TODAY)
    reassignment = move(supervisor, [person], User.objects.get(pk=supervisor.user_id))
    User.objects.filter(pk=giver.pk).update(is_active=False)

    undone = undo_reassignment(by=supervisor, reassignment=reassignment.public_id)

    assert managers() == {person.pk: supervisor.user_id}
    assert not undone.moves.get().returned


def _sent_to_another_team(person: Offender, supervisor: Actor) -> None:
    inspector = Actor.of_user(crowd.officer(Role.INSPECTOR, force=person.force))
    move(inspector, [person], crowd.officer(team=crowd.team(person.force)))


def _tied_to_the_supervisor(person: Offender, supervisor: Actor) -> None:
    crowd.conflict(person, User.objects.get(pk=supervisor.user_id))


@pytest.mark.parametrize("left_sight", [_sent_to_another_team, _tied_to_the_supervisor])
def test_who_left_the_supervisors_sight_stays_and_is_not_spoken_of(
    supervisor, giver, receiver, left_sight
):
    gone, plain = people_of(giver, LATE, SOON)
    reassignment = move(supervisor, [gone, plain], receiver)
    left_sight(gone, supervisor)
    before = managers()

    undo_reassignment(by=supervisor, reassignment=reassignment.public_id)

    assert managers() == before | {plain.pk: giver.pk}
    assert dict(reassignment.moves.values_list("offender", "returned")) == {
        gone.pk: False,
        plain.pk: True,
    }
    event = Event.objects.filter(action="caseload.reassign").latest("pk")
    said = Payload.objects.get(event_id=event.pk).payload
    assert (said["people"], said["kept"], event.row_count) == ([str(plain.public_id)], 0, 1)
    assert (event.reason, said["undone"]) == ("", True), "nobody types why"


def test_a_reassignment_of_which_nothing_is_seen_any_more_is_not_there(supervisor, giver, receiver):
    [person] = people_of(giver, LATE)
    reassignment = move(supervisor, [person], receiver)
    _sent_to_another_team(person, supervisor)

    with pytest.raises(NotVisible):
        undo_reassignment(by=supervisor, reassignment=reassignment.public_id)
    reassignment.refresh_from_db()
    assert reassignment.undone_at is None


def test_undo_works_once_and_within_a_day(supervisor, giver, receiver):
    first = move(supervisor, people_of(giver, LATE), receiver)
    undo_reassignment(by=supervisor, reassignment=first.public_id)
    with pytest.raises(RuleBroken, match="already"):
        undo_reassignment(by=supervisor, reassignment=first.public_id)
    second = move(supervisor, people_of(giver, LATE), receiver)
    next_day = timezone.now() + dt.timedelta(hours=24, minutes=1)
    with time_machine.travel(next_day), pytest.raises(RuleBroken, match="24 hours"):
        undo_reassignment(by=supervisor, reassignment=second.public_id)


def test_another_teams_reassignment_is_not_there(supervisor, giver, receiver, team):
    reassignment = move(supervisor, people_of(giver, LATE), receiver)
    other = Actor.of_user(crowd.officer(Role.SUPERVISOR, team=crowd.team(team.force)))
    with pytest.raises(NotVisible):
        undo_reassignment(by=other, reassignment=reassignment.public_id)
