"""One person's life as PRACTICE tells it: the oracle. It knows nothing of the service's code.

Lists of plain facts in the order in which they were entered, and when each thing is due by them.
"""

import datetime as dt
from dataclasses import dataclass, field

from tests.rules.by_hand import days_after, months_after, working_days_after
from tests.workflows.machine.signs import Deed, Sign, asks_to_assess, is_unfinished
from tests.workflows.machine.sought import Search

AWAY = ("custody", "hospital", "abroad")
DETAINED = ("custody", "hospital")
#: Months from one effective visit to the next; a missing level counts as high (PRACTICE 3).
MONTHS = {"very_high": 1, "high": 3, "not_assessed": 3, "medium": 6, "low": 12}
RANK = {"low": 1, "medium": 2, "high": 3, "not_assessed": 3, "very_high": 4}

Day = dt.date


@dataclass
class Stay:
    """A status from a day up to, not including, another."""

    status: str
    since: Day
    until: Day | None = None
    #: Taken over as a release of which no more than the day is known.
    released: bool = False
    #: When we took it over from another record, where it began before.
    taken_over: Day | None = None
    #: When release is expected, and when somebody said so after the beginning.
    expected: Day | None = None
    said_on: Day | None = None

    @property
    def told_on(self) -> Day:
        """From when we could do anything about it."""
        return max(self.since, self.taken_over or self.since)


@dataclass
class Plan:
    """A plan: when it was handed in, how often it has the person visited, in whose light.

    `agreed`: since when it stands, and for which level.
    """

    handed_in: Day
    every: str
    in_light_of: int
    agreed: Day = Day.max
    level: str = ""


@dataclass
class Life:
    """What is known of one person."""

    relevant_date: Day
    period_ends_on: Day | None = None
    no_fixed_abode: bool = False
    #: Last day of each order that holds; None: until further order.
    orders: dict[Day, Day | None] = field(default_factory=dict)
    #: (day, key); a visit that was voided or found ineffective is taken out.
    visits: list[tuple[Day, int]] = field(default_factory=list)
    assessed: list[Day] = field(default_factory=list)
    #: What the assessment of each day gave; blank where it was taken over without.
    priorities: dict[Day, str] = field(default_factory=dict)
    notified: list[tuple[Day, int]] = field(default_factory=list)
    #: (day, level, taken over)
    levels: list[tuple[Day, str, bool]] = field(default_factory=list)
    modes: list[tuple[Day, str]] = field(default_factory=list)
    #: A proposal to manage the person reactively that waits: (day, key).
    proposal: tuple[Day, int] | None = None
    #: Days of yearly reviews that let reactive management go on.
    relief_reviewed: list[Day] = field(default_factory=list)
    #: (given on, visit by)
    directions: list[tuple[Day, Day]] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)
    #: (looked on, release expected) of those who planned a release.
    release_looks: list[tuple[Day, Day | None]] = field(default_factory=list)
    search: Search = field(default_factory=Search)
    #: (day, key) of assessments endorsed here.
    endorsed: list[tuple[Day, int]] = field(default_factory=list)
    #: Days on which assessments were handed in that were endorsed here.
    handed_in: list[Day] = field(default_factory=list)
    signs: list[Sign] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    #: Plans in force, one after another; and the one that waits.
    plans: list[Plan] = field(default_factory=list)
    drafted: Plan | None = None
    ended_on: Day | None = None
    #: The person's officer and team, by their place in the scene.
    manager: str = ""
    #: The day on which the service last worked out what is owed.
    seen_on: Day = Day.min

    @property
    def level(self) -> str:
        """The level that stands."""
        return self.levels[-1][1] if self.levels else "not_assessed"

    @property
    def mode(self) -> str:
        """Active unless decided otherwise."""
        return self.modes[-1][1] if self.modes else "active"

    def end_relief(self, today: Day) -> None:
        """Custody, going missing, or a level above low ends reactive management (PRACTICE 16)."""
        self.proposal = None
        if self.mode == "reactive":
            self.modes.append((today, "active"))

    def end_relief_away(self, status: str, today: Day) -> None:
        """By where somebody is now: hospital and abroad only pause it."""
        if status in {"custody", "missing"}:
            self.end_relief(today)
        elif status != "community":
            self.proposal = None

    def followed_from(self, fact: str) -> list[Sign]:
        """What was kept because of a fact, such as "visit:7", and was not taken back."""
        return [one for one in self.signs if one.fact == fact and not one.retracted]

    def has_unfinished(self) -> bool:
        """Whether something critical about the person is not finished with."""
        visited = [day for day, _ in self.visits]
        return any(is_unfinished(one, visited, self.handed_in, self.deeds) for one in self.signs)

    def low_since(self) -> Day | None:
        """From when the level has been low without a break."""
        since = None
        for day, level, _ in self.levels:
            since = (since or day) if level == "low" else None
        return since

    @property
    def here(self) -> Stay:
        """Where the person is."""
        return self.stays[-1]

    @property
    def last_visit(self) -> Day | None:
        """The latest effective visit, however late it was entered (PRACTICE 2)."""
        return max((day for day, _ in self.visits), default=None)

    @property
    def last_notified(self) -> Day | None:
        """The latest live notification."""
        return max((day for day, _ in self.notified), default=None)

    def over_on(self) -> Day | None:
        """The last day on the register; None: no end is known (PRACTICE 1)."""
        if self.period_ends_on is None or None in self.orders.values():
            return None
        return max([self.period_ends_on, *(day for day in self.orders.values() if day)])

    def has_run_out(self, today: Day) -> bool:
        """Whether every period and order is past."""
        over_on = self.over_on()
        return over_on is not None and over_on < today

    def absences(self) -> list[tuple[Day, Day | None, bool]]:
        """Stays away as (since, until, detained), those that touch as one."""
        found: list[tuple[Day, Day | None, bool]] = []
        for stay in self.stays:
            if stay.status not in AWAY:
                continue
            detained = stay.status in DETAINED
            if found and found[-1][1] == stay.since:
                since, _, was = found.pop()
                found.append((since, stay.until, was or detained))
            else:
                found.append((stay.since, stay.until, detained))
        return found

    def returns(self) -> list[tuple[Day, Day | None, bool]]:
        """Days of return to the community as (day, away since or unknown, detained)."""
        known = [(until, since, held) for since, until, held in self.absences() if until]
        days = {day for day, _, _ in known}
        unknown = [
            (stay.since, None, True)
            for stay in self.stays
            if stay.released and stay.status not in AWAY and stay.since not in days
        ]
        return sorted([*known, *unknown], key=lambda back: back[0])

    def releases(self) -> list[Day]:
        """Days on which custody or hospital ended and did not lead into the other."""
        held = [stay for stay in self.stays if stay.status in DETAINED]
        into = {stay.since for stay in held}
        ends = {stay.until for stay in held if stay.until and stay.until not in into}
        return sorted(ends | {stay.since for stay in self.stays if stay.released})

    def located(self) -> list[Day]:
        """Days on which a missing person was found in the community (PRACTICE 13).

        Whether or not a supervisor had confirmed by then.
        """
        gone = {stay.since for stay in self.stays if stay.status in AWAY}
        found = [stay.until for stay in self.stays if stay.status == "missing" and stay.until]
        ended = {day for day in found if day not in gone}
        return sorted(ended | set(self.search.found_in_community()))

    def level_on(self, day: Day) -> str:
        """The level that stood; one taken over stood before we took it over."""
        standing = [level for on, level, _ in self.levels if on <= day]
        if standing:
            return standing[-1]
        return self.levels[0][1] if self.levels and self.levels[0][2] else "not_assessed"

    def began(self, *, also_abroad: bool) -> Day:
        """From when someone without history is counted (PRACTICE 5)."""
        began = self.relevant_date
        for day, since, detained in self.returns():
            if not (detained or also_abroad) or day <= began:
                continue
            held_then = since is not None and since <= self.relevant_date
            if since is None or held_then or (day - since).days >= 28:
                began = day
        return began


def reassessment_due(life: Life) -> Day:
    """Twelve months from the submission of what stands (PRACTICE 7), or sooner for a sign."""
    if life.assessed:
        in_turn = months_after(max(life.assessed), 12)
    else:
        in_turn = working_days_after(life.began(also_abroad=False), 15)
    return min([in_turn, *assess_by(life)])


def assess_by(life: Life) -> list[Day]:
    """When signs ask for a reassessment; of a day in a stay away, five working days after it."""
    asked = asks_to_assess(life.signs, max(life.assessed, default=None))
    for stay in life.stays:
        if stay.status in AWAY and stay.until:
            back = working_days_after(stay.until, 5)
            asked = [back if stay.since <= day < stay.until else day for day in asked]
    return asked


def notifications_due(life: Life) -> dict[tuple[str, str], Day]:
    """What the person owes the police; nothing while a stay without an end is in the way."""
    last = life.last_notified
    if last is None:
        unknown = [day for day, since, _ in life.returns() if since is None]
        due = third_day(life, max([life.relevant_date, *unknown]))
        return {("initial_notification", ""): due} if due else {}
    found = {}
    periodic = days_after(last, 7) if life.no_fixed_abode else months_after(last, 12)
    due = extended(life, periodic)
    if due:
        found["periodic_notification", ""] = due
    released = next((day for day in life.releases() if day > last), None)
    if released and (due := third_day(life, released)):
        found["change_notification", f"release:{released}"] = due
    return found


def third_day(life: Life, day: Day) -> Day | None:
    """The third of the days, beginning with `day`, that the person was not away (s.83(6))."""
    counted = 0
    while True:
        stay = _away_on(life, day)
        if stay and stay.until is None:
            return None
        if not stay:
            counted += 1
            if counted == 3:
                return day
        day = days_after(day, 1)


def extended(life: Life, last_day: Day) -> Day | None:
    """The last day, or three days beginning with return where it falls in a stay (s.85(3))."""
    stay = _away_on(life, last_day)
    if not stay:
        return last_day
    return stay.until and extended(life, days_after(stay.until, 2))


def _away_on(life: Life, day: Day) -> Stay | None:
    return next(
        (
            stay
            for stay in life.stays
            if stay.status in AWAY and stay.since <= day and (not stay.until or day < stay.until)
        ),
        None,
    )
