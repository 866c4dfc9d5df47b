"""What a file cannot do by itself: let somebody go, or have somebody visited less."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from offenders.errors import Invalid
from offenders.models import Offender
from tests import make
from tests.workflows.imports.extracts import row
from tests.workflows.imports.importing import imported, one
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


@pytest.mark.parametrize(
    ("facts", "expected", "remarks", "reason"),
    [
        ({}, "reactive", [], "nothing speaks against it"),
        (
            {"last_effective_visit_on": "2025-03-01"},
            "active",
            ["reactive_unconfirmed"],
            "a visit is overdue",
        ),
        (
            {"order_kind": "shpo", "order_made_on": "2024-02-29"},
            "active",
            ["reactive_unconfirmed"],
            "a live order",
        ),
        (
            {"management_level": ""},
            "active",
            ["reactive_unconfirmed"],
            "no level",
        ),
    ],
)
def test_reactive_management_is_taken_over_only_where_nothing_speaks_against_it(
    force, facts, expected, remarks, reason
):
    person = one(force, **facts)

    job = imported(force, row(management_mode="reactive", **facts))

    person.refresh_from_db()
    assert (person.management_mode, codes(job)) == (expected, remarks), reason
    has_visit = Task.objects.open().filter(offender=person, step="record_outcome").exists()
    assert has_visit == (expected == "active")


def test_somebody_taken_over_in_reactive_management_who_fails_a_criterion_is_remarked_on(force):
    job = imported(force, row(management_mode="reactive", management_level=""))

    assert Offender.objects.get().management_mode == "reactive"
    assert codes(job) == ["reactive_fails_criteria"]


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
