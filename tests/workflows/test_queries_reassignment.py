"""Which reassignments an officer may know of, singly and in the list of the last day."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.actor import Actor
from accounts.models import Role
from tests.workflows import crowd
from workflows.actions.caseload import reassign_caseload
from workflows.actions.undoing import undo_reassignment
from workflows.errors import NotVisible
from workflows.queries.reassignment import recent, visible

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return crowd.team(crowd.force())


@pytest.fixture
def supervisor(team) -> Actor:
    return Actor.of_user(crowd.officer(Role.SUPERVISOR, team=team))


def moved(by: Actor, team, people: int = 1):
    """`people` go from one officer of the team to another."""
    giver, receiver = crowd.officer(team=team), crowd.officer(team=team)
    moving = [crowd.person(giver) for _ in range(people)]
    made = reassign_caseload(
        by=by,
        offenders=[person.public_id for person in moving],
        to=receiver.public_id,
        reason="Leave",
    )
    return made, receiver, moving


def listed(by: Actor, team, hours: int = 24) -> list:
    since = timezone.now() - dt.timedelta(hours=hours)
    return recent(actor=by, team=team.public_id, since=since)


def test_a_reassignment_is_there_while_someone_of_it_is_seen(supervisor, team):
    made, _, [first, second] = moved(supervisor, team, people=2)
    assert visible(supervisor, made.public_id) == made
    assert [row.people for row in listed(supervisor, team)] == [2]
    me = crowd.User.objects.get(pk=supervisor.user_id)
    crowd.conflict(first, me)
    assert [m.offender for m in visible(supervisor, made.public_id).moves.all()] == [second]
    assert [row.people for row in listed(supervisor, team)] == [1]
    crowd.conflict(second, me)
    with pytest.raises(NotVisible):
        visible(supervisor, made.public_id)
    assert listed(supervisor, team) == []


def test_another_teams_supervisor_knows_nothing_of_it(supervisor, team):
    made, _, _ = moved(supervisor, team)
    stranger = Actor.of_user(crowd.officer(Role.SUPERVISOR, team=crowd.team(team.force)))
    with pytest.raises(NotVisible):
        visible(stranger, made.public_id)
    assert listed(stranger, team) == []


def test_what_can_be_undone_stands_first_then_the_newest(supervisor, team):
    oldest, undone, newest = (moved(supervisor, team, people=n)[0] for n in (1, 2, 3))
    undo_reassignment(by=supervisor, reassignment=undone.public_id)
    rows = listed(supervisor, team)
    assert [(row.id, row.people) for row in rows] == [
        (newest.public_id, 3),
        (oldest.public_id, 1),
        (undone.public_id, 2),
    ]
    assert [row.undone_at is None for row in rows] == [True, True, False]


def test_the_list_is_one_statement_of_the_hours_and_the_team_asked_for(supervisor, team):
    _, receiver, _ = moved(supervisor, team, people=3)
    with CaptureQueriesContext(connection) as asked:
        [row] = listed(supervisor, team)
    assert len(asked) == 1
    assert (row.people, row.to) == (3, receiver.display_name)
    assert listed(supervisor, team, hours=0) == []
    inspector = Actor.of_user(crowd.officer(Role.INSPECTOR, force=team.force))
    assert len(listed(inspector, team)) == 1
    assert listed(inspector, crowd.team(team.force)) == []
