"""The facts about one person that decide what is owed: London dates and codes, no names.

Every tuple begins with its date, so that sorting puts the facts in order. `order` settles two
decisions of one day: the later entry stands.
"""

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from offenders.models import Status
from offenders.registration import Basis, HoldingOrder
from rules.pauses import Pause

#: The clocks stop (SOA 2003 ss.83(6), 84(5)).
PAUSED = frozenset({Status.CUSTODY.value, Status.HOSPITAL.value, Status.ABROAD.value})
DETAINED = frozenset({Status.CUSTODY.value, Status.HOSPITAL.value})


class Stay(NamedTuple):
    """A status over the half-open interval `[since, until)`."""

    since: dt.date
    until: dt.date | None
    status: str
    began_with_release: bool = False
    release_expected_on: dt.date | None = None
    #: When we took it over from another record, where we did.
    taken_over_on: dt.date | None = None


class LevelDecided(NamedTuple):
    """A decision on the management level."""

    on: dt.date
    order: int
    level: str


class ModeDecided(NamedTuple):
    """A decision to manage actively or reactively."""

    on: dt.date
    order: int
    mode: str


class Direction(NamedTuple):
    """A live direction to visit by a day."""

    given_on: dt.date
    visit_by: dt.date


class ReleaseChecked(NamedTuple):
    """A look at when a detained person will be released."""

    on: dt.date
    order: int
    release_expected_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything `owed` needs to know about one person, as known on one day.

    The three `last_*_on` are the latest of the live facts: a back-dated entry cannot move them
    backwards. `is_regularly_found`: the home address is no residence.
    """

    offender_id: int
    force_id: int
    date_of_birth: dt.date
    bases: tuple[Basis, ...]
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


class Return(NamedTuple):
    """A return to the community. `days` away; None where nobody recorded how long."""

    on: dt.date
    days: int | None


class Whereabouts(NamedTuple):
    """Where a person is and has been, as the clocks see it.

    `away`: custody, hospital or abroad, in order. `released_on`: the latest release from custody
    or hospital. `returns`: from any of the three, stays that touch counted as one. `located_on`:
    the days on which a missing person was found, in the community.
    """

    here: Stay | None
    away: tuple[Pause, ...]
    released_on: dt.date | None
    returns: tuple[Return, ...]
    located_on: tuple[dt.date, ...]

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
    here: Stay | None = None
    released_on: dt.date | None = None
    away: list[Pause] = []
    returns: list[Return] = []
    located: list[dt.date] = []
    for stay in _by(today, stays):
        if stay.until is None:
            here = stay
        if stay.began_with_release:
            released_on = stay.since
        if stay.status in PAUSED:
            away.append(Pause(stay.since, stay.until))
            released_on = (stay.until if stay.status in DETAINED else None) or released_on
        elif stay.began_with_release:
            returns.append(Return(stay.since, None))
        if stay.status == Status.MISSING and stay.until is not None:
            located.append(stay.until)
    if away:
        returns = _merged(returns, away)
        left_again = {pause.since for pause in away}
        located = [day for day in located if day not in left_again]
    return Whereabouts(here, tuple(away), released_on, tuple(returns), tuple(located))


def _by(today: dt.date, stays: tuple[Stay, ...]) -> list[Stay]:
    """The stays that had begun, in order. One that ends later had not ended yet."""
    begun = [stay for stay in stays if stay.since <= today]
    for n, stay in enumerate(begun):
        if stay.until is not None and stay.until > today:
            begun[n] = stay._replace(until=None)
    return sorted(begun) if len(begun) > 1 else begun


def _merged(releases: list[Return], away: list[Pause]) -> list[Return]:
    """Returns from recorded stays and from stays nobody recorded. A recorded length wins."""
    found: dict[dt.date, Return] = {release.on: release for release in releases}
    since: dt.date | None = None
    for stay, following in zip(away, [*away[1:], None], strict=True):
        since = since or stay.since
        if stay.until is None or (following is not None and following.since == stay.until):
            continue
        found[stay.until] = Return(stay.until, (stay.until - since).days)
        since = None
    return sorted(found.values())
