"""The database refuses overlapping status intervals, and start-up notices when it would not."""

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import IntegrityError, connection, transaction

from offenders import intervals
from offenders.models import StatusInterval
from tests import make
from tests.rules.shipped import day

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    person = make.person()
    person.statuses.all().delete()
    return person


def stay(person, since, until=None, status="custody"):
    with transaction.atomic():
        return StatusInterval.objects.create(
            offender=person,
            status=status,
            from_on=day(since),
            until_on=day(until) if until else None,
        )


@pytest.mark.parametrize(
    ("since", "until", "accepted", "reason"),
    [
        ("2026-01-01", "2026-02-01", True, "ends on the day the other begins: that day is outside"),
        ("2026-01-01", "2026-02-02", False, "one day too long"),
        ("2026-03-01", "2026-04-01", True, "begins on the day the other ends"),
        ("2026-02-28", "2026-04-01", False, "begins a day too early"),
        ("2026-02-10", "2026-02-20", False, "inside"),
        ("2026-01-10", "2026-03-20", False, "around"),
        ("2026-03-01", None, True, "open, after"),
        ("2026-01-01", None, False, "open, before"),
    ],
)
def test_two_stays_of_one_person_never_overlap(person, since, until, accepted, reason):
    stay(person, "2026-02-01", "2026-03-01")

    if accepted:
        assert stay(person, since, until).pk, reason
    else:
        with pytest.raises(IntegrityError):
            stay(person, since, until)


def test_a_stay_cannot_be_moved_over_another(person):
    first = stay(person, "2026-01-01", "2026-02-01")
    stay(person, "2026-02-01", "2026-03-01")
    first.until_on = day("2026-02-02")

    with pytest.raises(IntegrityError), transaction.atomic():
        first.save()


def test_a_stay_can_be_changed_within_its_own_days(person):
    first = stay(person, "2026-01-01", "2026-02-01")
    first.until_on = day("2026-01-20")

    first.save()

    assert stay(person, "2026-01-20", "2026-01-25").pk


def test_two_people_may_be_inside_at_once(person):
    other = make.person()
    other.statuses.all().delete()
    stay(person, "2026-01-01", "2026-02-01")

    assert stay(other, "2026-01-01", "2026-02-01").pk


def test_a_guard_that_is_gone_is_noticed():
    assert intervals.missing() == []

    with transaction.atomic():
        intervals.drop(connection)
        gone = intervals.missing()
        assert gone
        with pytest.raises(intervals.IntervalsUnguarded, match=gone[0]):
            intervals.require()
        with pytest.raises(SystemCheckError, match=gone[0]):
            call_command("check", databases=["default"])
        intervals.create(connection)

    assert intervals.missing() == []
