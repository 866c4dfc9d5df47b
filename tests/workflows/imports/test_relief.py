"""What a file says ends reactive management as the same said by an officer does (PRACTICE 16)."""

import pytest
import time_machine

from accounts.models import Role
from offenders.models import Offender
from tests import make
from tests.workflows import doing
from tests.workflows.imports.extracts import row
from tests.workflows.imports.importing import imported, one
from workflows.invariants import broken
from workflows.models import Alert

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_a_monday():
    with time_machine.travel("2026-11-23 09:00:00+00:00", tick=False):
        yield


@pytest.fixture
def force():
    return make.force()


@pytest.fixture
def reactive(force) -> Offender:
    """Somebody low, managed reactively by a decision that was made here."""
    person = one(force, management_level="low")
    doing.manage_reactively(person, by=make.officer(Role.INSPECTOR, force=force))
    return person


def codes(job) -> list[str]:
    return [remark["code"] for remark in job.remarks]


@pytest.mark.parametrize(
    ("now", "expected", "reason"),
    [
        ({}, ("reactive", []), "nothing new"),
        ({"town": "Tean"}, ("reactive", []), "a move is no trigger"),
        ({"status": "custody"}, ("active", ["reactive_ended"]), "in custody from today"),
        (
            {"status": "custody", "status_since": "2026-11-02"},
            ("active", ["reactive_ended"]),
            "in custody since the beginning of the month",
        ),
        (
            {"status": "custody", "status_since": "2020-01-01"},
            ("reactive", ["status_overlaps"]),
            "a status that was left out tells nothing",
        ),
        ({"released_on": "2026-11-20"}, ("active", ["reactive_ended"]), "a stay nobody recorded"),
        ({"status": "hospital"}, ("reactive", []), "only pauses it"),
        ({"status": "abroad"}, ("reactive", []), "only pauses it"),
        ({"status": "missing"}, ("reactive", ["missing_unconfirmed"]), "a supervisor confirms it"),
        ({"management_level": "medium"}, ("active", ["reactive_ended"]), "above low"),
        ({"management_level": ""}, ("reactive", ["level_kept"]), "an empty cell says nothing"),
        (
            {"management_level": "high", "status": "custody"},
            ("active", ["reactive_ended"]),
            "two triggers are one end",
        ),
    ],
)
def test_a_file_ends_reactive_management_by_what_would_end_it_by_hand(
    force, reactive, now, expected, reason
):
    job = imported(force, row(**({"management_level": "low"} | now)))

    reactive.refresh_from_db()
    assert (reactive.management_mode, codes(job)) == expected, reason
    is_told = Alert.objects.filter(about="active_again").exists()
    assert is_told == (expected[0] == "active"), reason
    assert broken() == {}


def test_no_officer_is_named_as_who_decided_it_and_the_next_file_leaves_it(force, reactive):
    said = row(management_level="medium")
    imported(force, said)
    again = imported(force, said | {"town": "Tean"})

    decision = reactive.modes.latest("pk")
    assert (decision.mode, decision.origin, decision.decided_by) == ("active", "imported", None)
    assert decision.reason == "Reactive management ended: management level above low"
    assert codes(again) == []


def test_who_is_taken_over_with_what_speaks_against_it_stays_for_a_supervisor_to_decide(force):
    imported(force, row(management_mode="reactive", status="custody"))

    assert Offender.objects.get().management_mode == "reactive"
    assert not Alert.objects.exists()
