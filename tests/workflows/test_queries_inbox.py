"""The inbox: the same rows as the plain version, in pages, in few statements, by index."""

import datetime as dt
import random
from itertools import pairwise

import orjson
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.actor import Actor
from accounts.models import Role
from risk.models import IndicatorStanding
from tests.workflows import crowd, oracle
from tests.workflows.plans import plan_of
from workflows.models import SUPERVISED, Kind, Task
from workflows.queries.cursor import BadCursor
from workflows.queries.inbox import WINDOWS, shape, tasks_page
from workflows.queries.sql import Page
from workflows.queries.task_counts import TaskCounts, task_counts
from workflows.standings import keep_standings

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 23)
DAY = dt.timedelta(days=1)
LEVELS = ["very_high", "high", "medium", "low", "not_assessed"]


@pytest.fixture
def team():
    return crowd.team(crowd.force())


@pytest.fixture
def officer(team):
    return crowd.officer(team=team)


#: Often what officers do most; never what supervisors owe, of which only the near is counted.
KINDS = [
    *[Kind.HOME_VISIT, Kind.RISK_REASSESSMENT] * 4,
    *(kind for kind in Kind if kind not in SUPERVISED),
]


def crowd_of(number: int, *managers: object) -> None:
    """Tasks of every kind, level and lateness, many on the same day; some deferred or tried, some
    of people with an order about to end, a change not assessed yet, or indicators."""
    draw, marked = random.Random(5), []
    for position in range(number):
        person = crowd.person(draw.choice(managers), management_level=draw.choice(LEVELS))
        if position % 3 == 0:
            marked.append(person.pk)
            for _ in range(draw.choice([1, 1, 2, 4])):
                crowd.indicator(
                    person,
                    draw.choice(["UDEV", "MONO", "CTIP"]),
                    severity=draw.choice(["critical", "high", "medium", "low"]),
                    decays_from=draw.choice([None, timezone.now() - draw.randint(0, 60) * DAY]),
                )
        crowd.task(
            person,
            TODAY + dt.timedelta(days=draw.choice([-400, -40, -1, 0, 0, 5, 60])),
            draw.choice(KINDS),
            escalated_at=timezone.now() if position % 7 == 0 else None,
            attempt_by=TODAY if position % 5 == 0 else None,
            deferred_until=TODAY + dt.timedelta(days=9) if position % 4 == 0 else None,
            order_ends_on=TODAY + draw.choice([3, 60]) * DAY if position % 6 == 0 else None,
            changed_on=TODAY - 4 * DAY if position % 8 == 0 else None,
        )
    keep_standings(marked)


def pages(actor: Actor, limit: int = 7, **asked: object) -> list[Page]:
    found = [tasks_page(actor=actor, today=TODAY, limit=limit, **asked)]
    while found[-1].next is not None:
        found.append(
            tasks_page(actor=actor, today=TODAY, limit=limit, after=found[-1].next, **asked)
        )
    return found


def shown(actor: Actor, **asked: object) -> bytes:
    rows = [shape(row) for page in pages(actor, **asked) for row in page.rows]
    return orjson.dumps(rows)


def plain(actor: Actor, order: str, **filters: object) -> bytes:
    return orjson.dumps(oracle.inbox(actor, TODAY, order, **filters))


@pytest.mark.parametrize("order", ["priority", "due"])
def test_my_list_is_the_plain_one_to_the_byte(officer, team, order):
    crowd_of(40, officer, crowd.officer(team=team))
    by = Actor.of_user(officer)
    expected = plain(by, order, owner=officer)
    assert len(orjson.loads(expected)) > 14  # more than two pages
    assert shown(by, scope="mine", order=order) == expected


@pytest.mark.parametrize("order", ["priority", "due"])
def test_my_teams_list_is_the_plain_one_to_the_byte(officer, team, order):
    crowd_of(30, officer, crowd.officer(team=team), crowd.officer(team=crowd.team(team.force)))
    by = Actor.of_user(officer)
    assert shown(by, scope="team", order=order) == plain(by, order, team=team)


def test_filters_leave_what_they_leave_in_the_plain_one(officer, team):
    crowd_of(60, officer)
    visits = Task.objects.open().filter(kind="home_visit")
    Task.objects.filter(pk__in=visits.values("pk")[:9]).update(owner=None, status="NEW")
    by = Actor.of_user(officer)
    late = TODAY - dt.timedelta(days=1)
    for asked, filters in [
        ({"kind": "home_visit"}, {"kind": "home_visit"}),
        ({"step": "assess"}, {"step": "assess"}),
        ({"state": "free", "kind": "home_visit"}, {"status": "NEW", "kind": "home_visit"}),
        ({"state": "assigned"}, {"status": "ASSIGNED"}),
        ({"due_to": late}, {"due_on__lte": late}),
        ({"due_from": TODAY, "due_to": TODAY}, {"due_on": TODAY}),
    ]:
        expected = plain(by, "priority", team=team, **filters)
        assert len(orjson.loads(expected)) > 2
        assert shown(by, scope="team", **asked) == expected, asked


def test_nobody_else_is_seen_and_a_kept_write_up_is(officer, team):
    elsewhere = crowd.officer(team=crowd.team(team.force))
    crowd.task(crowd.person(elsewhere), TODAY, owner=officer, status="ASSIGNED")
    kept = crowd.task(
        crowd.person(elsewhere), TODAY, step="write_up", owner=officer, status="ASSIGNED"
    )
    [page] = pages(Actor.of_user(officer), scope="mine")
    assert [row.id for row in page.rows] == [str(kept.public_id)]


def test_most_urgent_comes_first_and_its_reasons_add_up(officer):
    crowd_of(40, officer)
    rows = [row for page in pages(Actor.of_user(officer), scope="mine") for row in page.rows]
    assert all(before.place < after.place for before, after in pairwise(rows))
    assert any(row.unactioned_critical for row in rows)
    assert not all(row.unactioned_critical for row in rows)
    assert all(sum(part.points for part in row.reasons) == row.score for row in rows)


def test_of_equal_score_the_first_due_comes_first_whatever_was_opened_first(officer):
    # All far ahead: a fifth of their level and nothing else, so only the day tells them apart.
    for days in (90, 60, 80, 60, 70, 50):
        crowd.task(crowd.person(officer, management_level="low"), TODAY + dt.timedelta(days=days))
    rows = [row for page in pages(Actor.of_user(officer), 2, scope="mine") for row in page.rows]
    assert len({row.score for row in rows}) == 1
    ahead = [(row.due_on - TODAY).days for row in rows]
    assert ahead == [50, 60, 60, 70, 80, 90]
    assert rows[1].key < rows[2].key


def test_a_deferral_moves_nothing(officer):
    crowd_of(20, officer)
    by = Actor.of_user(officer)
    before = [row.id for page in pages(by, scope="mine") for row in page.rows]
    Task.objects.open().update(deferred_until=TODAY + dt.timedelta(days=28))
    assert [row.id for page in pages(by, scope="mine") for row in page.rows] == before


def test_later_pages_keep_the_day_of_the_first(officer):
    crowd_of(20, officer)
    by = Actor.of_user(officer)
    first = tasks_page(actor=by, scope="mine", today=TODAY, limit=7)
    tomorrow = TODAY + dt.timedelta(days=1)
    second = tasks_page(actor=by, scope="mine", today=tomorrow, limit=7, after=first.next)
    assert second.as_of == TODAY
    assert second.rows == pages(by, scope="mine")[1].rows


def test_later_pages_keep_the_instant_of_the_first(officer):
    """What fades in an hour does not move a row from a page that was read to one that was not."""
    for _ in range(4):
        person = crowd.person(officer)
        crowd.task(person, TODAY)
        crowd.indicator(person, "MONO", decays_from=timezone.now())
        keep_standings([person.pk])
    by = Actor.of_user(officer)
    first = tasks_page(actor=by, scope="mine", today=TODAY, limit=2)
    with time_machine.travel(timezone.now() + 5 * DAY):
        second = tasks_page(actor=by, scope="mine", today=TODAY, limit=2, after=first.next)
        alone = tasks_page(actor=by, scope="mine", today=TODAY, limit=4)
    assert {row.score for row in [*first.rows, *second.rows]} == {80}
    assert {row.score for row in alone.rows} == {57}
    assert len({row.key for row in [*first.rows, *second.rows]}) == 4


def test_a_cursor_of_an_order_before_this_one_is_refused(officer):
    crowd_of(3, officer)
    by = Actor.of_user(officer)
    for order, old in [("priority", (TODAY, 40, 7)), ("due", (TODAY, 40, 7))]:
        with pytest.raises(BadCursor):
            tasks_page(actor=by, scope="mine", today=TODAY, order=order, after=old)


def test_indicators_change_the_order_of_a_list_and_never_what_is_in_it(officer):
    """DPA 2018 ss.50A-50D: nothing automatic hides anybody, and a score is only ever more."""
    crowd_of(30, officer)
    by = Actor.of_user(officer)
    asked = [
        {"scope": scope, "order": order}
        for scope in ("mine", "team")
        for order in ("priority", "due")
    ]
    asked += [{"scope": "mine", "window": name} for name in WINDOWS]

    def listed() -> list[dict[int, int]]:
        return [
            {row.key: row.score for page in pages(by, **one) for row in page.rows} for one in asked
        ]

    among = listed()
    IndicatorStanding.objects.all().delete()
    without = listed()

    assert [set(rows) for rows in among] == [set(rows) for rows in without]
    assert all(among[0][key] >= score for key, score in without[0].items())
    assert among[0] != without[0]


def test_work_that_comes_while_paging_neither_hides_nor_repeats(officer):
    crowd_of(20, officer)
    by = Actor.of_user(officer)
    expected = {row.id for page in pages(by, scope="mine") for row in page.rows}
    first = tasks_page(actor=by, scope="mine", today=TODAY, limit=7)
    crowd.task(crowd.person(officer, management_level="very_high"), TODAY - dt.timedelta(days=90))
    rest, after = [], first.next
    while after:
        page = tasks_page(actor=by, scope="mine", today=TODAY, limit=7, after=after)
        rest, after = [*rest, *page.rows], page.next
    seen = [row.id for row in [*first.rows, *rest]]
    assert len(seen) == len(set(seen))
    assert set(seen) == expected


def test_an_inspector_sees_the_force_or_one_team_of_it_in_either_order(officer, team):
    crowd_of(12, officer, crowd.officer(team=crowd.team(team.force)))
    by = Actor.of_user(crowd.officer(Role.INSPECTOR, force=team.force))
    assert shown(by, scope="team") == plain(by, "priority")
    assert shown(by, scope="team", order="due") == plain(by, "due")
    assert shown(by, scope="team", team=team.public_id) == plain(by, "priority", team=team)


def test_counts_are_those_of_the_lists(officer, team):
    crowd_of(30, officer, crowd.officer(team=team))
    Task.objects.filter(pk__in=Task.objects.open().values("pk")[:4]).update(
        owner=None, status="NEW"
    )
    by, late = Actor.of_user(officer), TODAY - dt.timedelta(days=1)

    def length(**asked: object) -> int:
        return sum(len(page.rows) for page in pages(by, **asked))

    assert task_counts(by, TODAY) == TaskCounts(
        mine=length(scope="mine"),
        mine_overdue=length(scope="mine", due_to=late),
        team=length(scope="team"),
        team_overdue=length(scope="team", due_to=late),
        team_free=length(scope="team", state="free"),
    )


def test_the_list_takes_four_statements_whatever_its_length(officer):
    by, counts = Actor.of_user(officer), []
    crowd_of(1, officer)
    tasks_page(actor=by, scope="mine", today=TODAY)  # each process reads a rule set once
    for number in (3, 40):
        crowd_of(number, officer)
        with CaptureQueriesContext(connection) as asked:
            tasks_page(actor=by, scope="mine", today=TODAY, limit=50)
        counts.append(len(asked))
    assert counts == [4, 4]  # one of them: for whom the officer covers


@pytest.mark.parametrize(
    ("asked", "index"),
    [
        ({"scope": "mine", "order": "due"}, "task_inbox"),
        ({"scope": "mine", "order": "due", "after": (TODAY, 1)}, "task_inbox"),
        ({"scope": "team", "order": "due"}, "task_team"),
        ({"scope": "team", "order": "due", "after": (TODAY, 1)}, "task_team"),
    ],
)
def test_a_page_by_due_date_is_read_from_its_index_and_not_sorted(officer, asked, index):
    crowd_of(5, officer)
    by = Actor.of_user(officer)
    [plan] = plan_of(
        lambda: tasks_page(actor=by, today=TODAY, **asked),
        "FROM workflows_task t JOIN offenders_offender o ON",
    )
    assert index in plan
    assert "Sort" not in plan
    assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize(("scope", "index"), [("mine", "task_inbox"), ("team", "task_team")])
def test_the_candidates_for_an_order_by_priority_are_read_from_an_index(officer, scope, index):
    crowd_of(5, officer)
    by = Actor.of_user(officer)
    [plan] = plan_of(
        lambda: tasks_page(actor=by, today=TODAY, scope=scope),
        "FROM workflows_task t JOIN offenders_offender o ON",
    )
    assert index in plan
    assert "Seq Scan on workflows_task" not in plan


@pytest.mark.parametrize(
    ("due", "attempt", "windows", "why"),
    [
        (-1, None, {"overdue"}, "past its date"),
        (-1, -1, {"overdue"}, "past its date, tried in vain"),
        (0, None, {"due_today", "next_7_days"}, "due today"),
        (6, None, {"next_7_days"}, "the last of seven days"),
        (7, None, set(), "a day later"),
        (60, 0, {"due_today", "next_7_days"}, "to be tried again today"),
        (60, 1, {"next_7_days"}, "to be tried again tomorrow"),
        (60, -2, {"due_today", "next_7_days"}, "a second try that is late, and not overdue"),
        (60, 7, set(), "to be tried again after seven days"),
    ],
)
def test_a_window_holds_what_is_due_and_what_is_to_be_tried_again(
    officer, due, attempt, windows, why
):
    crowd.task(
        crowd.person(officer),
        TODAY + dt.timedelta(days=due),
        attempt_by=None if attempt is None else TODAY + dt.timedelta(days=attempt),
    )
    by = Actor.of_user(officer)
    for order in ("priority", "due"):
        found = {
            name
            for name in WINDOWS
            if tasks_page(actor=by, scope="mine", today=TODAY, window=name, order=order).rows
        }
        assert found == windows, why


@pytest.mark.parametrize("order", ["priority", "due"])
def test_whoever_is_named_for_people_sees_them_in_whatever_team_they_are(team, order):
    partner = crowd.officer(Role.MAPPA_PARTNER, force=team.force)
    people = [crowd.person(crowd.officer(team=one)) for one in (team, crowd.team(team.force))]
    tasks = [crowd.task(person, TODAY - dt.timedelta(days=1)) for person in people]
    for person in people:
        crowd.named(person, partner)
    crowd.task(crowd.person(crowd.officer(team=team)), TODAY)  # someone else
    by = Actor.of_user(partner)

    found = tasks_page(actor=by, scope="team", today=TODAY, order=order)

    seen_one_by_one = Task.objects.permitted(by, "task.view").open()
    assert {row.key for row in found.rows} == {task.pk for task in tasks}
    assert {row.key for row in found.rows} == set(seen_one_by_one.values_list("pk", flat=True))
    counts = task_counts(by, TODAY)
    assert (counts.mine, counts.team, counts.team_overdue) == (0, 2, 2)


def test_what_waits_for_anyone_is_counted_and_listed_alike_and_is_work_of_ones_role(officer, team):
    soon, later = TODAY + dt.timedelta(days=5), TODAY + dt.timedelta(days=200)
    person = crowd.person(officer)
    free = {"owner": None, "status": "NEW"}
    visit = crowd.task(person, soon, **free)
    near = crowd.task(person, soon, Kind.SUPERVISOR_REVIEW, step="review_case", **free)
    crowd.task(crowd.person(officer), later, Kind.SUPERVISOR_REVIEW, step="review_case", **free)
    endorsing = crowd.task(crowd.person(officer), soon, step="review", **free)
    supervisor = crowd.officer(Role.SUPERVISOR, team=team)

    def free_of(user):
        by = Actor.of_user(user)
        rows = [row for page in pages(by, scope="team", state="free") for row in page.rows]
        assert task_counts(by, TODAY).team_free == len(rows)
        return {row.key for row in rows}

    assert free_of(officer) == {visit.pk}
    assert free_of(supervisor) == {visit.pk, near.pk, endorsing.pk}
