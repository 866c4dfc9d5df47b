"""The first places of a whole force: those of the whole sort, and few rows read for them."""

import datetime as dt
import random

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.actor import Actor
from accounts.models import Role
from offenders.models import Offender
from risk.models import Indicator, IndicatorStanding
from risk.priority import LEVELS
from risk.standing import Standing
from risk.weights import Live
from tests.risk.indicating import SCALE
from tests.workflows import crowd, oracle
from tests.workflows.plans import plan_of
from workflows.flows import FLOWS
from workflows.models import Kind, Process, Task
from workflows.queries import scope
from workflows.queries.cursor import BadCursor
from workflows.queries.inbox import tasks_page
from workflows.queries.ranking import Scale
from workflows.queries.sight import Sight
from workflows.queries.whole_force import Walks
from workflows.standings import keep_standings

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)

#: One person's work and what came in about them: level, days to the due date, kind, indicators.
people = st.lists(
    st.tuples(
        st.sampled_from(LEVELS),
        st.sampled_from([-400, -20, -1, 0, 3, 20, 60]),
        st.sampled_from([Kind.HOME_VISIT, Kind.RISK_REASSESSMENT, Kind.PERIODIC_NOTIFICATION]),
        st.lists(
            st.tuples(
                st.sampled_from(["UDEV", "MONO", "CTIP"]),
                st.sampled_from(["critical", "high", "low"]),
                st.none() | st.integers(0, 90),
                st.sampled_from(["live", "live", "taken back"]),
            ),
            max_size=2,
        ),
    ),
    min_size=1,
    max_size=8,
)


def paged(actor: Actor, limit: int) -> list[int]:
    page = tasks_page(actor=actor, scope="team", today=TODAY, limit=limit)
    keys = [row.key for row in page.rows]
    while page.next:
        page = tasks_page(actor=actor, scope="team", today=TODAY, limit=limit, after=page.next)
        keys += [row.key for row in page.rows]
    return keys


@given(people, st.integers(1, 4), st.integers(0, 30))
@settings(max_examples=20)
def test_it_is_the_whole_sort_for_any_events_times_and_retractions(drawn, limit, stale):
    force = crowd.force()
    managers = [crowd.officer(team=crowd.team(force)) for _ in range(2)]
    inspector = Actor.of_user(crowd.officer(Role.INSPECTOR, force=force))
    for position, (level, days, kind, items) in enumerate(drawn):
        person = crowd.person(managers[position % 2], management_level=level)
        crowd.task(person, TODAY + days * DAY, kind, escalated_at=[None, timezone.now()][days < -9])
        for code, severity, age, fate in items:
            since = None if age is None else timezone.now() - age * DAY
            found = crowd.indicator(person, code, severity=severity, decays_from=since)
            keep_standings([person.pk])
            if fate != "live":
                Indicator.objects.filter(pk=found.pk).update(state="retracted")
                keep_standings([person.pk])
    # As if nobody had lowered a ceiling for so long.
    for row in IndicatorStanding.objects.filter(offender__force=force):
        row.ceiling += stale
        row.save()

    expected = [one["id"] for one in oracle.inbox(inspector, TODAY, "priority")]

    by_key = {task.pk: str(task.public_id) for task in Task.objects.filter(force=force)}
    assert [by_key[key] for key in paged(inspector, limit)] == expected


def test_what_only_the_viewer_knows_of_is_in_its_place():
    force = crowd.force()
    manager = crowd.officer(team=crowd.team(force))
    inspector = crowd.officer(Role.INSPECTOR, force=force)
    for _ in range(3):
        crowd.task(crowd.person(manager, management_level="very_high"), TODAY - 200 * DAY)
    person = crowd.person(manager, management_level="low")
    last = crowd.task(person, TODAY + 5 * DAY)
    found = crowd.indicator(person, is_restricted=True, is_secret=True, severity="critical")
    keep_standings([person.pk])
    assert paged(Actor.of_user(inspector), 2)[-1] == last.pk
    crowd.named_for(found, inspector)
    assert paged(Actor.of_user(inspector), 2)[0] == last.pk


def test_filters_leave_what_they_leave():
    force = crowd.force()
    manager = crowd.officer(team=crowd.team(force))
    by = Actor.of_user(crowd.officer(Role.INSPECTOR, force=force))
    for kind in (Kind.HOME_VISIT, Kind.RISK_REASSESSMENT):
        crowd.task(crowd.person(manager), TODAY - 9 * DAY, kind)
    page = tasks_page(actor=by, scope="team", today=TODAY, kind=Kind.HOME_VISIT)
    assert [row.kind for row in page.rows] == [Kind.HOME_VISIT]
    assert tasks_page(actor=by, scope="team", today=TODAY, window="due_today").rows == []
    assert tasks_page(actor=by, scope="absent", today=TODAY).rows == []


def test_a_page_that_is_asked_for_days_later_begins_anew():
    force = crowd.force()
    by = Actor.of_user(crowd.officer(Role.INSPECTOR, force=force))
    long_ago = timezone.now() - 2 * DAY
    with pytest.raises(BadCursor):
        tasks_page(
            actor=by, scope="team", today=TODAY, after=(TODAY, long_ago, True, -40, TODAY, 7)
        )


def large_force(number: int) -> Actor:
    """People with one visit each; a fifth of them with indicators, as they stood a day ago."""
    force = crowd.force()
    team, draw, now = crowd.team(force), random.Random(50), timezone.now()
    manager = crowd.officer(team=team)
    persons = Offender.objects.bulk_create(
        Offender(
            force=force,
            team=team,
            offender_manager=manager,
            source_ref=f"L{position:06}",
            surname="Nominal",
            forename="Test",
            search_key="nominal test",
            date_of_birth=dt.date(1980, 2, 29),
            sex="M",
            management_level=draw.choice(["very_high", *["high"] * 3, *["medium"] * 4, "low"]),
        )
        for position in range(number)
    )
    flow = FLOWS[Kind.HOME_VISIT]
    node = flow.instance.node("record_outcome")
    processes = Process.objects.bulk_create(
        Process(flow_class=flow, offender=person, kind=Kind.HOME_VISIT) for person in persons
    )
    Task.objects.bulk_create(
        Task(
            process=process,
            flow_task=node,
            flow_task_type="HUMAN",
            status="ASSIGNED",
            owner=manager,
            offender=person,
            force=force,
            team=team,
            kind=Kind.HOME_VISIT,
            step="record_outcome",
            level=person.management_level,
            due_on=TODAY + draw.randint(-20, 180) * DAY,
        )
        for process, person in zip(processes, persons, strict=True)
    )
    half_lives = sorted(SCALE.half_lives)
    rows = []
    for person in persons[::5]:
        standing = Standing.of(
            [
                Live(
                    draw.choice(half_lives),
                    draw.choice(["critical", "high", "high", "medium", "low"]),
                    draw.choice(["1A", "2B", "3C"]),
                    decays_from=now - draw.expovariate(1 / 40) * DAY,
                )
                for _ in range(draw.choice([1, 1, 1, 2, 5]))
            ],
            SCALE,
        )
        rows.append(
            IndicatorStanding(
                offender=person,
                terms=standing.written(),
                ceiling=standing.ceiling(now - 2 * DAY),
                worked_out_at=now - DAY,
            )
        )
    IndicatorStanding.objects.bulk_create(rows)
    return Actor.of_user(crowd.officer(Role.INSPECTOR, force=force))


def test_the_first_fifty_of_a_force_a_day_later_are_found_in_a_thousand_rows():
    by = large_force(4_000)
    scale, sight = Scale(TODAY), Sight(by, TODAY)
    walks = Walks(by.force_id, [scope.tasks(by, "task.view")], scale, sight)

    found = walks.first(50, None)

    rows = [(t.pk, t) for t in Task.objects.filter(force=by.force_id).select_related("offender")]
    standing = {
        row.offender_id: Standing.read(
            row.terms, has_unactioned_critical=row.has_unactioned_critical
        )
        for row in IndicatorStanding.objects.filter(offender__force=by.force_id)
    }
    whole = sorted(
        scale.place(
            key,
            (t.due_on, t.level, t.kind, False, False, None, None),
            standing.get(t.offender_id, Standing()),
        )
        for key, t in rows
    )
    assert list(found.places) == whole[:50]
    assert found.rows_read <= 1_000


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the planner of PostgreSQL")
def test_people_without_a_standing_are_told_by_the_key_they_are_joined_by():
    """Asked by another column, the planner expects a handful and reads every person's work."""
    by = large_force(50)
    walks = Walks(by.force_id, [], Scale(TODAY), Sight(by, TODAY))
    plans = plan_of(lambda: walks.first(50, None), "s.offender_id IS NULL")
    assert plans
    assert all("Anti Join" in plan for plan in plans), plans[0]
