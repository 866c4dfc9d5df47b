"""Time that does not count towards a notification period: custody, hospital, abroad.

Two different rules, which are easily confused. Three-day periods disregard that time altogether
(Sexual Offences Act 2003 s.83(6), s.84(5)). The yearly and weekly periods run on, and are extended
only when their last day falls inside it (s.85(3)-(4)).
"""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from rules.dates import add_days, beginning_with
from rules.period import Period


class Pause(NamedTuple):
    """One stay, half-open: the day of release is `until` and already counts. None = still there."""

    since: dt.date
    until: dt.date | None

    def holds(self, day: dt.date) -> bool:
        """Whether `day` falls in this stay."""
        return self.since <= day and (self.until is None or day < self.until)


def beginning_with_disregarding(
    day: dt.date, period: Period, pauses: Iterable[Pause]
) -> dt.date | None:
    """The last of `period`'s days that count, day 1 being the first that counts from `day`.

    None while a stay without an end lies in the way. Raises DateOutOfRange, and ValueError for
    anything but days and weeks.
    """
    stays = sorted(pauses, key=lambda pause: pause.since)
    counted, today = 0, day
    while True:
        stay = next((pause for pause in stays if pause.holds(today)), None)
        if stay is None:
            counted += 1
            if counted == period.days:
                return today
            today = add_days(today, 1)
        elif stay.until is None:
            return None
        else:
            today = stay.until


def extended(last_day: dt.date, by: Period, pauses: Iterable[Pause]) -> dt.date | None:
    """`last_day`, or where it falls in a stay the end of `by` beginning with the end of that stay.

    Stays that follow closely (custody, then hospital) extend it again. None while a stay without
    an end lies in the way.
    """
    stays = sorted(pauses, key=lambda pause: pause.since)
    for stay in stays:
        if stay.holds(last_day):
            if stay.until is None:
                return None
            last_day = beginning_with(stay.until, by)
    return last_day
