"""Every kind of work against every place a person can be: paused or not, and back as it was.

The table is what PRACTICE 5, 13 and 17 decide, kind by kind; that it has every kind is asked too.
"""

import datetime as dt
from collections.abc import Iterator
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
    IndicatorConfirmed,
    MissingReported,
    ReactiveProposed,
    SampleDrawn,
)

SINCE = "2026-11-20"
#: Two days, and six weeks; both over by the 23rd.
SHORT, LONG = ("2026-11-20", "2026-11-22"), ("2026-10-10", "2026-11-20")


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
    indicators=(IndicatorConfirmed(day("2026-11-02"), 5, "high", day("2026-11-03")),),
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
    Kind.INDICATOR_TRIAGE: ACTIVE,
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
    # Somebody may be in danger, wherever the person is (PRACTICE 18).
    Kind.INDICATOR_TRIAGE: {*AWAY, "reported", "missing", "dead"},
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


def placed(known: Facts, place: str, until: str | None = None, since: str = SINCE) -> Facts:
    """The same person, there from a day on, and back on `until`."""
    if place == "dead":
        decided = until and day(until)
        return replace(known, deaths=(DeathReported(day(since), decided),))
    if place in {"reported", "missing"}:
        closed = until and day(until)
        confirmed = day(since) if place == "missing" else None
        found_in = "community" if until else ""
        at = dt.datetime.combine(day(since), dt.time(9), dt.UTC)
        report = MissingReported(day(since), 9, at, confirmed, closed, found_in)
        gone = () if place == "reported" else (stay("missing", since, until),)
        settled = tuple(one._replace(missing_settled=True) for one in known.attempts)
        return replace(known, reports=(report,), stays=(*known.stays, *gone), attempts=settled)
    return replace(known, stays=(*known.stays, stay(place, since, until)))


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


SOUGHT, DEAD = ("reported", "missing"), ("dead",)

#: By kind: places, and when it is due after the short and after the long absence, worked by hand
#: from PRACTICE 5 and 13. "": not owed.
BACK: dict[Kind, list[tuple[tuple[str, ...], str, str, str]]] = {
    Kind.HOME_VISIT: [
        (AWAY, "2026-12-11", "2026-12-11", "15 working days from Sunday the 22nd, Friday the 20th"),
        (SOUGHT, "2026-11-23", "2026-11-21", "24 hours from being located"),
        (DEAD, "2027-02-01", "2027-02-01", "six months after 1 August: nothing was stopped"),
    ],
    Kind.RISK_REASSESSMENT: [(PLACES, "2027-02-10", "2027-02-10", "a year after 10 February")],
    Kind.INITIAL_NOTIFICATION: [
        (PLACES, "2024-12-12", "2024-12-12", "what was overdue stays overdue"),
    ],
    Kind.CHANGE_NOTIFICATION: [
        (
            PLACES,
            "2026-03-22",
            "2026-03-22",
            "overdue since the first release, whatever came since",
        ),
    ],
    Kind.PERIODIC_NOTIFICATION: [(PLACES, "2027-01-10", "2027-01-10", "a year after 10 January")],
    Kind.FINAL_REVIEW: [(PLACES, "2026-12-09", "2026-12-09", "the register's own date")],
    Kind.CASE_ACTION: [(PLACES, "2026-11-10", "2026-11-10", "the day that was set")],
    Kind.REACTIVE_PROPOSAL: [
        (PLACES, "2026-11-24", "2026-11-24", "ten working days; that it lapses is an act's to say"),
    ],
    Kind.REACTIVE_REVIEW: [(PLACES, "2027-01-20", "2027-01-20", "a year after the decision")],
    Kind.MISSING_DECISION: [
        ((*AWAY, *SOUGHT), "", "", "a return or a report settles it"),
        (DEAD, "2026-11-03", "2026-11-03", "a refuted report settles nothing"),
    ],
    Kind.ENTRY_WARRANT: [
        (AWAY, "2026-11-27", "2026-11-27", "five working days from the return"),
        ((*SOUGHT, *DEAD), "2026-10-16", "2026-10-16", "five after the attempt of 9 October"),
    ],
    Kind.PLAN_REVIEW: [
        (PLACES, "2026-10-08", "2026-10-08", "overdue before either absence, and stays so"),
    ],
    Kind.SUPERVISOR_REVIEW: [(PLACES, "2027-01-01", "2027-01-01", "six months after 1 July")],
    Kind.DIP_SAMPLE: [(PLACES, "2026-11-16", "2026-11-16", "ten working days after the draw")],
    Kind.INDICATOR_TRIAGE: [(PLACES, "2026-11-03", "2026-11-03", "from when it was received")],
}


def back() -> Iterator[object]:
    for kind, rows in BACK.items():
        for places, short, long, why in rows:
            for place in places:
                for stayed, due_on in ((SHORT, short), (LONG, long)):
                    yield pytest.param(kind, place, stayed, due_on, why, id=f"{kind} {place}")


def test_the_table_of_returns_has_every_kind_and_place_once():
    written = [(kind, place) for kind, rows in BACK.items() for row in rows for place in row[0]]
    assert sorted(written) == sorted((kind, place) for kind in OWED_TO for place in PLACES)


@pytest.mark.parametrize(("kind", "place", "stayed", "due_on", "why"), [*back()])
def test_a_return_leaves_the_date_that_the_table_says(kind, place, stayed, due_on, why):
    since, until = stayed

    after = dates(placed(OWED_TO[kind], place, until, since), kind)

    assert after == ([day(due_on)] if due_on else []), why


@pytest.mark.parametrize(
    ("places", "short", "long", "why"),
    [
        (AWAY, "2026-10-01", "2026-12-11", "28 days or more begin anew; less leaves it overdue"),
        (SOUGHT, "2026-10-01", "2026-10-01", "located in 24 hours makes nothing later"),
        (DEAD, "2026-10-01", "2026-10-01", "nothing was stopped"),
    ],
)
def test_a_visit_that_was_overdue_before_stays_so_but_for_a_long_stay(places, short, long, why):
    late = replace(ACTIVE, last_visited_on=day("2026-04-01"), attempts=())
    for place in places:
        for (since, until), due_on in ((SHORT, short), (LONG, long)):
            assert dates(placed(late, place, until, since), Kind.HOME_VISIT) == [day(due_on)], why


@pytest.mark.parametrize(
    ("kind", "places", "short", "long", "why"),
    [
        (Kind.RELEASE_PLANNING, AWAY[:2], "2026-12-20", "2026-11-10", "a month, no date known"),
        (Kind.MISSING_CONFIRMATION, ("reported",), "2026-11-23", "2026-10-12", "a working day"),
        (Kind.MISSING_ENQUIRY, SOUGHT, "2026-11-21", "2026-10-11", "24 hours"),
        (Kind.DEATH_VERIFICATION, DEAD, "2026-11-27", "2026-10-16", "five working days"),
    ],
)
def test_what_a_place_asks_for_is_due_by_its_beginning_and_over_with_it(
    kind, places, short, long, why
):
    assert set(places) == BY_PLACE[kind]
    for place in places:
        for (since, until), due_on in ((SHORT, short), (LONG, long)):
            assert dates(placed(ACTIVE, place, since=since), kind) == [day(due_on)], why
            assert dates(placed(ACTIVE, place, until, since), kind) == []


@pytest.mark.parametrize("place", PLACES)
def test_release_opens_a_change_notification_of_three_days_beginning_with_it(place):
    is_released = place in {"custody", "hospital"}
    for (since, until), due_on in ((SHORT, "2026-11-24"), (LONG, "2026-11-22")):
        found = dates(placed(ACTIVE, place, until, since), Kind.CHANGE_NOTIFICATION)
        assert found == ([day(due_on)] if is_released else [])


@pytest.mark.parametrize("kind", sorted(set(OWED_TO) - {Kind.INDICATOR_TRIAGE}))
def test_nothing_is_owed_once_two_people_ended_the_registration(kind):
    ended = replace(OWED_TO[kind], registration_ended_on=day("2026-11-22"))
    assert dates(ended, kind) == []
