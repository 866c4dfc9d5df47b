"""Moving people between offender managers: all or none, nothing due moves."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.actor import Actor
from accounts.errors import NotPermitted, ReasonRequired
from accounts.models import Role, User
from audit.models import Event, Payload
from offenders.errors import Invalid, RuleBroken, Stale
from offenders.models import Offender
from tests.workflows import crowd
from workflows.actions.caseload import preview_reassignment, reassign_caseload
from workflows.errors import NotVisible
from workflows.models import Obligation, Reassignment, ReassignmentMove, Task

pytestmark = pytest.mark.django_db

#: A Monday in winter. The clock stands at its noon: nothing here depends on when it is run.
TODAY = dt.date(2026, 11, 23)
LATE, SOON = TODAY - dt.timedelta(days=9), TODAY + dt.timedelta(days=3)
LATER = TODAY + dt.timedelta(days=90)


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with time_machine.travel(dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC), tick=False):
        yield


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


@pytest.fixture
def inspector(team) -> Actor:
    return Actor.of_user(crowd.officer(Role.INSPECTOR, force=team.force))


def people_of(manager: User, *due: dt.date, level: str = "medium") -> list[Offender]:
    people = [crowd.person(manager, management_level=level) for _ in due]
    for person, day in zip(people, due, strict=True):
        crowd.owing(person, day)
    return people


def ids(people):
    return [person.public_id for person in people]


def move(by: Actor, people: list[Offender], to: User, **kwargs: object) -> Reassignment:
    kwargs.setdefault("reason", "Long absence")
    made = reassign_caseload(by=by, offenders=ids(people), to=to.public_id, **kwargs)
    # By the clock of the test, not the database's, which may say another day.
    Reassignment.objects.filter(pk=made.pk).update(decided_at=timezone.now())
    return made


def test_people_and_their_open_work_go_to_the_new_manager(supervisor, giver, receiver):
    people = people_of(giver, LATE, LATER)
    move(supervisor, people, receiver)
    for person in people:
        before = person.version
        person.refresh_from_db()
        assert (person.offender_manager, person.version) == (receiver, before + 1)
        assert Task.objects.open().get(offender=person).owner == receiver


def test_due_dates_stay(supervisor, giver, receiver):
    people = people_of(giver, LATE, LATER)
    before = list(Obligation.objects.order_by("pk").values())
    move(supervisor, people, receiver)
    assert list(Obligation.objects.order_by("pk").values()) == before
    assert set(Task.objects.open().values_list("due_on", flat=True)) == {LATE, LATER}


def test_an_endorsement_that_an_officer_took_stays_theirs(supervisor, giver, receiver):
    [person] = people_of(giver, LATER)
    kept = crowd.task(person, SOON, "risk_reassessment")
    endorse = kept.process.flow_class.endorse  # a step that does not follow the manager
    Task.objects.filter(pk=kept.pk).update(
        flow_task=endorse, step="endorse", owner=giver, status="ASSIGNED"
    )
    move(supervisor, [person], receiver)
    kept.refresh_from_db()
    assert kept.owner == giver


def test_one_event_names_everyone_who_moved(supervisor, giver, receiver):
    people = people_of(giver, LATE, SOON, LATER)
    reassignment = move(supervisor, people, receiver)
    event = Event.objects.get(action="caseload.reassign")
    assert event.subject == f"reassignment:{reassignment.public_id}"
    assert (event.row_count, event.reason) == (3, "Long absence")
    payload = Payload.objects.get(event_id=event.pk).payload
    assert sorted(payload["people"]) == sorted(str(person.public_id) for person in people)


def statements(by: Actor, people: list[Offender], to: User) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        move(by, people, to)
    return sum("SAVEPOINT" not in query["sql"] for query in asked)


def test_sixty_people_cost_as_many_statements_as_two(supervisor, giver, receiver):
    few = people_of(giver, *[LATE] * 2, level="low")
    many = people_of(giver, *[LATE] * 60, level="low")
    assert statements(supervisor, few, receiver) == statements(supervisor, many, receiver)


def test_the_preview_says_what_each_officer_has_before_and_after(supervisor, giver, receiver):
    _, *moving = people_of(giver, LATE, LATE, SOON)
    people_of(receiver, LATER)
    shown = preview_reassignment(by=supervisor, offenders=ids(moving), to=receiver.public_id)
    gives, receives = shown.officers
    assert (gives.id, receives.id) == (giver.public_id, receiver.public_id)
    assert [(load.people, load.overdue) for load in (gives.before, gives.after)] == [(3, 2), (1, 1)]
    assert (receives.before.people, receives.after.people) == (1, 3)
    assert (receives.before.overdue, receives.after.overdue) == (0, 1)
    assert (
        gives.before.points - gives.after.points == receives.after.points - receives.before.points
    )
    assert {row.id for row in shown.imminent} == set(ids(moving))
    assert not Reassignment.objects.exists()


def test_the_preview_is_what_is_decided_on(supervisor, giver, receiver):
    people = people_of(giver, LATE, SOON)
    shown = preview_reassignment(by=supervisor, offenders=ids(people), to=receiver.public_id)
    Offender.objects.filter(pk=people[0].pk).update(version=7)
    with pytest.raises(Stale):
        move(supervisor, people, receiver, seen=shown.digest)
    again = preview_reassignment(by=supervisor, offenders=ids(people), to=receiver.public_id)
    move(supervisor, people, receiver, seen=again.digest)
    assert ReassignmentMove.objects.count() == 2


def test_a_conflict_of_interest_is_shown_first_and_refused_then(supervisor, giver, receiver):
    people = people_of(giver, LATE, SOON)
    crowd.conflict(people[1], receiver)
    shown = preview_reassignment(by=supervisor, offenders=ids(people), to=receiver.public_id)
    assert shown.refused == (people[1].public_id,)
    with pytest.raises(RuleBroken, match="may not have all"):
        move(supervisor, people, receiver)
    assert set(Offender.objects.values_list("offender_manager", flat=True)) == {giver.pk}


def test_a_restricted_person_goes_only_to_a_named_user(supervisor, giver, receiver):
    [person] = people_of(giver, LATE)
    Offender.objects.filter(pk=person.pk).update(is_restricted=True)
    crowd.named(person, User.objects.get(pk=supervisor.user_id))
    with pytest.raises(RuleBroken, match="may not have all"):
        move(supervisor, [person], receiver)
    crowd.named(person, receiver)
    move(supervisor, [person], receiver)


@pytest.mark.parametrize(
    "facts",
    [
        {"vetting_expires_on": TODAY - dt.timedelta(days=1)},
        {"role": Role.AUDITOR},
        {"team": None},
    ],
    ids=["vetting has lapsed", "a role without a caseload", "no team"],
)
def test_some_officers_cannot_take_people(supervisor, giver, receiver, facts):
    people = people_of(giver, LATE)
    for name, value in facts.items():
        setattr(receiver, name, value)
    receiver.save()
    with pytest.raises(RuleBroken) as refused:
        move(supervisor, people, receiver)
    assert refused.value.code == "officer_cannot_take"


def test_a_closed_account_and_another_force_are_not_there(supervisor, giver, receiver):
    people = people_of(giver, LATE)
    User.objects.filter(pk=receiver.pk).update(is_active=False)
    for stranger in (receiver, crowd.officer(team=crowd.team(crowd.force()))):
        with pytest.raises(NotVisible):
            move(supervisor, people, stranger)


def test_an_offender_manager_moves_nobody(giver, receiver):
    with pytest.raises(NotPermitted):
        move(Actor.of_user(giver), people_of(giver, LATE), receiver)


def test_between_teams_an_inspector_decides(supervisor, inspector, giver, team):
    elsewhere = crowd.officer(team=crowd.team(team.force))
    people = people_of(giver, LATE)
    with pytest.raises(NotPermitted):
        move(supervisor, people, elsewhere)
    move(inspector, people, elsewhere)
    [task] = Task.objects.open()
    assert (task.owner, task.team) == (elsewhere, elsewhere.team)


def test_one_who_is_not_visible_stops_all(supervisor, giver, receiver, team):
    stranger = crowd.person(crowd.officer(team=crowd.team(team.force)))
    people = people_of(giver, LATE)
    with pytest.raises(NotVisible):
        move(supervisor, [*people, stranger], receiver)
    assert not Reassignment.objects.exists()


def test_it_needs_a_reason_people_and_somewhere_to_go(supervisor, giver, receiver):
    people = people_of(giver, LATE)
    with pytest.raises(ReasonRequired):
        move(supervisor, people, receiver, reason=" ")
    with pytest.raises(Invalid):
        move(supervisor, [], receiver)
    with pytest.raises(RuleBroken, match="already"):
        move(supervisor, people, giver)
