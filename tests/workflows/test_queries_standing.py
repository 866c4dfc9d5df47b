"""What was owed as of a day and as known at an instant: one path, whatever is asked."""

import datetime as dt
import io
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.actor import Actor
from accounts.models import Role
from offenders.errors import Invalid
from offenders.models import Offender
from tests import make
from tests.workflows import doing
from tests.workflows.machine.scene import hand_in
from tests.workflows.moments import moment
from workflows.models import Kind
from workflows.queries.counts import counts
from workflows.queries.due import due_rows, stream_due_rows
from workflows.queries.standing import CHUNK, AsKnown, as_known, standings

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


def everybody() -> list[int]:
    return list(Offender.objects.order_by("pk").values_list("pk", flat=True))


def now() -> AsKnown:
    today = timezone.localdate()
    return AsKnown(today, None, today)


def the_same(one):
    """In any order within a person."""
    return one._replace(things=tuple(sorted(one.things)))


def told(asked: AsKnown):
    return [the_same(one) for one in standings(everybody(), asked)]


def test_the_tables_say_what_the_facts_say_at_this_moment():
    for level in ("very_high", "high", "medium", "low", ""):
        make.person(management_level=level)
    make.person(status="custody", status_since=timezone.localdate() - 90 * DAY)
    make.person(management_mode="reactive", management_level="low")
    asked = now()
    by_tables = told(asked)
    assert len(by_tables) == 7
    assert told(asked._replace(known_at=moment())) == by_tables
    assert told(asked._replace(today=asked.today + DAY)) == by_tables


MORNING = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
DATA = Path(__file__).parents[1] / "data"


@pytest.mark.parametrize("name", ["extract_small", "extract_force"])
def test_the_shipped_extracts_are_the_same_both_ways(name, django_assert_max_num_queries):
    with time_machine.travel(MORNING, tick=False):
        call_command("import_extract", DATA / f"{name}.csv", force="T", stdout=io.StringIO())
        asked = now()
        by_tables, at = told(asked), moment()
        # A constant number of statements for each chunk, and three for the list.
        with django_assert_max_num_queries(3 + 40 * -(-len(everybody()) // CHUNK)):
            assert told(asked._replace(known_at=at)) == by_tables
        assert told(asked._replace(today=asked.today + DAY)) == by_tables
    assert len(by_tables) == Offender.objects.count() > 50


def some(*values):
    return st.sampled_from(values)


@st.composite
def rows(draw):
    """A row of an extract that is accepted, at random."""
    today = MORNING.date()

    def ago(most):
        return draw(st.integers(0, most).map(lambda days: today - dt.timedelta(days=days)))

    relevant = ago(2000)
    since = max(relevant, ago(300))
    status = draw(some("community", "community", "custody", "hospital", "abroad", "missing"))

    def last(most):
        day = ago(most)
        return draw(some(day if day >= relevant else None, None))

    facts = {
        "management_level": draw(some("very_high", "high", "medium", "low", "")),
        "address_kind": draw(some("main_residence", "regularly_found")),
        "basis": draw(some("caution", "any_other", "life_or_ipp_or_30m_plus")),
        "relevant_date": relevant,
        "last_notification_on": last(500),
        "last_effective_visit_on": last(500),
        "last_assessment_on": last(500),
        "status": status,
        "status_since": since if status != "community" else None,
        "released_on": draw(some(since, None)) if status == "community" else None,
    }
    if draw(st.booleans()):
        facts |= {"order_kind": "shpo", "order_made_on": relevant}
    return facts


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(st.lists(rows(), min_size=1, max_size=6))
def test_random_people_are_the_same_both_ways(people):
    with time_machine.travel(MORNING, tick=False), transaction.atomic():
        manager = make.officer()
        for facts in people:
            make.person(manager=manager, **facts)
        asked = now()
        by_tables = told(asked)
        assert len(by_tables) == len(people)
        assert told(asked._replace(known_at=moment())) == by_tables
        assert told(asked._replace(today=asked.today + DAY)) == by_tables
        transaction.set_rollback(True)


def actor_of(person: Offender, role: Role = Role.INSPECTOR) -> Actor:
    return make.actor(make.officer(role, team=person.team))


def due(actor: Actor, asked: AsKnown, **more: object):
    to_on = asked.as_of + 4000 * DAY
    return due_rows(actor=actor, from_on=asked.as_of, to_on=to_on, **asked._asdict(), **more).rows


def test_a_row_as_known_before_names_the_thing_that_was_owed_then():
    person = make.person(last_effective_visit_on=timezone.localdate() - 300 * DAY)
    by = actor_of(person)
    [before], at = due(by, now()), moment()
    doing.visit(person)

    [then] = due(by, now()._replace(known_at=at))

    assert then == before._replace(version=None), "it is closed: nobody can change that version"
    assert due(by, now()) != [then]


def test_who_managed_a_person_is_as_it_was_known():
    person = make.person()
    inspector = make.actor(make.officer(Role.INSPECTOR, force=person.force))
    [before], at = due(inspector, now()), moment()
    doing.move_away(person)
    asked = now()._replace(known_at=at)

    assert due(inspector, asked) == [before]
    assert due(inspector, asked, team=person.team.public_id) == [before]
    person.refresh_from_db()
    assert due(inspector, asked, team=person.team.public_id) == [], "not in that team then"
    [today] = due(inspector, now())
    assert (today.owner, today.team) != (before.owner, before.team)


def test_who_may_see_whom_is_today_s():
    person = make.person()
    supervisor = actor_of(person, Role.SUPERVISOR)
    at = moment()
    doing.move_away(person)
    assert due(supervisor, now()._replace(known_at=at)) == []


def test_who_was_not_on_record_is_on_no_list():
    at = moment()
    person = make.person()
    inspector = actor_of(person)
    assert due(inspector, now()._replace(known_at=at)) == []
    found = counts(actor=inspector, asked=now()._replace(known_at=at))
    assert (found.total.people, found.rows) == (0, [])


@pytest.mark.parametrize(
    ("as_of", "known_at", "field", "code"),
    [
        (1, None, "as_of", "in_future"),
        (None, 1, "known_at", "in_future"),
        (None, -3000, "known_at", "before_records"),
        (0, 0, None, None),
        (-3000, None, None, None),
    ],
)
def test_what_may_be_asked(as_of, known_at, field, code):
    at = moment()
    asked = {
        "as_of": None if as_of is None else timezone.localdate() + as_of * DAY,
        "known_at": None if known_at is None else at + known_at * DAY,
    }
    if code is None:
        found = as_known(**asked)
        assert found.as_of == asked["as_of"]
        return
    with pytest.raises(Invalid) as refusal:
        as_known(**asked)
    assert (refusal.value.field, refusal.value.code) == (field, code)


def test_as_known_then_is_of_that_day_unless_another_is_asked_for():
    at = moment()
    assert as_known(known_at=at).as_of == timezone.localdate(at)
    assert as_known(dt.date(2020, 1, 1), at).as_of == dt.date(2020, 1, 1)
    assert as_known().is_now


def test_a_list_of_another_day_costs_the_same_for_each_chunk():
    person = make.person()
    inspector = actor_of(person)
    asked = now()._replace(known_at=moment())
    costs = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as spent:
            days = {"from_on": asked.as_of, "to_on": asked.as_of}
            list(stream_due_rows(actor=inspector, **days, **asked._asdict()))
        costs.append(len(spent))
        for _ in range(20):
            make.person(manager=person.offender_manager)
        asked = now()._replace(known_at=moment())
    assert costs[0] == costs[1]


# --- before a person was taken over ---------------------------------------------------------------


def taken_over(**facts: object) -> Offender:
    """Low, visited in May and taken over in November, from a system that knew them for years."""
    return make.person(
        **{
            "management_level": "low",
            "relevant_date": "2020-03-02",
            "last_effective_visit_on": "2026-05-04",
        }
        | facts
    )


def visit_as_of(person: Offender, day: str) -> str:
    """When the home visit is due by the list of that day, as known now."""
    asked = now()._replace(as_of=dt.date.fromisoformat(day))
    [row] = due(actor_of(person), asked, kinds=(Kind.HOME_VISIT,))
    return str(row.due_on)


@pytest.mark.parametrize(
    ("day", "due_on", "reason"),
    [
        ("2026-11-23", "2027-05-04", "the day of the extract: low, a year after the last visit"),
        ("2026-10-01", "2026-08-04", "before it the level is not known: as if high, three months"),
        ("2026-05-04", "2026-08-04", "the day of the last visit"),
        ("2026-05-03", "2020-03-23", "no earlier visit is known: 15 working days from the start"),
    ],
)
def test_lists_of_days_before_an_extract_are_far_out(day, due_on, reason):
    with time_machine.travel(MORNING, tick=False):
        assert visit_as_of(taken_over(), day) == due_on, reason


def test_who_was_in_custody_before_an_extract_is_listed_in_the_community():
    with time_machine.travel(MORNING, tick=False):
        released = taken_over(released_on="2026-04-01")
        assert visit_as_of(released, "2025-12-01") == "2020-03-23"


def test_of_two_visits_made_elsewhere_between_two_extracts_the_last_alone_is_known():
    with time_machine.travel(MORNING, tick=False) as clock:
        person = taken_over(management_level="high")
        clock.shift(200 * DAY)
        row = make.extract_row(
            source_ref=person.source_ref,
            team=person.team.name,
            offender_manager=person.offender_manager.staff_number,
            management_level="high",
            relevant_date="2020-03-02",
            last_effective_visit_on="2027-05-20",
        )
        hand_in(person.offender_manager, [row])

        assert visit_as_of(person, "2027-06-01") == "2027-08-20"
        assert visit_as_of(person, "2027-05-19") == "2026-08-04", "visited there in February"


# --- counts ---------------------------------------------------------------------------------------


def test_counts_are_of_people_and_of_what_they_owe():
    day = timezone.localdate()
    manager = make.officer()
    make.person(manager=manager, last_effective_visit_on=day - 400 * DAY)
    make.person(manager=manager, management_level="low", management_mode="reactive")
    inspector = make.actor(make.officer(Role.INSPECTOR, force=manager.force))
    found = counts(actor=inspector, asked=now())
    rows = {row.level: row.number for row in found.rows}
    assert set(rows) == {"medium", "low"}
    assert (rows["medium"].people, rows["medium"].active, rows["medium"].overdue) == (1, 1, 1)
    assert (rows["low"].people, rows["low"].active) == (1, 0)
    assert found.total.people == 2
    assert found.total.owed == rows["medium"].owed + rows["low"].owed


def test_counts_are_the_numbers_of_the_list():
    manager = make.officer()
    for days in (10, 200, 400):
        make.person(manager=manager, last_effective_visit_on=timezone.localdate() - days * DAY)
    inspector = make.actor(make.officer(Role.INSPECTOR, force=manager.force))
    listed = due(inspector, now(), kinds=tuple(Kind))
    total = counts(actor=inspector, asked=now()).total
    assert total.owed == len(listed)
    assert total.overdue == sum(row.overdue_days > 0 for row in listed) > 0


def test_counts_as_known_then_do_not_change():
    person = make.person(last_effective_visit_on=timezone.localdate() - 400 * DAY)
    inspector = make.actor(make.officer(Role.INSPECTOR, force=person.force))
    before, at = counts(actor=inspector, asked=now()), moment()
    doing.visit(person)
    doing.move_away(person)
    then = counts(actor=inspector, asked=now()._replace(known_at=at))
    assert (then.total, then.rows) == (before.total, before.rows)
    assert counts(actor=inspector, asked=now()).total != before.total


def test_a_closed_record_counts_in_the_total_and_in_no_row():
    person = make.person()
    Offender.objects.filter(pk=person.pk).update(is_restricted=True)
    inspector = make.actor(make.officer(Role.INSPECTOR, force=person.force))
    supervisor = actor_of(person, Role.SUPERVISOR)
    found = counts(actor=inspector, asked=now())
    assert (found.total.people, found.rows) == (1, [])
    assert counts(actor=supervisor, asked=now()).total.people == 0
