"""A deferral changes no due date, order, count or integration row; supervisors see it (PRACTICE 8).

And nothing overdue leaves a list by age, page, filter default or snooze (PRACTICE 20).
"""

import datetime as dt
from dataclasses import asdict

import pytest
from django.utils import timezone

from accounts.actor import Actor
from accounts.models import Role, User
from offenders.models import Offender
from tests import make
from tests.workflows.moments import moment
from workflows.actions import tasks
from workflows.models import Kind, Obligation
from workflows.queries import day_sheet
from workflows.queries import person as reads
from workflows.queries.caseload import officer_people, team_caseload
from workflows.queries.counts import counts
from workflows.queries.deferrals import number_put_off, put_off
from workflows.queries.due import due_rows, shape, stream_due_rows
from workflows.queries.inbox import TaskRow, tasks_page
from workflows.queries.standing import as_known
from workflows.queries.task_counts import task_counts

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
#: Overdue for some years: nothing is forgotten because it is old.
LONG_AGO = dt.date(2015, 1, 5)
OLD = {"last_effective_visit_on": LONG_AGO, "relevant_date": dt.date(2014, 1, 6)}


@pytest.fixture
def manager() -> User:
    return make.activate(make.officer())


@pytest.fixture
def supervisor(manager) -> User:
    return make.officer(Role.SUPERVISOR, team=manager.team)


def late(manager: User, **facts: object) -> Offender:
    return make.person(manager=manager, **(OLD | facts))


def deferred(person: Offender, by: User, days: int = 3, reason: str = "In hospital") -> None:
    task = make.task_of(person).public_id
    until = timezone.localdate() + days * DAY
    tasks.defer(by=make.actor(by), task=task, until=until, reason=reason)


def every(actor: Actor, **asked: object) -> list[TaskRow]:
    """All the pages of a list of tasks, two rows each."""
    rows, after = [], None
    while True:
        page = tasks_page(actor=actor, today=timezone.localdate(), after=after, limit=2, **asked)
        rows += page.rows
        if page.next is None:
            return rows
        after = page.next


def due(actor: Actor, **asked: object):
    today = timezone.localdate()
    days = {"from_on": today, "to_on": today, "as_of": today, "today": today}
    return stream_due_rows(actor=actor, **(days | asked))


def everything_shown(manager: User, supervisor: User) -> dict[str, object]:
    """What every list and count tells, but for the deferral itself."""
    mine, theirs, today = make.actor(manager), make.actor(supervisor), timezone.localdate()

    def told(row: TaskRow) -> TaskRow:
        return row._replace(deferred_until=None, version=0)

    team = team_caseload(actor=theirs, team=manager.team.public_id, today=today)
    sheet = day_sheet.open_visits(mine, today=today, due_by=today, mine=True)
    return {
        "by priority": [told(row) for row in every(mine, scope="mine")],
        "by due date": [told(row) for row in every(theirs, scope="team", order="due")],
        "overdue": [told(row) for row in every(mine, scope="mine", window="overdue")],
        "head of the page": task_counts(mine, today),
        "due visits": [shape(row) for row in due(theirs)],
        "counts": asdict(counts(actor=theirs, asked=as_known()).total),
        "team": [(load.people, load.overdue, load.points) for load in team.officers],
        "caseload": [
            row._replace(version=0)
            for row in officer_people(actor=theirs, officer=manager.public_id, today=today)
        ],
        "day sheet": [visit.task.pk for visit in sheet.visits],
    }


def test_a_deferral_changes_no_due_date_order_count_or_row(manager, supervisor):
    people = [late(manager, management_level=level) for level in ("high", "medium", "low")]
    before = everything_shown(manager, supervisor)
    assert all(before.values())
    for person in people:
        deferred(person, supervisor)
    assert everything_shown(manager, supervisor) == before


def test_a_supervisor_sees_what_is_put_off_until_when_by_whom_and_why(manager, supervisor):
    person, _ = late(manager), late(manager)
    deferred(person, supervisor, days=3, reason="In hospital")
    deferred(person, supervisor, days=5, reason="Still in hospital")

    [row] = every(make.actor(supervisor), scope="team", deferred=True)
    why = put_off([row.key])[row.key]

    assert row.person_id == str(person.public_id)
    assert (why.until, why.reason) == (timezone.localdate() + 5 * DAY, "Still in hospital")
    assert (why.by_staff_number, why.past_due) == (supervisor.staff_number, True)
    seen = {"actor": make.actor(supervisor), "team": manager.team.public_id}
    assert number_put_off(**seen, today=timezone.localdate()) == 1


def test_what_was_put_off_until_today_is_put_off_no_more(manager, supervisor):
    person = late(manager)
    deferred(person, supervisor, days=3)
    then = timezone.localdate() + 3 * DAY
    seen = {"actor": make.actor(supervisor), "scope": "team", "deferred": True, "limit": 9}
    assert len(tasks_page(today=then - DAY, **seen).rows) == 1
    assert tasks_page(today=then, **seen).rows == []
    count = {"actor": make.actor(supervisor), "team": manager.team.public_id}
    assert number_put_off(**count, today=then) == 0


def test_nobody_sees_put_off_what_they_may_not_see(manager, supervisor):
    person = late(manager)
    deferred(person, supervisor)
    other = make.actor(make.officer(Role.SUPERVISOR, team=make.team(in_force=person.force)))
    assert every(other, scope="team", deferred=True) == []
    team = manager.team.public_id
    assert number_put_off(actor=other, team=team, today=timezone.localdate()) == 0
    Offender.objects.filter(pk=person.pk).update(is_restricted=True)
    mine = make.actor(supervisor)
    assert every(mine, scope="team", deferred=True) == []
    assert number_put_off(actor=mine, team=team, today=timezone.localdate()) == 0


# --- PRACTICE 20: by age, page, filter default or snooze ------------------------------------------


@pytest.fixture
def old(manager, supervisor) -> list[Offender]:
    """Five people whose visits are years overdue, two of them put off."""
    people = [late(manager) for _ in range(5)]
    for person in people[:2]:
        deferred(person, supervisor)
    return people


def ids(people: list[Offender]) -> set[str]:
    return {str(person.public_id) for person in people}


@pytest.mark.parametrize("order", ["priority", "due"])
@pytest.mark.parametrize("asked", [{}, {"window": "overdue"}, {"kind": Kind.HOME_VISIT}])
def test_nothing_overdue_leaves_the_tasks(old, manager, order, asked):
    rows = every(make.actor(manager), scope="mine", order=order, **asked)
    visits = [row for row in rows if row.kind == Kind.HOME_VISIT]
    assert {row.person_id for row in visits} == ids(old)
    assert len(visits) == len(old), "and stands there once"


def test_nothing_overdue_leaves_the_due_visits(old, manager):
    by, today = make.actor(manager), timezone.localdate()
    assert {row.person_id for row in due(by)} == ids(old)
    far = {"from_on": today + 300 * DAY, "to_on": today + 301 * DAY}
    assert {row.person_id for row in due(by, **far)} == ids(old)
    first = due_rows(actor=by, from_on=today, to_on=today, as_of=today, today=today, limit=3)
    assert len(first.rows) == 3
    assert first.next is not None


def test_nothing_overdue_leaves_the_due_visits_of_another_time(old, manager):
    by, at = make.actor(manager), moment()
    assert {row.person_id for row in due(by, known_at=at)} == ids(old)
    yesterday = timezone.localdate() - DAY
    # As of a day before the levels were taken over, a missing level counts as high.
    assert {row.person_id for row in due(by, as_of=yesterday)} == ids(old)


def test_nothing_overdue_leaves_the_day_sheet(old, manager):
    today = timezone.localdate()
    sheet = day_sheet.open_visits(make.actor(manager), today=today, due_by=today, mine=True, most=1)
    assert {visit.person.pk for visit in sheet.visits} == {person.pk for person in old}


def test_nothing_overdue_leaves_the_caseload(old, manager, supervisor):
    by, today = make.actor(supervisor), timezone.localdate()
    late = Obligation.objects.filter(closed_at=None, due_on__lt=today).count()
    rows = officer_people(actor=by, officer=manager.public_id, today=today)
    assert {str(row.id) for row in rows} == ids(old)
    assert sum(row.overdue for row in rows) == late
    team = team_caseload(actor=by, team=manager.team.public_id, today=today)
    assert team.overdue == late
    assert counts(actor=by, asked=as_known()).total.overdue == late


def test_nothing_overdue_leaves_the_person(old, manager):
    for person in old:
        kinds = [duty.kind for duty in reads.duties(make.actor(manager), person)]
        assert Kind.HOME_VISIT in kinds
