"""Skip any set of sweeps, run any of them twice: the same obligations and the same tasks."""

import datetime as dt

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import make
from workflows.models import Obligation, Task
from workflows.sweep import sweep_obligations

pytestmark = pytest.mark.django_db

MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
#: Nights after which everything is looked at: past period ends, releases and orders below.
LAST = 200


def lives() -> list[dict[str, object]]:
    """People for whom time alone changes what is owed, each in another way."""
    return [
        {"basis": "caution", "relevant_date": "2025-01-20"},
        {"basis": "caution", "relevant_date": "2024-12-01", "last_assessment_on": "2026-01-01"},
        {
            "basis": "caution",
            "relevant_date": "2025-01-20",
            "order_kind": "shpo",
            "order_made_on": "2025-01-20",
            "order_ends_on": "2027-03-01",
        },
        {"status": "custody", "status_since": "2026-10-01"},
        {"status": "missing", "status_since": "2026-11-01"},
        {"management_mode": "reactive", "management_level": "low"},
        {"address_kind": "regularly_found", "last_notification_on": "2026-11-20"},
    ]


def what_is_there() -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """Open obligations and open tasks, without keys and moments of writing."""
    obligations = Obligation.objects.filter(closed_at__isnull=True).values_list(
        "offender__source_ref", "kind", "about", "due_on", "original_due_on", "rule"
    )
    tasks = Task.objects.open().values_list(
        "offender__source_ref", "kind", "step", "due_on", "owner__staff_number", "level"
    )
    return sorted(obligations), sorted(tasks)


def sweep_on(night: int) -> None:
    with time_machine.travel(MONDAY + dt.timedelta(days=night), tick=False):
        sweep_obligations()


@pytest.fixture
def _force():
    with time_machine.travel(MONDAY, tick=False):
        for facts in lives():
            make.person(**facts)


@pytest.mark.usefixtures("_force")
@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(nights=st.lists(st.integers(1, LAST - 1), max_size=5), twice=st.booleans())
def test_any_sweeps_skipped_or_run_twice_give_the_same_obligations_and_tasks(nights, twice):
    def after(swept: list[int]) -> object:
        with transaction.atomic():
            for night in [*swept, LAST]:
                sweep_on(night)
            if twice:
                sweep_on(LAST)
            found = what_is_there()
            transaction.set_rollback(True)
        return found

    assert after(sorted(nights)) == after([])
    assert after([]) != what_is_there(), "time made something owed, or this proves nothing"
