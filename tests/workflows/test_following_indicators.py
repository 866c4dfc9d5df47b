"""Indicators that follow from visits and notifications, in the act that records the fact."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from accounts.models import Role
from offenders.errors import Invalid
from risk.models import Decided, Indicator, IndicatorState
from tests import make
from tests.workflows import doing, indicating
from workflows.actions.indicators.following import THIS_SERVICE
from workflows.actions.steps import complete_step
from workflows.actions.voiding import void_visit
from workflows.models import Task, Visit
from workflows.models.write_up_rows import ItemFinding, NotifiedItem
from workflows.steps.write_up import RAISES

pytestmark = pytest.mark.django_db

MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
FOUND = {
    "found_devices": [{"kind": "tablet", "description": "Example pad", "identifier": "t9"}],
    "found_accounts": [{"service": "Example games", "user_name": "quill2"}],
}


@pytest.fixture(autouse=True)
def _on_monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def person():
    found = make.person()
    make.activate(found.offender_manager)
    return found


def write(person, **values):
    """Visit somebody and write it up."""
    doing.visit(person)
    return write_again(person, **values)


def write_again(person, **values):
    doing.complete(person, "write_up", make.write_up(**values), by=person.offender_manager)
    return Visit.objects.filter(offender=person, origin="recorded").latest("pk")


def codes(person):
    return sorted(Indicator.objects.filter(offender=person).values_list("code", flat=True))


def household(finding):
    return [{"item": NotifiedItem.CHILD_HOUSEHOLD.value, "finding": finding, "note": ""}]


@pytest.mark.parametrize(
    ("values", "expected", "why"),
    [
        ({}, [], "nothing was seen that follows on"),
        ({"found_devices": FOUND["found_devices"]}, ["UDEV"], "a device nobody declared"),
        ({"found_accounts": FOUND["found_accounts"]}, ["UACC"], "an account nobody declared"),
        (FOUND, ["UACC", "UDEV"], "both"),
        ({"raises": ["NEWREL"]}, ["NEWREL"], "the officer says so"),
        ({"raises": ["WELF"]}, ["WELF"], "the officer says so"),
        (
            {"details": household(ItemFinding.CHANGED)},
            ["NEWREL"],
            "a household is new",
        ),
        ({"details": household(ItemFinding.CONFIRMED)}, [], "it is as notified"),
        (
            {"details": household(ItemFinding.CHANGED), "raises": ["NEWREL"]},
            ["NEWREL"],
            "said twice, it is one",
        ),
    ],
)
def test_what_a_write_up_says_is_kept_as_indicators(person, values, expected, why):
    write(person, **values)
    assert codes(person) == expected, why


def test_it_is_about_the_person_at_once_and_waits_for_its_triage(person):
    visit = write(person, **FOUND)
    one = Indicator.objects.get(code="UDEV")
    assert (one.offender, one.state, one.source) == (person, IndicatorState.UNTRIAGED, "visit")
    assert (one.recorded_by, one.matched_by) == (person.offender_manager,) * 2
    assert (one.source_grade, one.assessment_grade, one.occurred_at) == (1, "A", visit.occurred_at)
    assert [each.value for each in one.identifiers.all()] == ["t9"]
    assert one.references.get().value == f"visit:{visit.public_id}"
    assert one.matches.get(offender=person).decisions.count() == 1


def test_a_write_up_that_is_returned_and_written_again_raises_no_second_one(person):
    write(person, **FOUND, concern=True)
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    returned = {"decision": "returned", "comment": "Say more"}
    doing.complete(person, "review", returned, by=supervisor)
    write_again(person, **FOUND, raises=["WELF"], summary="Longer than before.")
    assert codes(person) == ["UACC", "UDEV", "WELF"]


def test_the_same_found_at_another_visit_is_another_sign(person):
    write(person, **FOUND)
    with time_machine.travel(MONDAY + dt.timedelta(days=3), tick=False):
        write(person, found_accounts=[{"service": "Example games", "user_name": "quill3"}])
    assert codes(person) == ["UACC", "UACC", "UDEV"]


def test_what_is_refused_leaves_no_indicator(person):
    doing.visit(person)
    with pytest.raises(Invalid):
        write_again(person, **FOUND, children_present=True)
    assert codes(person) == []


def test_a_void_visit_takes_back_what_it_raised_with_who_and_why(person):
    visit = write(person, **FOUND)
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    void_visit(
        by=make.actor(supervisor),
        offender=person.public_id,
        visit=visit.public_id,
        reason="Entered for the wrong person",
    )
    rows = Indicator.objects.filter(offender=person)
    assert {one.state for one in rows} == {IndicatorState.RETRACTED}
    for one in rows:
        said = one.decisions.get()
        assert (said.decision, said.decided_by) == (Decided.RETRACTED, supervisor)
        assert said.reason == "Visit voided: Entered for the wrong person"


@pytest.mark.parametrize(
    ("outcome", "announced", "expected", "why"),
    [
        ("refused", False, ["NONC"], "nobody let them in"),
        ("refused", True, ["NONC"], "nobody let them in"),
        ("no_answer", True, ["NONC"], "an appointment was missed"),
        ("no_answer", False, [], "nobody knew of the visit"),
        ("seen_not_completed", False, [], "they were seen"),
        ("aborted_by_police", True, [], "it was not the person who failed"),
        ("effective", True, [], "all is well"),
    ],
)
def test_a_missed_or_refused_visit_is_recorded_by_this_service(
    person, outcome, announced, expected, why
):
    doing.visit(person, outcome=outcome, announced=announced)
    assert codes(person) == expected, why
    for one in Indicator.objects.filter(offender=person):
        assert (one.source, one.client_label, one.recorded_by) == (
            "own_records",
            THIS_SERVICE,
            None,
        )
        assert (one.state, one.severity) == (IndicatorState.UNTRIAGED, "medium")


@pytest.mark.parametrize(("late", "expected"), [(0, []), (1, ["NONC"])])
def test_a_late_notification_is_recorded_and_taken_back_when_it_is_void(late, expected):
    person = make.settled()
    manager = make.activate(person.offender_manager)
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    task = Task.objects.open().get(offender=person, step="record_notification")
    due_on = task.process.obligation.due_on
    on = due_on + dt.timedelta(days=late)
    with time_machine.travel(timezone.make_aware(dt.datetime.combine(on, dt.time(15)))):
        values = {
            "notified_on": on,
            "station": "Example station",
            "details_changed": "",
            "acknowledged": True,
        }
        complete_step(
            by=make.actor(manager),
            task=task.public_id,
            step="record_notification",
            values=values,
        )
        assert codes(person) == expected
        check = make.task_of(person, "check_notification")
        complete_step(
            by=make.actor(supervisor),
            task=check.public_id,
            step="check_notification",
            values={"decision": "void", "comment": "Another person's"},
        )
    found = Indicator.objects.filter(offender=person)
    assert [one.state for one in found] == [IndicatorState.RETRACTED for _ in expected]


@pytest.mark.parametrize("source", ["visit", "own_records", "Own-Records"])
def test_nobody_else_takes_a_number_of_ours_beforehand(person, source):
    prefix = "written-up:" if source == "visit" else "recorded:"
    taken = indicating.item(source=source, external_id=f"{prefix}visit:1:UDEV")
    [receipt] = indicating.sent(taken, by=person.offender_manager)
    assert receipt.code == "number_is_ours"
    [fine] = indicating.sent(
        indicating.item(source=source, external_id="pocket book 12"), by=person.offender_manager
    )
    assert fine.indicator is not None


def test_what_the_form_offers_are_types_that_there_are():
    assert [code for code, _ in RAISES] == ["NEWREL", "WELF"]
