"""The facts about one person that decide what is owed: London dates and codes, no names.

Every tuple begins with its date, so that sorting puts the facts in order. `order` settles two
decisions of one day: the later entry stands.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from offenders.models import Status
from offenders.models.management import DecisionOrigin
from offenders.registration import Basis, HoldingOrder
from rules.pauses import Pause
from rules.period import Period
from workflows.obligations.unfound import Attempt, DeathReported, Enquired, MissingReported

#: The clocks stop (SOA 2003 ss.83(6), 84(5)).
PAUSED = frozenset({Status.CUSTODY.value, Status.HOSPITAL.value, Status.ABROAD.value})
DETAINED = frozenset({Status.CUSTODY.value, Status.HOSPITAL.value})
#: Whoever is there cannot be reviewed, or need not be.
ABSENT = PAUSED | {Status.MISSING.value}


class Stay(NamedTuple):
    """A status over the half-open interval `[since, until)`."""

    since: dt.date
    until: dt.date | None
    status: str
    began_with_release: bool = False
    release_expected_on: dt.date | None = None
    #: When we took it over from another record, where we did.
    taken_over_on: dt.date | None = None
    #: When somebody last said when release is expected; the beginning where nobody noted it.
    expectation_said_on: dt.date | None = None


class LevelDecided(NamedTuple):
    """A decision on the management level. `origin`: taken over from another record, or ours."""

    on: dt.date
    order: int
    level: str
    origin: str = DecisionOrigin.DECIDED


class ModeDecided(NamedTuple):
    """A decision to manage actively or reactively."""

    on: dt.date
    order: int
    mode: str


class Direction(NamedTuple):
    """A live direction to visit by a day.

    `visited_on`: of the visit in whose write-up it stands, where it does.
    """

    given_on: dt.date
    visit_by: dt.date
    visited_on: dt.date | None = None


class ReleaseChecked(NamedTuple):
    """A look at when a detained person will be released."""

    on: dt.date
    order: int
    release_expected_on: dt.date | None


class ActionRaised(NamedTuple):
    """An action that somebody must do by a day, until it is finished."""

    on: dt.date
    key: int
    due_on: dt.date
    finished_on: dt.date | None = None


class ReactiveProposed(NamedTuple):
    """A proposal to manage reactively, until it is settled."""

    on: dt.date
    key: int
    settled_on: dt.date | None = None


class AssessmentEndorsed(NamedTuple):
    """The day on which an assessment made here was endorsed. `order`: also the order of these."""

    on: dt.date
    order: int


class PlanAgreed(NamedTuple):
    """A risk management plan from the day on which it came into force.

    `assessment`: the `order` of the newest assessment that stood when the plan was handed in, in
    whose light it was made; 0 where there was none. `level`: that which stood on `on`. `months` or
    `days`: how often it has the person visited; neither: as the level does.
    """

    on: dt.date
    order: int
    submitted_on: dt.date
    level: str
    assessment: int = 0
    months: int | None = None
    days: int | None = None

    @property
    def interval(self) -> Period | None:
        """How often it has the person visited; None: as the level does."""
        if self.months is not None:
            return Period(self.months, "m")
        return None if self.days is None else Period(self.days, "d")


class Changed(NamedTuple):
    """A significant change, from the day on which it was known."""

    known_on: dt.date
    what: str


class Overridden(NamedTuple):
    """A level that overrides the priority of a tool, until it expires or is decided anew."""

    on: dt.date
    expires_on: dt.date
    ended_on: dt.date | None = None


class DetailChanged(NamedTuple):
    """A notified detail found to have changed: the day it was found, what, and since when."""

    found_on: dt.date
    item: str
    changed_on: dt.date


class SampleDrawn(NamedTuple):
    """A person's place in a dip sample, until somebody checked it."""

    on: dt.date
    key: int
    checked_on: dt.date | None = None


class IndicatorConfirmed(NamedTuple):
    """An indicator that an officer said is about the person, until that is taken back.

    `triage_on`: the last day of its deadline. `triaged_on`, `outcome`: of the triage that stands.
    `is_retracted`: its source took it back, and nothing is asked of it but what its triage asked
    for. One whose very existence is secret is never among these.
    """

    on: dt.date
    key: int
    severity: str
    triage_on: dt.date
    triaged_on: dt.date | None = None
    outcome: str = ""
    is_retracted: bool = False

    def waits(self, today: dt.date) -> bool:
        """Whether no triage of it stood by `today`."""
        if self.is_retracted:
            return False
        return self.on <= today and (self.triaged_on is None or self.triaged_on > today)


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything `owed` needs to know about one person, as known on one day.

    The `last_*_on` are the latest of the live facts: a back-dated entry cannot move them
    backwards. `is_regularly_found`: the home address is no residence. `known_on`: when we
    registered the person or took them over.
    """

    offender_id: int
    force_id: int
    date_of_birth: dt.date
    known_on: dt.date
    bases: tuple[Basis, ...] = ()
    registration_ended_on: dt.date | None = None
    orders: tuple[HoldingOrder, ...] = ()
    stays: tuple[Stay, ...] = ()
    levels: tuple[LevelDecided, ...] = ()
    modes: tuple[ModeDecided, ...] = ()
    directions: tuple[Direction, ...] = ()
    release_checks: tuple[ReleaseChecked, ...] = ()
    last_notified_on: dt.date | None = None
    last_visited_on: dt.date | None = None
    last_assessed_on: dt.date | None = None
    is_regularly_found: bool = False
    case_actions: tuple[ActionRaised, ...] = ()
    reactive_proposals: tuple[ReactiveProposed, ...] = ()
    last_reactive_review_on: dt.date | None = None
    attempts: tuple[Attempt, ...] = ()
    reports: tuple[MissingReported, ...] = ()
    enquiries: tuple[Enquired, ...] = ()
    deaths: tuple[DeathReported, ...] = ()
    assessments: tuple[AssessmentEndorsed, ...] = ()
    plans: tuple[PlanAgreed, ...] = ()
    changes: tuple[Changed, ...] = ()
    overrides: tuple[Overridden, ...] = ()
    last_reviewed_on: dt.date | None = None
    samples: tuple[SampleDrawn, ...] = ()
    details_changed: tuple[DetailChanged, ...] = ()
    indicators: tuple[IndicatorConfirmed, ...] = ()


class Return(NamedTuple):
    """A return to the community on a day, away `since`; None where nobody recorded since when.

    `was_detained`: from custody or hospital, and not only from abroad.
    """

    on: dt.date
    since: dt.date | None
    was_detained: bool

    @property
    def days(self) -> int | None:
        """How long away; None where nobody recorded it."""
        return None if self.since is None else (self.on - self.since).days

    def holds(self, day: dt.date) -> bool:
        """Whether the person was away on `day`, as far as is known."""
        return self.since is not None and self.since <= day < self.on


class Whereabouts(NamedTuple):
    """Where a person is and has been, as the clocks see it.

    `away`: custody, hospital or abroad, in order. `releases`: the days of release from custody or
    hospital, in order. `returns`: from any of the three, stays that touch counted as one.
    `located_on`: the days on which a missing person was found, in the community.
    `absences`: away or missing, in order, stays that touch as one.
    """

    here: Stay | None
    away: tuple[Pause, ...]
    releases: tuple[dt.date, ...]
    returns: tuple[Return, ...]
    located_on: tuple[dt.date, ...]
    absences: tuple[Pause, ...] = ()

    @property
    def is_paused(self) -> bool:
        """Whether the clocks stand still."""
        return self.here is not None and self.here.status in PAUSED

    @property
    def is_missing(self) -> bool:
        """Whether nobody knows where the person is."""
        return self.here is not None and self.here.status == Status.MISSING


def whereabouts(stays: tuple[Stay, ...], today: dt.date) -> Whereabouts:
    """Read the status intervals of one person, in any order, as known on `today`.

    Where nothing is recorded the person is taken to be in the community.
    """
    begun = _by(today, stays)
    here = next((stay for stay in begun if stay.until is None), None)
    away = [stay for stay in begun if stay.status in PAUSED]
    freed = [stay for stay in begun if stay.began_with_release]
    returns = [Return(s.since, None, was_detained=True) for s in freed if s.status not in PAUSED]
    located = [stay.until for stay in begun if stay.status == Status.MISSING and stay.until]
    if not away:
        releases = tuple(stay.since for stay in freed)
        return Whereabouts(here, (), releases, tuple(returns), tuple(located), _absences(begun))
    left_again = {stay.since for stay in away}
    return Whereabouts(
        here,
        tuple(Pause(stay.since, stay.until) for stay in away),
        tuple(sorted({*(stay.since for stay in freed), *_released(away)})),
        tuple(_merged(returns, away)),
        tuple(day for day in located if day not in left_again),
        _absences(begun),
    )


def _by(today: dt.date, stays: tuple[Stay, ...]) -> list[Stay]:
    """The stays that had begun, in order. One that ends later had not ended yet."""
    begun = [stay for stay in stays if stay.since <= today]
    for n, stay in enumerate(begun):
        if stay.until is not None and stay.until > today:
            begun[n] = stay._replace(until=None)
    return sorted(begun) if len(begun) > 1 else begun


def _released(away: list[Stay]) -> Iterator[dt.date]:
    """The ends of custody and hospital, where one does not lead straight into the other."""
    detained_from = {stay.since for stay in away if stay.status in DETAINED}
    for stay in away:
        if stay.status in DETAINED and stay.until and stay.until not in detained_from:
            yield stay.until


def _absences(begun: list[Stay]) -> tuple[Pause, ...]:
    """Away or missing, in order. From one straight into the other is one absence."""
    found: list[Pause] = []
    for stay in begun:
        if stay.status not in ABSENT:
            continue
        if found and found[-1].until == stay.since:
            found[-1] = Pause(found[-1].since, stay.until)
        else:
            found.append(Pause(stay.since, stay.until))
    return tuple(found)


def _merged(unrecorded: list[Return], away: list[Stay]) -> list[Return]:
    """Returns from recorded stays and from stays nobody recorded. A recorded length wins."""
    found = {back.on: back for back in unrecorded}
    since: dt.date | None = None
    was_detained = False
    for stay, following in zip(away, [*away[1:], None], strict=True):
        since = since or stay.since
        was_detained = was_detained or stay.status in DETAINED
        if stay.until is None or (following is not None and following.since == stay.until):
            continue
        found[stay.until] = Return(stay.until, since, was_detained)
        since, was_detained = None, False
    return sorted(found.values())
