"""What a file cannot do by itself: let somebody go, or have somebody visited less."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from offenders.errors import Invalid
from offenders.models import Offender
from tests import make
from tests.workflows import searching
from tests.workflows.imports.extracts import row
from tests.workflows.imports.importing import imported, one
from workflows.actions.people import bring_visit_forward
from workflows.invariants import broken
from workflows.models import Obligation, Task

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_a_monday():
    with time_machine.travel("2026-11-23 09:00:00+00:00", tick=False):
        yield


@pytest.fixture
def force():
    return make.force()


def open_visit(person: Offender) -> Obligation:
    return person.obligations.get(kind="home_visit", closed_at=None)


def codes(job) -> list[str]:
    return [remark["code"] for remark in job.remarks]


def late(force, **cells) -> Offender:
    return one(force, last_effective_visit_on="2025-03-01", **cells)


#: What the file says of somebody actively managed, beside turning them reactive: what the file
#: before said, what this one says, and whether a fact speaks against it.
TURNS = [
    ({}, {}, False, "nothing speaks against it"),
    ({"last_effective_visit_on": "2025-03-01"}, {}, True, "a visit is overdue"),
    (
        {"last_effective_visit_on": "2025-03-01"},
        {"last_effective_visit_on": "2026-10-24"},
        False,
        "the file brings the visit that was overdue",
    ),
    ({"order_kind": "shpo", "order_made_on": "2024-02-29"}, {}, True, "a live order"),
    ({}, {"order_kind": "shpo", "order_made_on": "2024-02-29"}, True, "a live order of this file"),
    (
        {"order_kind": "shpo", "order_made_on": "2024-02-29", "order_ends_on": "2026-11-22"},
        {},
        False,
        "the order ended yesterday",
    ),
    ({"management_level": ""}, {"management_level": ""}, True, "no level"),
    ({"management_level": "medium"}, {"management_level": "medium"}, True, "above low"),
    ({}, {"management_level": "high"}, True, "raised above low by this file"),
    (
        {"management_level": "medium"},
        {"management_level": "low"},
        False,
        "lowered to low by this file",
    ),
    (
        {"status": "custody", "status_since": "2026-11-02"},
        {},
        True,
        "released by this file: a visit is owed after it",
    ),
    (
        {"status": "custody", "status_since": "2026-11-02"},
        {"last_effective_visit_on": "2026-11-23"},
        False,
        "released and visited since, by this file",
    ),
    ({"last_effective_visit_on": ""}, {"last_effective_visit_on": ""}, True, "never visited"),
    ({}, {"status": "custody", "status_since": "2026-11-02"}, True, "in custody by this file"),
    (
        {"status": "custody", "status_since": "2026-11-02"},
        {"status": "custody", "status_since": "2026-11-02"},
        True,
        "in custody",
    ),
    ({}, {"status": "hospital", "status_since": "2026-11-02"}, True, "detained in hospital"),
    ({}, {"mappa_level": "2"}, True, "MAPPA level 2"),
]


@pytest.mark.parametrize(("before", "now", "is_against", "reason"), TURNS)
def test_a_file_turns_somebody_reactive_only_where_no_criterion_speaks_against_it(
    force, before, now, is_against, reason
):
    low = {"management_level": "low"}
    person = one(force, **(low | before))

    job = imported(
        force,
        row(
            **(low | before | {"status": "community", "status_since": ""} | now)
            | {"management_mode": "reactive"}
        ),
    )

    person.refresh_from_db()
    assert (person.management_mode == "active") == is_against, reason
    assert ("reactive_unconfirmed" in codes(job)) == is_against, reason
    visit = Task.objects.open().filter(offender=person, step="record_outcome")
    stays = person.statuses.filter(until_on=None).exclude(status="community")
    assert visit.exists() == (is_against and not stays.exists()), reason
    assert broken() == {}


def test_a_file_takes_no_visit_away_that_somebody_directed(force):
    person = one(force, management_level="low")
    bring_visit_forward(
        by=make.actor(searching.manager_of(person)),
        offender=person.public_id,
        visit_by=dt.date(2026, 12, 18),
        reason="Seen near a school",
    )

    job = imported(force, row(management_level="low", management_mode="reactive"))

    person.refresh_from_db()
    assert (person.management_mode, codes(job)) == ("active", ["reactive_unconfirmed"])
    assert open_visit(person).due_on == dt.date(2026, 12, 18)


def test_what_a_file_says_again_turns_nobody_reactive_once_nothing_speaks_against_it(force):
    """A supervisor decides on the remark, not the next file."""
    said = {"management_level": "low", "last_effective_visit_on": "2025-03-01"}
    person = one(force, **said)
    imported(force, row(**said, management_mode="reactive"))
    visited = said | {"last_effective_visit_on": "2026-10-24"}

    again = imported(force, row(**visited, management_mode="reactive"))

    person.refresh_from_db()
    assert (person.management_mode, codes(again)) == ("active", [])


def test_who_is_said_to_be_missing_is_not_managed_reactively_by_the_same_file(force):
    person = one(force, management_level="low")
    gone = {"status": "missing", "management_mode": "reactive"}

    job = imported(force, row(management_level="low", **gone))

    person.refresh_from_db()
    assert person.management_mode == "active"
    assert codes(job) == ["missing_unconfirmed", "reactive_unconfirmed"]


def test_a_file_turns_nobody_reactive_of_whom_a_report_of_going_missing_waits(force):
    person = one(force, management_level="low")
    searching.report(person)

    job = imported(force, row(management_level="low", management_mode="reactive"))

    person.refresh_from_db()
    assert (person.management_mode, codes(job)) == ("active", ["reactive_unconfirmed"])


@pytest.mark.parametrize(
    ("facts", "remarks", "reason"),
    [
        ({}, [], "nothing speaks against it"),
        ({"management_level": ""}, ["reactive_fails_criteria"], "no level"),
        ({"management_level": "medium"}, ["reactive_fails_criteria"], "above low"),
        ({"status": "custody"}, ["reactive_fails_criteria"], "in custody"),
        (
            {"order_kind": "shpo", "order_made_on": "2024-02-29"},
            ["reactive_fails_criteria"],
            "a live order",
        ),
        ({"mappa_level": "3"}, ["reactive_fails_criteria"], "MAPPA level 3"),
    ],
)
def test_somebody_taken_over_in_reactive_management_who_fails_a_criterion_is_remarked_on(
    force, facts, remarks, reason
):
    job = imported(
        force, row(**({"management_level": "low", "management_mode": "reactive"} | facts))
    )

    assert Offender.objects.get().management_mode == "reactive"
    assert codes(job) == remarks, reason


def test_an_overdue_visit_stays_open_until_a_person_says_that_someone_is_missing(force):
    person = late(force)
    before = open_visit(person)

    job = imported(force, row(last_effective_visit_on="2025-03-01", status="missing"))

    assert codes(job) == ["missing_unconfirmed"]
    assert open_visit(person).due_on == before.due_on < timezone.localdate()


def test_an_empty_level_takes_none_away(force):
    person = one(force, management_level="very_high")
    before = open_visit(person).due_on

    job = imported(force, row(management_level=""))

    person.refresh_from_db()
    assert (person.management_level, codes(job)) == ("very_high", ["level_kept"])
    assert open_visit(person).due_on == before


@pytest.mark.parametrize(
    ("now", "kept", "remarks", "reason"),
    [
        ({"basis": "caution"}, 2, ["basis_kept"], "it would end sooner"),
        ({"basis": "imprisonment_6m_or_less"}, 1, [], "it ends later: a correction"),
        ({"relevant_date": "2024-02-01"}, 2, ["basis_kept"], "it would end weeks sooner"),
        ({"relevant_date": "2024-06-01"}, 2, [], "a later day: another conviction"),
    ],
)
def test_a_basis_is_corrected_only_where_the_period_does_not_end_sooner(
    force, now, kept, remarks, reason
):
    person = one(force)

    job = imported(force, row(**({"last_notification_on": "2026-02-14"} | now)))

    assert (person.bases.count(), codes(job)) == (kept, remarks), reason


def test_who_was_let_go_and_is_convicted_again_is_managed_again(force):
    person = one(force)
    Offender.objects.filter(pk=person.pk).update(
        registration_ended_on=dt.date(2026, 11, 1),
        end_proposed_by=make.officer(force=force),
        end_endorsed_by=make.officer(force=force),
        end_endorsed_for=make.officer(force=force),
    )
    person.obligations.update(closed_at=timezone.now(), closed_because="not_owed")

    again = {"last_notification_on": "", "last_assessment_on": "", "last_effective_visit_on": ""}
    job = imported(force, row(relevant_date="2026-11-10", **again))

    person.refresh_from_db()
    assert (person.registration_ended_on, codes(job)) == (None, ["registration_reopened"])
    assert (person.end_endorsed_by, person.end_endorsed_for) == (None, None)
    assert open_visit(person) is not None
    assert Offender.objects.managed().filter(pk=person.pk).exists()


def test_no_extract_is_of_a_day_to_come(force):
    tomorrow = timezone.localdate() + dt.timedelta(days=1)

    with pytest.raises(Invalid) as refused:
        imported(force, row(), as_of=tomorrow)

    assert (refused.value.code, refused.value.field) == ("in_future", "as_of")
    assert not Offender.objects.exists()
