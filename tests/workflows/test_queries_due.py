"""The due list: the plain rows, complete in pages, the same from facts as from obligations."""

import datetime as dt
import random

import orjson
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.actor import Actor
from accounts.models import Role
from accounts.policy import SCOPES
from tests import make
from tests.workflows import crowd, doing, oracle
from tests.workflows.plans import plan_of
from workflows.models import Kind, Obligation
from workflows.queries.due import DueRow, due_rows, shape, stream_due_rows
from workflows.reconcile import reconcile

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 23)
DAY = dt.timedelta(days=1)
AHEAD = TODAY + 28 * DAY
WINDOW = {"from_on": TODAY, "to_on": AHEAD, "as_of": TODAY, "today": TODAY}


@pytest.fixture
def team():
    return crowd.team(crowd.force())


@pytest.fixture
def officer(team):
    return crowd.officer(team=team)


@pytest.fixture
def inspector(team) -> Actor:
    return Actor.of_user(crowd.officer(Role.INSPECTOR, force=team.force))


def crowd_of(number: int, *managers: object) -> None:
    """Many due on the same few days, of every kind, most of them visits."""
    draw = random.Random(7)
    for _ in range(number):
        manager = draw.choice(managers)
        person = crowd.person(manager, management_level=draw.choice(["high", "low"]))
        days = draw.choice([-300, -300, -1, 0, 0, 3, 28, 29, 200])
        kind = draw.choice([Kind.HOME_VISIT, draw.choice([*Kind])])
        crowd.owing(person, TODAY + days * DAY, kind)


def everyone(actor: Actor, limit: int = 4, **asked: object) -> list[DueRow]:
    asked = WINDOW | asked
    rows, after = [], None
    while True:
        page = due_rows(actor=actor, after=after, limit=limit, **asked)
        rows += page.rows
        if page.next is None:
            return rows
        after = page.next


def shown(actor: Actor, **asked: object) -> bytes:
    return orjson.dumps([shape(row) for row in everyone(actor, **asked)])


def plain(actor: Actor, **filters: object) -> bytes:
    return orjson.dumps(oracle.due(actor, TODAY, **({"kind": "home_visit"} | filters)))


def days_of(rows: list[DueRow]) -> set[int]:
    return {(row.due_on - TODAY).days for row in rows}


def test_the_list_is_the_plain_one_to_the_byte(officer, inspector, team):
    crowd_of(
        90,
        officer,
        crowd.officer(team=crowd.team(team.force)),
        crowd.officer(team=crowd.team(crowd.force())),
    )
    for by in (inspector, Actor.of_user(officer)):
        expected = plain(by, due_on__lte=AHEAD)
        assert len(orjson.loads(expected)) > 8
        assert shown(by) == expected


def test_several_kinds_come_in_one_order(officer, inspector):
    crowd_of(60, officer)
    kinds = [Kind.HOME_VISIT, Kind.RISK_REASSESSMENT, Kind.PERIODIC_NOTIFICATION]
    expected = orjson.dumps(oracle.due(inspector, TODAY, kind__in=kinds, due_on__lte=AHEAD))
    assert shown(inspector, kinds=kinds) == expected


@pytest.mark.parametrize(
    ("asked", "days", "why"),
    [
        ({}, {-300, -1, 0, 3, 28}, "everything overdue, then the four weeks"),
        ({"to_on": TODAY + 2 * DAY}, {-300, -1, 0}, "a shorter window"),
        ({"from_on": TODAY + 2 * DAY}, {-300, -1, 3, 28}, "overdue whatever `from`"),
        ({"from_on": TODAY - 9 * DAY}, {-300, -1, 0, 3, 28}, "overdue before `from` too"),
        ({"to_on": TODAY - 30 * DAY, "from_on": TODAY - 400 * DAY}, {-300, -1}, "and after `to`"),
        ({"include_overdue": False}, {0, 3, 28}, "left out expressly"),
        ({"include_overdue": False, "from_on": TODAY - DAY}, {-1, 0, 3, 28}, "asked for by date"),
    ],
)
def test_nothing_overdue_is_ever_left_out_by_a_window(officer, inspector, asked, days, why):
    for day in (-300, -1, 0, 3, 28, 29):
        crowd.owing(crowd.person(officer), TODAY + day * DAY)
    assert days_of(everyone(inspector, **asked)) == days, why


def test_a_team_narrows_and_never_widens(officer, team, inspector):
    other = crowd.officer(team=crowd.team(team.force))
    crowd_of(30, officer, other)
    expected = plain(inspector, due_on__lte=AHEAD, offender__team=team)
    assert shown(inspector, team=team.public_id) == expected
    assert everyone(Actor.of_user(officer), team=other.team.public_id) == []


def test_a_client_reads_its_force_and_no_restricted_person(officer, team):
    crowd.owing(crowd.person(officer, is_restricted=True), TODAY)
    seen = crowd.person(officer)
    crowd.owing(seen, TODAY)
    client = Actor(
        kind="client",
        key="c",
        label="System",
        role=Role.INTEGRATION,
        force_id=team.force_id,
        team_ids=(),
        user_id=None,
        scopes=frozenset(SCOPES.values()),
        is_current=True,
        whole_force=True,
    )
    assert [row.person_id for row in everyone(client)] == [str(seen.public_id)]


def test_rows_that_close_and_open_while_paging_hide_and_repeat_nothing(officer, inspector):
    people = [crowd.person(officer) for _ in range(12)]
    for person in people:
        crowd.owing(person, TODAY)
    first = due_rows(actor=inspector, limit=5, **WINDOW)
    Obligation.objects.filter(pk=first.rows[0].key).update(
        closed_at=timezone.now(), closed_because="done"
    )
    crowd.owing(crowd.person(officer), TODAY - DAY)
    rest = due_rows(actor=inspector, limit=50, after=first.next, **WINDOW)
    seen = [row.person_id for row in [*first.rows, *rest.rows]]
    assert seen == [str(person.public_id) for person in people]


def test_the_stream_is_all_the_pages(officer, inspector):
    crowd_of(30, officer)
    assert list(stream_due_rows(actor=inspector, **WINDOW)) == everyone(inspector)


def lives(officer: object) -> None:
    """People with facts, and what reconcile makes of them today."""
    with time_machine.travel(dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)):
        for position, level in enumerate(["very_high", "high", "medium", "low"] * 3):
            person = crowd.person(officer, management_level=level)
            crowd.seen_on(person, TODAY - (20 + 25 * position) * DAY)
            reconcile(person, because="test", today=TODAY)


@pytest.mark.parametrize("kinds", [(Kind.HOME_VISIT,), tuple(Kind)])
def test_worked_out_from_facts_today_is_what_the_obligations_say(officer, inspector, kinds):
    lives(officer)
    far = TODAY + 400 * DAY
    stored = everyone(inspector, kinds=kinds, to_on=far)
    # Any other "today" sends the same question through the facts.
    from_facts = everyone(inspector, kinds=kinds, to_on=far, today=TODAY + DAY)
    assert len(stored) >= 12
    assert from_facts == stored


def test_a_day_in_the_past_knows_nothing_of_what_came_later(officer, inspector):
    with time_machine.travel(dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)):
        person = crowd.person(officer)
        crowd.seen_on(person, dt.date(2026, 1, 10))
        crowd.seen_on(person, dt.date(2026, 6, 1))
        reconcile(person, because="test", today=TODAY)
    may = dt.date(2026, 5, 1)
    [then] = everyone(inspector, as_of=may, from_on=may, to_on=TODAY + 365 * DAY)
    assert then.due_on == dt.date(2026, 7, 10)  # six months after the visit of January
    assert then.key < 0, "no row of ours was open then"
    [now] = everyone(inspector, to_on=TODAY + 365 * DAY)
    assert now.due_on == dt.date(2026, 12, 1)
    assert now.key > 0


def test_a_page_takes_one_statement_whatever_its_length(officer, inspector):
    for number in (2, 40):
        crowd_of(number, officer)
        with CaptureQueriesContext(connection) as asked:
            due_rows(actor=inspector, limit=1000, **WINDOW)
        assert len(asked) == 1


@pytest.mark.parametrize("after", [None, (TODAY, 1)])
@pytest.mark.parametrize("team_id", [False, True])
def test_a_page_is_read_from_its_index_and_not_sorted(officer, inspector, team, after, team_id):
    crowd_of(5, officer)
    narrowed = {"team": team.public_id} if team_id else {}
    [plan] = plan_of(
        lambda: due_rows(actor=inspector, after=after, limit=100, **WINDOW, **narrowed),
        "FROM workflows_obligation",
    )
    assert "obligation_due_list" in plan
    assert "Sort" not in plan
    assert "TEMP B-TREE" not in plan
    assert "Seq Scan on workflows_obligation" not in plan


@time_machine.travel(dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC), tick=False)
def test_a_day_in_the_past_names_the_thing_that_was_owed_then():
    today = timezone.localdate()
    asked = {"from_on": today, "to_on": today, "today": today}
    person = make.person(last_effective_visit_on=today - 300 * DAY)
    by = make.actor(make.activate(person.offender_manager))
    person.obligations.update(opened_at=timezone.now() - 5 * DAY)
    person.levels.update(decided_on=today - 5 * DAY)
    [before] = everyone(by, as_of=today, **asked)
    doing.visit(person)
    # The database's clock, which no test sets, opened the next one.
    person.obligations.filter(closed_at=None).update(opened_at=timezone.now())

    [then] = everyone(by, as_of=today - DAY, **asked)

    assert then.key == before.key
    assert (then.due_on, then.original_due_on) == (before.due_on, before.original_due_on)
