"""What the tests of what is owed share: a person's facts in a line, one due date out of many."""

import datetime as dt
from typing import Any

from offenders.registration import Basis, HoldingOrder
from rules.period import Period
from tests.rules.shipped import day, default_rules, published_calendar
from workflows.models import Kind
from workflows.obligations import (
    AssessmentEndorsed,
    Direction,
    Facts,
    LevelDecided,
    ModeDecided,
    Owed,
    PlanAgreed,
    ReleaseChecked,
    Stay,
    owed,
)

TODAY = day("2026-11-23")
INDEFINITE = "life_or_ipp_or_30m_plus"


def maybe(text: str | None) -> dt.date | None:
    return day(text) if text else None


def stay(status: str, since: str, until: str | None = None, **more: Any) -> Stay:
    return Stay(day(since), maybe(until), status, **more)


def released(on: str, until: str | None = None, status: str = "community") -> Stay:
    """A release of which we hold no more than the day."""
    return stay(status, on, until, began_with_release=True)


def levels(*decided: tuple[str, str], origin: str = "decided") -> tuple[LevelDecided, ...]:
    return tuple(LevelDecided(day(on), n, level, origin) for n, (on, level) in enumerate(decided))


def modes(*decided: tuple[str, str]) -> tuple[ModeDecided, ...]:
    return tuple(ModeDecided(day(on), n, mode) for n, (on, mode) in enumerate(decided))


def order(made_on: str, ends_on: str | None = None) -> HoldingOrder:
    return HoldingOrder(day(made_on), "shpo", maybe(ends_on))


def direction(given_on: str, visit_by: str) -> Direction:
    return Direction(day(given_on), day(visit_by))


def check(on: str, expected: str | None = None, order: int = 0) -> ReleaseChecked:
    return ReleaseChecked(day(on), order, maybe(expected))


def facts(
    *,
    relevant_date: str = "2020-01-10",
    disposal: str = INDEFINITE,
    notified: str | None = None,
    visited: str | None = None,
    assessed: str | None = None,
    reviewed: str | None = None,
    known: str = "2026-09-01",
    ended: str | None = None,
    **more: Any,
) -> Facts:
    """One person's facts; indefinitely registered unless `disposal` says otherwise."""
    return Facts(
        offender_id=1,
        force_id=1,
        date_of_birth=day("1980-01-01"),
        known_on=day(known),
        bases=(Basis(day(relevant_date), disposal),),
        registration_ended_on=maybe(ended),
        last_notified_on=maybe(notified),
        last_visited_on=maybe(visited),
        last_assessed_on=maybe(assessed),
        last_reviewed_on=maybe(reviewed),
        **more,
    )


def all_owed(known: Facts, today: dt.date = TODAY) -> list[Owed]:
    return owed(known, default_rules(), published_calendar(), today)


def owes(known: Facts, kind: Kind, today: dt.date = TODAY) -> Owed | None:
    """The one thing of `kind` that is owed, or None."""
    found = [item for item in all_owed(known, today) if item.kind == kind]
    assert len(found) <= 1
    return found[0] if found else None


def due(known: Facts, kind: Kind, today: dt.date = TODAY) -> str | None:
    """When the one thing of `kind` is due, as the tables write it."""
    found = owes(known, kind, today)
    return found and found.due_on.isoformat()


def kinds(known: Facts, today: dt.date = TODAY) -> set[str]:
    return {item.kind.value for item in all_owed(known, today)}


def endorsed(*days: str) -> tuple[AssessmentEndorsed, ...]:
    """Assessments endorsed here on these days, numbered from 1."""
    return tuple(AssessmentEndorsed(day(on), n) for n, on in enumerate(days, start=1))


def plan(on: str, every: str = "", *, submitted: str = "", **more: Any) -> PlanAgreed:
    """A plan in force from a day, handed in that day unless said otherwise."""
    length = Period.parse(every) if every else None
    return PlanAgreed(
        day(on),
        more.pop("order", int(on.replace("-", ""))),
        day(submitted or on),
        more.pop("level", "very_high"),
        months=length.number if length and length.unit == "m" else None,
        days=length.number if length and length.unit == "d" else None,
        **more,
    )
