"""A length of time as a rule states it: "3d", "6w", "12m", "1y", "72h"."""

import re
from typing import Literal, NamedTuple, Self

Unit = Literal["d", "w", "m", "y", "h"]

_TEXT = re.compile(r"([1-9][0-9]{0,3})([dwmyh])", re.ASCII)
_WORDS: dict[Unit, str] = {"d": "day", "w": "week", "m": "month", "y": "year", "h": "hour"}


class Period(NamedTuple):
    """A number of days, weeks, calendar months, calendar years or hours.

    A tuple, so that it is hashed in C: a sweep looks one up for every date of every person.
    """

    number: int
    unit: Unit

    @classmethod
    def parse(cls, text: str) -> Self:
        """The period written as `text`. ValueError for anything else, zero and "03d" included."""
        match = _TEXT.fullmatch(text)
        if match is None:
            raise ValueError(f"{text!r} is not a period: write a number and d, w, m, y or h.")
        number, unit = match.groups()
        return cls(int(number), unit)  # type: ignore[arg-type]  # the pattern admits only units

    def __str__(self) -> str:
        return f"{self.number}{self.unit}"

    @property
    def days(self) -> int:
        """Whole days, for periods of days or weeks. ValueError for months, years and hours."""
        if self.unit == "d":
            return self.number
        if self.unit == "w":
            return self.number * 7
        raise ValueError(f"{self} has no fixed number of days.")

    @property
    def months(self) -> int:
        """Whole months, for periods of months or years. ValueError for days, weeks and hours."""
        if self.unit == "m":
            return self.number
        if self.unit == "y":
            return self.number * 12
        raise ValueError(f"{self} has no fixed number of months.")

    @property
    def hours(self) -> int:
        """Hours on the clock. ValueError for every other unit."""
        if self.unit == "h":
            return self.number
        raise ValueError(f"{self} is not a period of hours.")

    @property
    def words(self) -> str:
        """For people: "3 days", "1 month"."""
        return f"{self.number} {_WORDS[self.unit]}{'' if self.number == 1 else 's'}"
