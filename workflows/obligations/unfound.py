"""The facts about somebody who is not found, is said to be dead, or refuses entry.

`at` is an instant in UTC; a date that is later than the day asked for has not come yet.
"""

import datetime as dt
from typing import NamedTuple


class Attempt(NamedTuple):
    """A live visit that failed, made since the person was last seen effectively.

    `at_home`: at the home that is notified now. `missing_settled`: whether, after it, somebody
    decided on whether the person is missing, or a report was made or closed. `warrant_decided`:
    whether an inspector decided on a warrant after it.
    """

    on: dt.date
    outcome: str
    to_assess: bool
    at_home: bool
    missing_settled: bool
    warrant_decided: bool


class MissingReported(NamedTuple):
    """A report that somebody is missing. `found_in`: the status in which they were located."""

    on: dt.date
    key: int
    at: dt.datetime
    decided_on: dt.date | None = None
    closed_on: dt.date | None = None
    found_in: str = ""

    def is_open(self, today: dt.date) -> bool:
        """Whether the person was still looked for on `today`."""
        return self.on <= today and (self.closed_on is None or self.closed_on > today)

    def is_decided(self, today: dt.date) -> bool:
        """Whether a supervisor had decided on it by `today`."""
        return self.decided_on is not None and self.decided_on <= today


class Enquired(NamedTuple):
    """A round of enquiries; `report` is None for somebody who was taken over as missing."""

    on: dt.date
    report: int | None = None


class DeathReported(NamedTuple):
    """A reported death, and when it was verified or refuted."""

    on: dt.date
    decided_on: dt.date | None = None

    def waits(self, today: dt.date) -> bool:
        """Whether it was neither verified nor refuted by `today`."""
        return self.on <= today and (self.decided_on is None or self.decided_on > today)
