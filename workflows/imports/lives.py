"""When things happened to a fictitious person, counted in days before the day of the extract."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

#: Shares are cumulative. 78 % in the community, as published for Merseyside in 2018.
STATUSES = (
    ("community", 0.78),
    ("custody", 0.98),
    ("hospital", 0.987),
    ("abroad", 0.994),
    ("missing", 1.0),
)
BASES = (
    ("life_or_ipp_or_30m_plus", 0.32),
    ("imprisonment_over_6m_under_30m", 0.58),
    ("any_other", 0.79),
    ("imprisonment_6m_or_less", 0.89),
    ("caution", 0.97),
    ("hospital_with_restriction_order", 0.99),
    ("hospital_without_restriction_order", 1.0),
)
YEAR = 365
#: Shortest length of the notification period, days, where it ends (s.82); half when under 18.
NOTIFICATION_PERIOD = {
    "imprisonment_over_6m_under_30m": 10 * YEAR,
    "imprisonment_6m_or_less": 7 * YEAR,
    "hospital_without_restriction_order": 7 * YEAR,
    "any_other": 5 * YEAR,
    "caution": 2 * YEAR,
}
LONGEST_INDEFINITE = 25 * YEAR
#: Longest time served from the relevant date, days.
SERVED = {
    "life_or_ipp_or_30m_plus": 8 * YEAR,
    "imprisonment_over_6m_under_30m": 450,
    "imprisonment_6m_or_less": 90,
    "hospital_with_restriction_order": 6 * YEAR,
    "hospital_without_restriction_order": 2 * YEAR,
}
#: Longest absence so far of those who are not in the community, days.
LONGEST_AWAY = {"custody": 2 * YEAR, "hospital": 3 * YEAR, "abroad": YEAR, "missing": 120}
#: Of those in custody, still serving what registered them; the others were recalled.
STILL_SERVING = 0.4
UNDER_18 = 0.03
#: Registered or released within the last fortnight, not assessed yet.
NEW = 0.02
FORTNIGHT = 14
#: Past the end of the notification period; somebody has to close the record.
PAST_THE_END = 0.01

#: Shortest length of the visit interval of each level, days; "" is not assessed.
INTERVAL = {"very_high": 28, "high": 89, "medium": 181, "low": 365, "": 89}
#: Longest validity, days, of an assessment and of a notification.
ASSESSED_FOR = 365
NOTIFIED_FOR = 365
NOTIFIED_FOR_WHEN_FOUND = 7
#: Of those whose visit, assessment or notification could be late, how many are; by how long.
LATE = 0.04
LATE_BY = range(5, 50)


class DaysAgo:
    """Writes a number of days before the day of the extract as a date; None as nothing."""

    def __init__(self, as_of: date) -> None:
        #: Looked up, not computed: a large extract writes each day many thousand times.
        self._past = [(as_of - timedelta(days=n)).isoformat() for n in range(110 * YEAR)]
        self._ahead = [(as_of + timedelta(days=n)).isoformat() for n in range(15 * YEAR)]

    def __getitem__(self, days: int | None) -> str:
        if days is None:
            return ""
        return self._past[days] if days >= 0 else self._ahead[-days]


@dataclass(slots=True)
class Life:
    """What registered a person and where they have been since, in days ago.

    `begins` is release, or the relevant date where there was none: the clocks run from it.
    `age` is in days, on the relevant date. `since` is when a status other than community began.
    """

    basis: str
    status: str
    is_new: bool
    relevant: int
    age: int
    released: int | None
    since: int | None

    @property
    def begins(self) -> int:
        return self.relevant if self.released is None else self.released

    @property
    def was_never_free(self) -> bool:
        return self.since == self.relevant


def pick(chance: random.Random, shares: tuple[tuple[str, float], ...]) -> str:
    """Draw from cumulative shares, the last of which is 1."""
    drawn = chance.random()
    for value, share in shares:
        if drawn < share:
            return value
    raise ValueError("The last cumulative share is below 1.")


def draw_life(chance: random.Random) -> Life:
    """Draw a person who, but for one in a hundred, is still within the notification period."""
    basis, status = pick(chance, BASES), pick(chance, STATUSES)
    is_young = chance.random() < UNDER_18
    is_new = chance.random() < NEW
    relevant = int(chance.random() * FORTNIGHT) if is_new else _relevant(chance, basis, is_young)
    life = Life(
        basis=basis,
        status=status,
        is_new=is_new,
        relevant=relevant,
        age=_age(chance, is_young),
        released=None,
        since=None,
    )
    _serve(chance, life)
    _leave(chance, life)
    return life


def _relevant(chance: random.Random, basis: str, is_young: bool) -> int:
    period = NOTIFICATION_PERIOD.get(basis)
    if period is None:
        # More were registered lately than long ago.
        return int(chance.random() ** 1.5 * LONGEST_INDEFINITE)
    period = period // 2 if is_young else period
    if chance.random() < PAST_THE_END:
        return period + 10 + int(chance.random() * 90)
    return int(chance.random() * period)


def _age(chance: random.Random, is_young: bool) -> int:
    if is_young:
        return int((14 + 3.9 * chance.random()) * 365.25)
    return int((18.1 + 26 * (chance.random() + chance.random())) * 365.25)


def _serve(chance: random.Random, life: Life) -> None:
    """Give the life its release, or leave it inside where the sentence still runs."""
    longest = SERVED.get(life.basis)
    if longest is None:
        return
    if life.status == "custody" and chance.random() < STILL_SERVING:
        life.relevant = min(life.relevant, int(chance.random() * longest))
        life.since = life.relevant
        return
    served = int(chance.random() * longest)
    if life.is_new:
        life.released, life.relevant = life.relevant, life.relevant + served
    else:
        life.released = life.relevant - min(served, int(chance.random() * life.relevant))


def _leave(chance: random.Random, life: Life) -> None:
    """Give a life away from the community the day on which that began."""
    if life.status != "community" and life.since is None:
        life.since = int(chance.random() * min(life.begins, LONGEST_AWAY[life.status]))


def last_contacts(
    chance: random.Random, life: Life, level: str, *, is_found: bool
) -> dict[str, int | None]:
    """Draw the last notification, effective visit and assessment, in days ago."""
    notified_for = NOTIFIED_FOR_WHEN_FOUND if is_found else NOTIFIED_FOR
    return {
        "last_notification_on": _last(chance, life, notified_for, grace=2),
        "last_effective_visit_on": _last(chance, life, INTERVAL[level], grace=FORTNIGHT),
        "last_assessment_on": (
            None if level == "" else _last(chance, life, ASSESSED_FOR, grace=FORTNIGHT)
        ),
    }


def _last(chance: random.Random, life: Life, valid_for: int, *, grace: int) -> int | None:
    """Draw a day that leaves the next one not yet due, or late for a few.

    Nothing need have happened in the first `grace` days, and nothing happens to who is away.
    """
    if life.was_never_free:
        return None
    ended = life.since or 0
    free_for = life.begins - ended
    if free_for <= grace and chance.random() < 0.5:
        return None
    if free_for > valid_for + LATE_BY.stop and chance.random() < LATE:
        return ended + valid_for + LATE_BY.start + int(chance.random() * len(LATE_BY))
    return ended + int(chance.random() * (min(free_for, valid_for) + 1))
