"""Who may be managed reactively, and why somebody may not. Pure.

Reactive management ends routine home visits: the criteria are our defaults after what NPCC said in
June 2017, with what PRACTICE 16 adds. What this service does not hold an officer answers by hand.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from offenders.models import ManagementLevel, Status
from rules.ruleset import RuleSet
from rules.workdays import Calendar
from workflows.obligations import Facts
from workflows.obligations.missing import open_report
from workflows.obligations.person import LevelDecided, whereabouts

ELIGIBLE, ASSESSED = "reactive.eligibility", "arms.review"


class Criterion(StrEnum):
    """What must be so. The first group is worked out from facts, the second answered by hand."""

    IN_COMMUNITY = "in_community"
    LOW_LONG_ENOUGH = "low_long_enough"
    ASSESSED_LOW_LATELY = "assessed_low_lately"
    NO_VISIT_OVERDUE = "no_visit_overdue"
    NO_LIVE_ORDER = "no_live_order"
    MAPPA_LEVEL_ONE = "mappa_level_one"
    NO_MISSING_REPORT = "no_missing_report"
    NO_CRITICAL_INDICATOR = "no_critical_indicator"
    STATIC_TOOL_NOT_HIGH = "static_tool_not_high"
    NOTHING_ADVERSE = "nothing_adverse"
    NO_CHILD_OR_TRAVEL_CONCERN = "no_child_or_travel_concern"
    NOT_ON_LICENCE = "not_on_licence"
    ADDRESS_STABLE = "address_stable"


#: Every criterion in words, as it must be so.
WORDS = {
    Criterion.IN_COMMUNITY: "In the community",
    Criterion.LOW_LONG_ENOUGH: "Management level low for three years",
    Criterion.ASSESSED_LOW_LATELY: "Latest assessment low, and not older than a year",
    Criterion.NO_VISIT_OVERDUE: "No home visit overdue",
    Criterion.NO_LIVE_ORDER: "No live order",
    Criterion.MAPPA_LEVEL_ONE: "Not at MAPPA level 2 or 3",
    Criterion.NO_MISSING_REPORT: "No report of going missing waits for a supervisor",
    Criterion.NO_CRITICAL_INDICATOR: "No critical indicator of online risk that is live",
    Criterion.STATIC_TOOL_NOT_HIGH: "Static tool neither high nor very high",
    Criterion.NOTHING_ADVERSE: "No breach, offence or adverse intelligence in three years",
    Criterion.NO_CHILD_OR_TRAVEL_CONCERN: "No concern about a child's household or travel",
    Criterion.NOT_ON_LICENCE: "Not on licence",
    Criterion.ADDRESS_STABLE: "Settled at the present address",
}

#: What no fact that we hold answers.
BY_HAND = (
    Criterion.STATIC_TOOL_NOT_HIGH,
    Criterion.NOTHING_ADVERSE,
    Criterion.NO_CHILD_OR_TRAVEL_CONCERN,
    Criterion.NOT_ON_LICENCE,
    Criterion.ADDRESS_STABLE,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides besides the facts of what is owed.

    `priority`: what the newest standing assessment gave; blank where taken over without it.
    `visit_due_on`: of the home visit that is owed; None where none is. `has_critical_indicator`:
    one that nobody has finished with.
    """

    facts: Facts
    has_live_order: bool
    mappa_level: int | None
    priority: str
    visit_due_on: dt.date | None
    has_critical_indicator: bool = False


def unmet(
    standing: Standing, rules: RuleSet, calendar: Calendar, today: dt.date
) -> tuple[Criterion, ...]:
    """The criteria worked out from facts that do not hold on `today`, in their order."""
    found = {*speaking_against(standing, today), *_too_short(standing, rules, calendar, today)}
    return tuple(one for one in Criterion if one in found)


def speaking_against(standing: Standing, today: dt.date) -> tuple[Criterion, ...]:
    """Of those criteria, the ones that fail however little of the past we hold, in their order.

    Asked of whom another record manages reactively: it says neither how long the level was low nor
    what an assessment gave. A level that is not low now fails all the same.
    """
    return tuple(_speaking_against(standing, today))


def _speaking_against(standing: Standing, today: dt.date) -> Iterator[Criterion]:
    here = whereabouts(standing.facts.stays, today).here
    if here is not None and here.status != Status.COMMUNITY:
        yield Criterion.IN_COMMUNITY
    if low_since(standing.facts.levels, today) is None:
        yield Criterion.LOW_LONG_ENOUGH
    if standing.visit_due_on is not None and standing.visit_due_on < today:
        yield Criterion.NO_VISIT_OVERDUE
    if standing.has_live_order:
        yield Criterion.NO_LIVE_ORDER
    if (standing.mappa_level or 1) > 1:
        yield Criterion.MAPPA_LEVEL_ONE
    report = open_report(standing.facts, today)
    if report is not None and not report.is_decided(today):
        yield Criterion.NO_MISSING_REPORT
    if standing.has_critical_indicator:
        yield Criterion.NO_CRITICAL_INDICATOR


def _too_short(
    standing: Standing, rules: RuleSet, calendar: Calendar, today: dt.date
) -> Iterator[Criterion]:
    """What we hold of the past is too short, or speaks against it."""
    since = low_since(standing.facts.levels, today)
    if since is not None and today < rules.rule(ELIGIBLE).due(since, calendar):
        yield Criterion.LOW_LONG_ENOUGH
    assessed_on = standing.facts.last_assessed_on
    if (
        assessed_on is None
        or standing.priority != ManagementLevel.LOW
        or today > rules.rule(ASSESSED).due(assessed_on, calendar)
    ):
        yield Criterion.ASSESSED_LOW_LATELY


def low_since(levels: tuple[LevelDecided, ...], today: dt.date) -> dt.date | None:
    """The first day from which the level was low without a break, as known on `today`."""
    since: dt.date | None = None
    for decided in sorted(levels):
        if decided.on > today:
            break
        if decided.level != ManagementLevel.LOW:
            since = None
        elif since is None:
            since = decided.on
    return since
