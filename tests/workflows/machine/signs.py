"""Indicators about a person, what their triage asks for and when: the oracle (PRACTICE 18).

Days and words alone, in the order in which they were entered. By the figures of the shipped rules:
4 hours, 24 hours, 3 and 10 working days to triage one, 5 working days to reassess.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from tests.rules.by_hand import working_days_after

Day = dt.date
LONDON = ZoneInfo("Europe/London")
#: Before midnight is the day that ends then.
A_MOMENT = dt.timedelta(microseconds=1)
#: Hours, else working days, to triage one of a severity.
HOURS, WORKING_DAYS = {"critical": 4, "high": 24}, {"medium": 3, "low": 10}
GRAVE = ("critical", "high", "medium", "low")
#: What sets one aside: of a critical one it takes a supervisor too.
ASIDE = ("no_action", "information_only", "transferred", "duplicate", "not_this_person")
#: Of what is less grave a share of these is checked, in a hundred, chosen by its own id.
SAMPLED, SHARE = ("no_action", "information_only"), 10


@dataclass
class Sign:
    """One indicator that an officer said is about the person.

    `fact`: what it followed from, such as "visit:7"; empty where somebody wrote it down. `outcome`,
    `said_on`, `stood_on`: of the triage that stands, when an officer wrote it and since when it
    does; `asked`: outcome and day of the one that waits for its check, and what it is the same as.
    `action`: the key of what its enquiry or referral asks for.
    """

    key: int
    severity: str
    received: dt.datetime
    matched_on: Day
    fact: str = ""
    outcome: str = ""
    said_on: Day | None = None
    stood_on: Day | None = None
    asked: "tuple[str, Day, Sign | None] | None" = None
    action: int = 0
    retracted: bool = False

    @property
    def is_theirs(self) -> bool:
        """Whether it is still said to be about the person."""
        return self.outcome != "not_this_person"

    @property
    def waits(self) -> bool:
        """Whether no triage settles it, and its source did not take it back."""
        return not (self.outcome or self.retracted)

    @property
    def stands(self) -> bool:
        """Whether another report of the same can be merged into it."""
        return self.is_theirs and not self.retracted and self.outcome != "duplicate"

    def triage_due(self) -> Day:
        """The last day of its deadline, which runs from when it was received."""
        if hours := HOURS.get(self.severity):
            ends = self.received + dt.timedelta(hours=hours) - A_MOMENT
            return ends.astimezone(LONDON).date()
        return working_days_after(
            self.received.astimezone(LONDON).date(), WORKING_DAYS[self.severity]
        )

    def settle(self, outcome: str, said_on: Day, stood_on: Day) -> None:
        """A triage of it stands."""
        self.outcome, self.said_on, self.stood_on, self.asked = outcome, said_on, stood_on, None

    def take_back(self) -> None:
        """Its source does; what its triage asked for goes on."""
        self.retracted, self.asked = True, None

    def covers(self, other: "Sign") -> bool:
        """Whether nothing is lost of `other` where it is merged into this one.

        What followed from our own records can go with them, so nothing is merged into that here.
        """
        return (
            self.stands
            and not self.fact
            and GRAVE.index(self.severity) <= GRAVE.index(other.severity)
        )


@dataclass
class Deed:
    """What an enquiry or a referral asks for, until it is done, or said why not."""

    key: int
    due_on: Day
    is_done: bool = False


def takes_check(severity: str, outcome: str, public_id: bytes) -> bool:
    """Whether a supervisor decides too."""
    if severity == "critical":
        return outcome in ASIDE
    chosen = int(hashlib.sha256(public_id).hexdigest()[:16], 16) % 100 < SHARE
    return outcome in SAMPLED and chosen


def triages_due(signs: Iterable[Sign]) -> dict[tuple[str, str], Day]:
    """One for each that waits, wherever the person is."""
    return {
        ("indicator_triage", f"indicator:{one.key}"): one.triage_due() for one in signs if one.waits
    }


def deeds_due(deeds: Iterable[Deed]) -> dict[tuple[str, str], Day]:
    """Each that is not finished, by the day that was said."""
    return {("case_action", f"action:{one.key}"): one.due_on for one in deeds if not one.is_done}


def asks_to_assess(signs: Iterable[Sign], assessed_on: Day | None) -> list[Day]:
    """When a reassessment is due that signs ask for and no assessment of since then answered.

    What is critical asks from the day of its match, unless two people set it aside or it is taken
    back; a triage that says so from its own day, and goes on asking.
    """
    days = []
    for one in signs:
        if one.severity == "critical" and one.outcome not in ASIDE and not one.retracted:
            days.append(one.matched_on)
        if one.outcome == "reassessment" and one.stood_on:
            days.append(one.stood_on)
    return [working_days_after(day, 5) for day in days if assessed_on is None or assessed_on < day]


def is_unfinished(one: Sign, visited: list[Day], handed_in: list[Day], deeds: list[Deed]) -> bool:
    """Whether a critical one is to be triaged still, or what its triage started is open.

    `handed_in`: days of assessments that were endorsed here.
    """
    if one.severity != "critical" or not one.stands:
        return False
    if one.said_on is None:
        return True
    match one.outcome:
        case "visit_brought_forward":
            return not any(day >= one.said_on for day in visited)
        case "reassessment":
            return not any(day >= one.said_on for day in handed_in)
        case "enquiry" | "safeguarding_referral":
            return not any(deed.key == one.action and deed.is_done for deed in deeds)
    return False
