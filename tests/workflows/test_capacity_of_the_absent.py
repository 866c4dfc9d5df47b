"""Whoever is away can carry nothing meanwhile, and is offered nobody."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from accounts.capacity import capacities_of
from tests import make
from workflows.actions import absences

pytestmark = pytest.mark.django_db


def day(ahead: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=ahead)


@pytest.mark.parametrize(
    ("ahead", "is_away", "reason"),
    [
        (-1, False, "the day before"),
        (0, True, "the first day"),
        (6, True, "the last day"),
        (7, False, "the first day back"),
    ],
)
def test_an_absence_takes_all_capacity_from_its_first_day_to_the_day_back(ahead, is_away, reason):
    officer, other = make.officer(), make.officer()
    absences.record_absence(
        by=make.actor(officer), kind="leave", from_on=day(0), until_on=day(7), cover=""
    )

    found = capacities_of([officer.pk, other.pk], day(ahead))

    assert found[officer.pk].is_away == is_away, reason
    assert (found[officer.pk].of_full_time == 0) == is_away, reason
    assert found[other.pk].of_full_time == 1


def test_an_absence_that_was_called_off_takes_nothing():
    officer = make.officer()
    away = absences.record_absence(
        by=make.actor(officer), kind="leave", from_on=day(0), until_on=day(7), cover=""
    )
    absences.cancel_absence(by=make.actor(officer), absence=away.public_id)

    assert capacities_of([officer.pk], day(1))[officer.pk].of_full_time == 1


@pytest.mark.parametrize(
    ("asked", "is_away", "reason"),
    [
        (-4, False, "the day before it began"),
        (-3, True, "its first day"),
        (-1, True, "the day before it was called off"),
        (0, False, "the day on which it was called off"),
        (1, False, "a day after it"),
    ],
)
def test_an_absence_that_ended_early_took_the_days_before(asked, is_away, reason):
    officer = make.officer()
    with time_machine.travel(timezone.now() - dt.timedelta(days=3)):
        away = absences.record_absence(
            by=make.actor(officer), kind="leave", from_on=day(0), until_on=day(7), cover=""
        )
    absences.cancel_absence(by=make.actor(officer), absence=away.public_id)

    assert capacities_of([officer.pk], day(asked))[officer.pk].is_away is is_away, reason
