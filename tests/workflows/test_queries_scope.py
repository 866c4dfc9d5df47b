"""The rule of who sees whom stands twice: as a QuerySet, and as SQL for the hot lists. Equal?"""

import datetime as dt
import random
from dataclasses import replace

import pytest

from accounts.actor import Actor
from accounts.models import Role, User
from accounts.models.user import PEOPLE
from accounts.policy import RULES, SCOPES, SYSTEM_ACTIONS, Action, Grant, Reach, grant
from offenders.models import Offender
from tests.workflows import crowd
from workflows.models import Task
from workflows.queries import scope
from workflows.queries.sql import Clause, read
from workflows.querysets import TaskQuerySet

pytestmark = pytest.mark.django_db

DUE = dt.date(2026, 11, 30)
TASKS = "SELECT t.id FROM workflows_task t JOIN offenders_offender o ON o.id = t.offender_id"


def seen_people(actor: Actor, action: Action) -> set[int]:
    where = scope.people(actor, action)
    return _keys("SELECT o.id FROM offenders_offender o", where)


def seen_tasks(actor: Actor, action: Action) -> set[int]:
    where = scope.tasks(actor, action)
    return _keys(TASKS, where)


def _keys(select: str, where: Clause) -> set[int]:
    return {key for (key,) in read(Clause(f"{select} WHERE {where.sql}", where.params))}


def human() -> TaskQuerySet:
    """What officers do; gates and timers are about nobody and in no list."""
    return Task.objects.filter(flow_task_type="HUMAN")


def keys(rows: object) -> set[int]:
    return set(rows.values_list("pk", flat=True))


@pytest.fixture
def actors() -> list[Actor]:
    """Every role in three teams of two forces, with ties to people drawn at random (seeded)."""
    draw = random.Random(20261123)
    first, other = crowd.force(), crowd.force()
    teams = [crowd.team(first), crowd.team(first), crowd.team(other)]
    users = [crowd.officer(role, team=team) for team in teams for role in PEOPLE]
    users.append(crowd.officer(Role.INSPECTOR, force=first))
    managers = [user for user in users if user.role == Role.OFFENDER_MANAGER]
    for number in range(36):
        restricted = number % 3 == 0
        person = crowd.person(draw.choice(managers), is_restricted=restricted)
        ties(draw, person, users)
        crowd.task(person, DUE)
        kept = draw.choice(users)
        stands = draw.choice(["ASSIGNED", "ASSIGNED", "DONE"])
        crowd.task(person, DUE, "risk_reassessment", step="write_up", owner=kept, status=stands)
    acting = [
        replace(
            Actor.of_user(delegate),
            role=Role(giver.role),
            team_ids=(giver.team_id,) if giver.team_id else (),
            acting_for_id=giver.pk,
            acting_for_key=str(giver.public_id),
            acting_for_label=giver.staff_number,
        )
        for giver in users
        if giver.role in (Role.SUPERVISOR, Role.INSPECTOR)
        for delegate in users[:3]
        if delegate != giver
    ]
    return [
        *map(Actor.of_user, users),
        *acting,
        *clients(first.pk, teams[0].pk),
        Actor.system("sweep"),
    ]


def ties(draw: random.Random, person: Offender, users: list[User]) -> None:
    for user in draw.sample(users, 4):
        crowd.conflict(person, user, withdrawn=draw.random() < 0.4)
    for user in draw.sample(users, 6):
        crowd.named(person, user, ended=draw.random() < 0.3)


def clients(force_id: int, team_id: int) -> list[Actor]:
    whole = Actor(
        kind="client",
        key="c",
        label="System",
        role=Role.INTEGRATION,
        force_id=force_id,
        team_ids=(),
        user_id=None,
        client_id="c",
        scopes=frozenset(SCOPES.values()),
        is_current=True,
        whole_force=True,
    )
    bound = replace(whole, team_ids=(team_id,), whole_force=False)
    return [whole, bound, replace(bound, team_ids=()), replace(whole, scopes=frozenset())]


def different(actor: Actor) -> list[Action]:
    """One action for each way in which the table lets `actor` act, and one it refuses."""
    return list({grant(actor, action): action for action in Action}.values())


def test_the_sql_sees_exactly_the_people_that_permitted_sees(actors):
    answers = set()
    for actor in actors:
        for action in different(actor):
            expected = keys(Offender.objects.permitted(actor, action))
            assert seen_people(actor, action) == expected, (actor.role, action)
            answers.add(len(expected))
    assert len(answers) > 5  # the crowd tells roles apart


def test_the_sql_sees_exactly_the_tasks_that_permitted_sees(actors):
    answers = set()
    for actor in actors:
        for action in different(actor):
            expected = keys(human().permitted(actor, action))
            assert seen_tasks(actor, action) == expected, (actor.role, action)
            answers.add(len(expected))
    assert len(answers) > 5


@pytest.mark.parametrize("reach", list(Reach))
def test_every_reach_is_translated_whoever_is_given_it_later(actors, reach, monkeypatch):
    given = {role: Grant(reach) for role in Role}
    monkeypatch.setitem(RULES, Action.TASK_VIEW, given)
    for actor in actors:
        expected = keys(human().permitted(actor, Action.TASK_VIEW))
        assert seen_tasks(actor, Action.TASK_VIEW) == expected, (actor.role, reach)


def test_lapsed_vetting_sees_nobody_not_even_a_kept_write_up(actors):
    for actor in actors:
        lapsed = replace(actor, is_current=False)
        assert seen_tasks(lapsed, Action.TASK_VIEW) == set()


def test_a_job_sees_everyone_it_may_work_on():
    person = crowd.person(crowd.officer(team=crowd.team(crowd.force())), is_restricted=True)
    job = Actor.system("sweep")
    assert Action.DUE_VISITS_READ in SYSTEM_ACTIONS
    assert seen_people(job, Action.DUE_VISITS_READ) == {person.pk}
    assert seen_people(job, Action.TASK_VIEW) == set()
