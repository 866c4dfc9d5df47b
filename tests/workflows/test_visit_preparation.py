"""Before a visit: checks with their times, safety, purposes. Its want refuses nothing."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction

from accounts.errors import NotPermitted
from accounts.models import Role
from offenders.errors import Invalid, Stale
from tests import make
from tests.workflows import doing
from workflows.actions.preparing import prepare_visit
from workflows.errors import TaskNotOpen
from workflows.models import SystemCheck, VisitPreparation
from workflows.queries.preparation import SYSTEMS, checks_missing, is_late, preparation_of
from workflows.steps.visit_preparation import PrepareVisit

pytestmark = pytest.mark.django_db

#: A Monday morning in winter time.
MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def _on_monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


def check(system, done_at=None, why=""):
    return {"system": system, "done_at": done_at, "not_done_reason": why}


#: All systems looked at, an hour ago.
ALL_DONE = [check(system.value, MONDAY - HOUR) for system in SYSTEMS]


def prepare(person, *, by=None, task=None, version=None, **values):
    form = PrepareVisit(
        data={
            "purposes": ["risk_factors", "compliance"],
            "safety_level": "raised",
            "safety_assessment": "Dog in the hall. Ring first.",
        }
    )
    form.is_valid(raise_exception=True)
    return prepare_visit(
        by=make.actor(by or make.activate(person.offender_manager)),
        task=(task or make.task_of(person)).public_id,
        version=version,
        **form.validated_data | values,
    )


def test_a_preparation_keeps_who_looked_where_and_when():
    person = make.person()
    colleague = make.officer(team=person.team)

    checks = [*ALL_DONE[:3], check("open_source", why="Site was down")]
    prepared = prepare(person, checks=checks, going=[colleague.staff_number])

    assert preparation_of(make.task_of(person)) == prepared
    assert [one.purpose for one in prepared.purposes.order_by("pk")] == [
        "compliance",
        "risk_factors",
    ]
    kept = {one.system: (one.done_at, one.not_done_reason) for one in prepared.checks.all()}
    assert kept["pnd"] == (MONDAY - HOUR, "")
    assert kept["open_source"] == (None, "Site was down")
    assert prepared.staff.get().user == colleague


def test_it_is_part_of_the_visit_and_nothing_is_owed_by_it():
    person = make.person()
    before = set(person.obligations.values_list("pk", "due_on"))

    prepare(person)

    assert set(person.obligations.values_list("pk", "due_on")) == before


def test_a_second_preparation_stands_and_the_first_is_kept():
    person = make.person()
    first = prepare(person)
    with time_machine.travel(MONDAY + HOUR, tick=False):
        second = prepare(person, safety_level="high")

    assert preparation_of(make.task_of(person)) == second
    assert VisitPreparation.objects.filter(pk=first.pk).exists()


def test_a_visit_recorded_without_checks_is_recorded_and_says_what_was_not_looked_at():
    visit = doing.visit(make.person())

    assert visit.preparation is None
    assert checks_missing(visit) == [str(system.label) for system in SYSTEMS]


@pytest.mark.parametrize(
    ("looked_at", "missing", "reason"),
    [
        (MONDAY - HOUR, [], "before the visit"),
        (MONDAY - dt.timedelta(minutes=30), [], "at the very moment of the visit"),
        (MONDAY - dt.timedelta(minutes=29), ["Police National Database"], "only after it"),
    ],
)
def test_a_check_counts_where_it_was_made_before_the_visit(looked_at, missing, reason):
    person = make.person()
    checks = [one for one in ALL_DONE if one["system"] != "pnd"] + [check("pnd", looked_at)]
    prepared = prepare(person, checks=checks)
    VisitPreparation.objects.filter(pk=prepared.pk).update(prepared_at=MONDAY - HOUR)

    assert checks_missing(doing.visit(person)) == missing, reason


def test_what_was_prepared_after_the_visit_was_no_preparation_of_it():
    person = make.person()
    prepare(person, checks=ALL_DONE)  # now; the visit was half an hour ago

    assert doing.visit(person).preparation is None


@pytest.mark.parametrize(
    ("planned_at", "is_taken", "reason"),
    [
        (MONDAY - HOUR, True, "planned for that day"),
        (MONDAY - 10 * HOUR, True, "at its first minute, London time"),
        (MONDAY - dt.timedelta(hours=10, minutes=1), False, "for the day before"),
        (MONDAY + 14 * HOUR, False, "for the day after"),
        (None, False, "for no day"),
    ],
)
def test_one_written_down_afterwards_is_of_the_visit_for_whose_day_it_was_planned(
    planned_at, is_taken, reason
):
    person = make.person()
    prepared = prepare(person, checks=ALL_DONE, planned_at=planned_at)

    visit = doing.visit(person)

    assert (visit.preparation == prepared) is is_taken, reason
    assert is_late(prepared) is is_taken, reason
    assert checks_missing(visit) == ([] if is_taken else [str(one.label) for one in SYSTEMS])


def test_one_that_stood_at_the_visit_goes_before_one_written_down_afterwards():
    person = make.person()
    with time_machine.travel(MONDAY - HOUR, tick=False):
        stood = prepare(person)
    prepare(person, planned_at=MONDAY - HOUR)

    assert doing.visit(person).preparation == stood
    assert not is_late(stood)


def test_a_late_entry_leaves_the_preparation_with_the_visit_that_is_owed():
    person = make.person(last_effective_visit_on="2026-11-10")
    prepared = prepare(person, checks=ALL_DONE)
    doing.visit(
        person,
        occurred_at=MONDAY - dt.timedelta(days=20),
        entry_reason="Found in the notebook",
    )

    assert preparation_of(make.task_of(person)) == prepared


@pytest.mark.parametrize(
    ("checks", "code", "field"),
    [
        ([check("pnc", MONDAY + HOUR)], "in_future", "checks.0.done_at"),
        ([check("pnc")], "done_or_why_not", "checks.0.done_at"),
        ([check("pnc", MONDAY - HOUR, "Down")], "done_or_why_not", "checks.0.done_at"),
        ([ALL_DONE[1], check("pnc", why="Down")], "twice", "checks.1.system"),
    ],
)
def test_a_check_was_made_or_has_a_reason_and_stands_once(checks, code, field):
    person = make.person()

    with pytest.raises(Invalid) as error:
        prepare(person, checks=checks)

    assert (error.value.code, error.value.field) == (code, field)
    assert not VisitPreparation.objects.exists()


def test_a_stale_version_is_refused():
    person = make.person()

    with pytest.raises(Stale):
        prepare(person, version=make.task_of(person).version + 1)


def test_only_a_visit_that_is_to_be_made_is_prepared():
    person = make.person()
    other_work = make.task_of(person, "assess")

    with pytest.raises(TaskNotOpen):
        prepare(person, task=other_work)


def test_an_inspector_prepares_no_visit():
    person = make.person()

    with pytest.raises(NotPermitted):
        prepare(person, by=make.officer(Role.INSPECTOR, force=person.force))


def test_the_database_asks_for_a_time_or_a_reason():
    prepared = prepare(make.person())

    for values in ({}, {"done_at": MONDAY, "not_done_reason": "Down"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SystemCheck.objects.create(preparation=prepared, system="pnc", **values)
