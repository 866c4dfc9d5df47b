"""What is known of somebody who is not found, is said to be dead, or lets nobody in: the oracle's.

Days alone, in the order in which they were entered.
"""

import datetime as dt
from dataclasses import dataclass, field

Day = dt.date


@dataclass
class Attempt:
    """A visit that failed. `to_assess`: at the last notified address, to assess the risk."""

    on: Day
    outcome: str
    key: int
    to_assess: bool = True


@dataclass
class Report:
    """A report that nobody knows where the person is.

    `answered`: a supervisor confirmed it. `found_on`, `found_in`: where it ended, and `closed_on`
    when that was entered; a report that nobody confirmed ends without a place.
    """

    on: Day
    answered: bool = False
    enquired: list[Day] = field(default_factory=list)
    found_on: Day | None = None
    found_in: str = ""
    closed_on: Day | None = None

    def end(self, today: Day, *, found_on: Day | None = None, found_in: str = "") -> None:
        """The search is over; nobody was found before they were looked for."""
        self.closed_on, self.found_in = today, found_in
        self.found_on = max(found_on or today, self.on)


@dataclass
class Search:
    """Everything of that kind about one person."""

    #: Since the beginning; one that was voided is taken out.
    attempts: list[Attempt] = field(default_factory=list)
    #: Days on which somebody decided whether the person is missing.
    decided: list[Day] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    #: Enquiries after somebody who was missing when we took them over.
    enquired: list[Day] = field(default_factory=list)
    #: The day of a report of the death that waits.
    dead: Day | None = None
    #: Days on which an inspector decided on a warrant.
    warrants: list[Day] = field(default_factory=list)

    @property
    def report(self) -> Report | None:
        """The report by which the person is looked for."""
        last = self.reports[-1] if self.reports else None
        return last if last and last.closed_on is None else None

    def found_in_community(self) -> list[Day]:
        """Days on which somebody who had been reported was found there, confirmed or not."""
        return [
            one.found_on for one in self.reports if one.found_in == "community" and one.found_on
        ]

    def settled_on(self) -> list[Day]:
        """Days on which somebody said whether the person is missing, in whichever way."""
        closed = [one.closed_on for one in self.reports if one.closed_on]
        return [*self.decided, *(one.on for one in self.reports), *closed]
