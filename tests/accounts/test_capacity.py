"""How much an officer can carry on a day: both sides of each date."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts import actions
from accounts.capacity import FULL_TIME, Away, Share, Stated, capacities_of, capacity_of
from accounts.errors import NotPermitted
from accounts.models import Capacity, Role
from tests import make

DAY = dt.date(2026, 11, 25)
BEFORE, AFTER = DAY - dt.timedelta(days=1), DAY + dt.timedelta(days=1)


def stated(on: dt.date, fte: str, reduction: int = 0, *, key: int = 1) -> Stated:
    return Stated(on, key, Decimal(fte), reduction, "welfare" if reduction else "")


@pytest.mark.parametrize(
    ("rows", "share", "why"),
    [
        ([], "1", "nothing is set: full time"),
        ([stated(DAY, "0.6")], "0.6", "set from today"),
        ([stated(AFTER, "0.6")], "1", "set from tomorrow"),
        ([stated(BEFORE, "0.6"), stated(DAY, "0.8")], "0.8", "the newest date stands"),
        ([stated(DAY, "0.8"), stated(BEFORE, "0.6", key=2)], "0.8", "though set later"),
        ([stated(DAY, "0.6"), stated(DAY, "0.8", key=2)], "0.8", "of one date the later set"),
        ([stated(DAY, "0.8", 50)], "0.4", "half of four days"),
        ([stated(DAY, "1", 100)], "0", "all of it taken off"),
        ([stated(DAY, "0")], "0", "no share at all"),
    ],
)
def test_the_newest_share_on_the_day_stands(rows, share, why):
    assert capacity_of(rows, DAY).of_full_time == Decimal(share), why
    assert capacity_of(reversed(rows), DAY).of_full_time == Decimal(share), why


@pytest.mark.parametrize(
    ("away", "share", "why"),
    [
        (Away(DAY, DAY), 0, "the only day"),
        (Away(BEFORE, DAY), 0, "the last day"),
        (Away(DAY, AFTER), 0, "the first day"),
        (Away(BEFORE, None), 0, "no end is known"),
        (Away(AFTER, None), 1, "from tomorrow"),
        (Away(BEFORE, BEFORE), 1, "back since today"),
    ],
)
def test_whoever_is_away_can_carry_nothing(away, share, why):
    found = capacity_of([], DAY, [away])
    assert (found.of_full_time, found.is_away) == (share, not share), why


@pytest.mark.django_db
def test_many_officers_take_two_statements():
    setter = make.officer(Role.INSPECTOR)
    part, full = make.officer(), make.officer()
    for on, fte in ((BEFORE, "0.8"), (DAY, "0.5"), (AFTER, "0.2")):
        actions.set_capacity(by=setter, officer=part, from_on=on, fte=Decimal(fte))
    with CaptureQueriesContext(connection) as asked:
        found = capacities_of([part.pk, full.pk], DAY)
    assert found == {part.pk: Share(Decimal("0.5")), full.pk: FULL_TIME}
    assert len(asked) == 2  # what was set, and who is away


@pytest.mark.django_db
def test_nobody_sets_their_own():
    officer = make.officer(Role.SUPERVISOR)
    with pytest.raises(NotPermitted):
        actions.set_capacity(by=officer, officer=officer, from_on=DAY, fte=Decimal(1))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "facts",
    [
        {"fte": "1.01"},
        {"fte": "-0.01"},
        {"reduction": 101, "because": "welfare"},
        {"reduction": 10},
        {"because": "welfare"},
        {"reduction": 10, "because": "holiday"},
        {"set_by": "oneself"},
    ],
)
def test_the_database_refuses_what_cannot_be(facts):
    officer, setter = make.officer(), make.officer(Role.INSPECTOR)
    given = {"fte": "1", "from_on": DAY, "set_by": setter} | facts
    if given["set_by"] == "oneself":
        given["set_by"] = officer
    with transaction.atomic(), pytest.raises(IntegrityError):
        Capacity.objects.create(officer=officer, **given)
