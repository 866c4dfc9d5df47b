"""Working days in England and Wales: Monday to Friday, bank holidays left out."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Self

from rules.dates import EARLIEST, LATEST, DateOutOfRange

_FIRST = EARLIEST.toordinal()
#: Counts that start on the last day admitted still end inside the table.
_DAYS = LATEST.toordinal() - _FIRST + 1 + 366


@dataclass(frozen=True, eq=False)
class Calendar:
    """Which days are worked, laid out once so that counting is a look-up.

    A sweep of 70,000 people asks some 100,000 times. Two calendars are never equal, whatever their
    bank holidays: build one and pass it round (`rules.current.calendar`). Outside the years whose
    bank holidays are known only weekends are left out.
    """

    bank_holidays: frozenset[dt.date]
    #: Every working day in order, and for each day from EARLIEST how many fall on or before it.
    _worked: tuple[dt.date, ...] = field(init=False, repr=False)
    _worked_by: tuple[int, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        holidays = {day.toordinal() for day in self.bank_holidays}
        # date.toordinal() puts Monday at 1 modulo 7.
        flags = [
            ordinal % 7 in range(1, 6) and ordinal not in holidays
            for ordinal in range(_FIRST, _FIRST + _DAYS)
        ]
        days = (dt.date.fromordinal(_FIRST + n) for n, worked in enumerate(flags) if worked)
        object.__setattr__(self, "_worked", tuple(days))
        object.__setattr__(self, "_worked_by", tuple(accumulate(flags)))

    @classmethod
    def of(cls, days: Iterable[dt.date]) -> Self:
        """A calendar with these bank holidays."""
        return cls(frozenset(days))

    def is_working_day(self, day: dt.date) -> bool:
        """Whether `day` is worked."""
        return day.isoweekday() <= 5 and day not in self.bank_holidays

    def after(self, day: dt.date, number: int) -> dt.date:
        """The `number`th working day after `day`, which itself never counts, worked or not.

        Raises DateOutOfRange, and ValueError for a number below 1.
        """
        if number < 1:
            raise ValueError("Working days are counted from 1.")
        if not EARLIEST <= day <= LATEST:
            raise DateOutOfRange(f"{day} is not between {EARLIEST} and {LATEST}.")
        position = self._worked_by[day.toordinal() - _FIRST] + number - 1
        if position >= len(self._worked):
            raise DateOutOfRange(f"{number} working days after {day} is too far ahead.")
        return self._worked[position]
