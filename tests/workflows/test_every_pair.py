"""Every kind of work against every place a person can be: paused or not, and back as it was.

The table is what PRACTICE 5, 13 and 17 decide, kind by kind; that it has every kind is asked too.
"""

import datetime as dt
from dataclasses import replace

import pytest

from tests.rules.shipped import day
from tests.workflows.known import TODAY, all_owed, facts, levels, modes, stay
from workflows.models import Kind
from workflows.obligations import (
    ActionRaised,
    AssessmentEndorsed,
    Attempt,
    DeathReported,
    Facts,
    MissingReported,
    ReactiveProposed,
    SampleDrawn,
)

SINCE = "2026-11-20"
AT = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)


def attempt(on: str, outcome: str = "no_answer") -> Attempt:
    return Attempt(day(on), outcome, True, True, False, False)


#: Somebody to whom nearly everything is owed; the rest by themselves below.
ACTIVE = facts(
    disposal="caution",
    relevant_date="2024-12-10",
    notified="2026-01-10",
    visited="2026-08-01",
    assessed="2026-02-10",
    reviewed="2026-07-01",
    levels=levels(("2025-01-10", "medium")),
    case_actions=(ActionRaised(day("2026-11-01"), 1, day("2026-11-10")),),
    reactive_proposals=(ReactiveProposed(day("2026-11-10"), 2),),
    assessments=(AssessmentEndorsed(day("2026-10-01"), 3),),
    samples=(SampleDrawn(day("2026-11-02"), 4),),
    attempts=(attempt("2026-10-01"), attempt("2026-10-09")),
)
NOT_RESIDENT = replace(ACTIVE, attempts=(attempt("2026-11-02", "not_resident"),))
REACTIVE = replace(ACTIVE, modes=modes(("2026-01-20", "reactive")), reactive_proposals=())
NEVER_NOTIFIED = replace(ACTIVE, last_notified_on=None)
RELEASED = replace(
    ACTIVE, stays=(stay("custody", "2026-03-01", "2026-03-20"),), last_notified_on=day("2026-01-10")
)

#: Whose facts owe each kind while nothing is in the way.
OWED_TO = {
    Kind.HOME_VISIT: ACTIVE,
    Kind.RISK_REASSESSMENT: ACTIVE,
    Kind.INITIAL_NOTIFICATION: NEVER_NOTIFIED,
    Kind.CHANGE_NOTIFICATION: RELEASED,
    Kind.PERIODIC_NOTIFICATION: ACTIVE,
    Kind.FINAL_REVIEW: ACTIVE,
    Kind.CASE_ACTION: ACTIVE,
    Kind.REACTIVE_PROPOSAL: ACTIVE,
    Kind.REACTIVE_REVIEW: REACTIVE,
    Kind.MISSING_DECISION: NOT_RESIDENT,
    Kind.ENTRY_WARRANT: ACTIVE,
    Kind.PLAN_REVIEW: ACTIVE,
    Kind.SUPERVISOR_REVIEW: ACTIVE,
    Kind.DIP_SAMPLE: ACTIVE,
}
#: What exists only because of where the person is or is said to be.
BY_PLACE = {
    Kind.RELEASE_PLANNING: {"custody", "hospital"},
    Kind.MISSING_CONFIRMATION: {"reported"},
    Kind.MISSING_ENQUIRY: {"reported", "missing"},
    Kind.DEATH_VERIFICATION: {"dead"},
}

AWAY = ("custody", "hospital", "abroad")
PLACES = (*AWAY, "reported", "missing", "dead")

#: Where each kind goes on. Whatever is not written is not owed there.
GOES_ON = {
    # The police's own work, wherever the person is.
    Kind.CASE_ACTION: {*AWAY, "reported", "missing"},
    Kind.DIP_SAMPLE: {*AWAY, "reported", "missing"},
    # The register's own dates run on; two people look at its end all the same.
    Kind.FINAL_REVIEW: {*AWAY, "reported", "missing", "dead"},
    # Supervisors look at missing people, and a duty in statute is not suspended by going missing.
    Kind.SUPERVISOR_REVIEW: {"reported", "missing"},
    Kind.INITIAL_NOTIFICATION: {"reported", "missing"},
    Kind.CHANGE_NOTIFICATION: {"reported", "missing"},
    Kind.PERIODIC_NOTIFICATION: {"reported", "missing"},
    # The Act excludes custody, hospital and abroad alone.
    Kind.ENTRY_WARRANT: {"reported", "missing"},
    # Until a supervisor confirms that somebody is missing, everything stays owed (PRACTICE 13).
    Kind.HOME_VISIT: {"reported"},
    Kind.RISK_REASSESSMENT: {"reported"},
    Kind.REACTIVE_PROPOSAL: {"reported"},
    Kind.REACTIVE_REVIEW: {"reported"},
    Kind.PLAN_REVIEW: {"reported"},
    # The report is what the decision was about.
    Kind.MISSING_DECISION: set(),
}


def placed(known: Facts, place: str, until: str | None = None) -> Facts:
    """The same person, there since 20 November, and back on `until`."""
    if place == "dead":
        decided = until and day(until)
        return replace(known, deaths=(DeathReported(day(SINCE), decided),))
    if place in {"reported", "missing"}:
        closed = until and day(until)
        confirmed = day(SINCE) if place == "missing" else None
        found_in = "community" if until else ""
        report = MissingReported(day(SINCE), 9, AT, confirmed, closed, found_in)
        gone = () if place == "reported" else (stay("missing", SINCE, until),)
        settled = tuple(one._replace(missing_settled=True) for one in known.attempts)
        return replace(known, reports=(report,), stays=(*known.stays, *gone), attempts=settled)
    return replace(known, stays=(*known.stays, stay(place, SINCE, until)))


def dates(known: Facts, kind: Kind, today: dt.date = TODAY) -> list[dt.date]:
    return [item.due_on for item in all_owed(known, today) if item.kind == kind]


def test_the_table_has_every_kind_of_work():
    assert {*OWED_TO, *BY_PLACE} == set(Kind)
    assert set(GOES_ON) == set(OWED_TO)


@pytest.mark.parametrize("kind", OWED_TO)
def test_each_is_owed_while_nothing_is_in_the_way(kind):
    assert dates(OWED_TO[kind], kind)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", OWED_TO)
def test_each_goes_on_or_pauses_as_the_table_says(kind, place):
    before = dates(OWED_TO[kind], kind)
    found = dates(placed(OWED_TO[kind], place), kind)

    assert found == (before if place in GOES_ON[kind] else [])


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", BY_PLACE)
def test_what_a_place_asks_for_is_asked_there_alone(kind, place):
    assert dates(ACTIVE, kind) == []
    assert bool(dates(placed(ACTIVE, place), kind)) == (place in BY_PLACE[kind])


#: What a short absence over which nothing fell due leaves as it was.
UNMOVED = [kind for kind in OWED_TO if kind not in {Kind.CHANGE_NOTIFICATION, Kind.ENTRY_WARRANT}]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", UNMOVED)
def test_a_short_absence_over_which_nothing_fell_due_leaves_every_date(kind, place):
    """What was overdue stays overdue, and nothing gets longer (PRACTICE 5)."""
    known = OWED_TO[kind]
    before, after = dates(known, kind), dates(placed(known, place, "2026-11-22"), kind)

    if kind == Kind.MISSING_DECISION and place != "dead":
        assert after == [], "a return or a report settles it"
    elif place in {"custody", "hospital", "abroad", "reported", "missing"}:
        assert len(after) == len(before)
        assert all(now <= was for now, was in zip(after, before, strict=True))
    else:
        assert after == before, "a report of death that was refuted stopped nothing"


@pytest.mark.parametrize("kind", OWED_TO)
def test_nothing_is_owed_once_two_people_ended_the_registration(kind):
    ended = replace(OWED_TO[kind], registration_ended_on=day("2026-11-22"))
    assert dates(ended, kind) == []
