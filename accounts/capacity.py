"""How much of a full-time caseload an officer can carry on a day.

Worked out from dated rows and from absences, never kept. What a full-time caseload is in points is
a figure of the rule set (`caseload.capacity`).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from accounts.models import Absence, Capacity
from accounts.models.capacity import WHOLE

#: Days ahead in which a planned absence takes from what an officer can be given; our default.
AHEAD_DAYS = 28


class Stated(NamedTuple):
    """What was set from a day on, in the order in which it was recorded."""

    from_on: dt.date
    key: int
    fte: Decimal
    reduction: int
    because: str


class Away(NamedTuple):
    """An absence by its first and last day (London). `until_on` None: no end is known."""

    from_on: dt.date
    until_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Share:
    """An officer's part of a full-time caseload: `fte`, less `reduction` percent of it.

    `is_away`: absent on the day, and then they can carry nothing. `days_away`: of the AHEAD_DAYS
    that begin with the day, where those count too.
    """

    fte: Decimal = Decimal(1)
    reduction: int = 0
    because: str = ""
    is_away: bool = False
    days_away: int = 0

    @property
    def of_full_time(self) -> Decimal:
        """From 0 to 1."""
        if self.is_away:
            return Decimal(0)
        there = Decimal(AHEAD_DAYS - self.days_away) / AHEAD_DAYS
        return self.fte * (WHOLE - self.reduction) / WHOLE * there


#: Of whoever nothing is recorded about.
FULL_TIME = Share()


def capacity_of(stated: Iterable[Stated], on: dt.date, absences: Iterable[Away] = ()) -> Share:
    """What one officer can carry on a day, of what was `stated` and of their `absences`. Pure.

    The newest that is dated on or before the day stands.
    """
    standing = max((each for each in stated if each.from_on <= on), default=None)
    is_away = any(
        away.from_on <= on and (away.until_on is None or on <= away.until_on) for away in absences
    )
    if standing is None:
        return Share(is_away=is_away)
    return Share(standing.fte, standing.reduction, standing.because, is_away)


def capacities_of(
    officers: Collection[int], on: dt.date, *, known_at: dt.datetime | None = None
) -> dict[int, Share]:
    """What each officer, by key, can carry on a day. Two statements.

    `known_at`: by what was on record at that instant; else now.
    """
    stated = _stated(officers, on, known_at)
    absences = absences_of(officers, on, known_at=known_at)
    return {key: capacity_of(stated[key], on, absences.get(key, ())) for key in officers}


def capacities_ahead(officers: Collection[int], on: dt.date) -> dict[int, Share]:
    """What each officer, by key, can be given on a day: absences that are planned count too.

    Each day away of the AHEAD_DAYS that begin with it takes its part. Two statements.
    """
    stated = _stated(officers, on)
    until = on + dt.timedelta(days=AHEAD_DAYS)
    absences: dict[int, list[Away]] = defaultdict(list)
    planned = Absence.objects.ending_after(on).filter(officer__in=officers, from_on__lt=until)
    for key, from_on, back_on in planned.values_list("officer_id", "from_on", "until_on"):
        absences[key].append(Away(from_on, back_on - dt.timedelta(days=1)))
    return {
        key: replace(
            capacity_of(stated[key], on, absences[key]), days_away=_days_away(absences[key], on)
        )
        for key in officers
    }


def _stated(
    officers: Collection[int], on: dt.date, known_at: dt.datetime | None = None
) -> Mapping[int, list[Stated]]:
    """What was set of each officer, by key, up to a day. One statement."""
    rows = Capacity.objects.filter(officer__in=officers, from_on__lte=on)
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
    columns = ("officer_id", "from_on", "pk", "fte", "reduction", "because")
    stated: dict[int, list[Stated]] = defaultdict(list)
    for key, *facts in rows.values_list(*columns):
        stated[key].append(Stated(*facts))
    return stated


def _days_away(absences: Iterable[Away], on: dt.date) -> int:
    """Of the AHEAD_DAYS that begin with a day, those on which an officer is away. None overlap."""
    last = on + dt.timedelta(days=AHEAD_DAYS - 1)
    return sum(
        max(0, (min(away.until_on or last, last) - max(away.from_on, on)).days + 1)
        for away in absences
    )


def absences_of(
    officers: Collection[int], on: dt.date, *, known_at: dt.datetime | None = None
) -> Mapping[int, Collection[Away]]:
    """Who of the officers, by key, is away on a day. One statement. `known_at` as above."""
    found: dict[int, list[Away]] = defaultdict(list)
    rows = Absence.objects.held_on(on, known_at).filter(officer__in=officers)
    for key, from_on, back_on in rows.values_list("officer_id", "from_on", "until_on"):
        found[key].append(Away(from_on, back_on - dt.timedelta(days=1)))
    return found
