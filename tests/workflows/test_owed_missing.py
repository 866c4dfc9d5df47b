"""What follows a missing person, a reported death or failed entries: tables of dates."""

import datetime as dt

import pytest

from offenders.models import Status
from tests.rules.shipped import day
from tests.workflows.known import all_owed, due, facts, kinds, maybe, owes, released, stay
from workflows.models import Kind
from workflows.obligations import Attempt, DeathReported, Enquired, MissingReported

#: A Monday.
TODAY = day("2026-11-23")
REPORT = 7

PERIODIC = {"home_visit", "risk_reassessment", "periodic_notification", "supervisor_review"}


def attempt(on: str, outcome: str = "no_answer", **more: bool) -> Attempt:
    known = {"to_assess": True, "at_home": True, "missing_settled": False, "warrant_decided": False}
    return Attempt(day(on), outcome, **(known | more))


def report(
    at: str, *, decided: str | None = None, closed: str | None = None, found_in: str = ""
) -> MissingReported:
    instant = dt.datetime.fromisoformat(at)
    return MissingReported(instant.date(), REPORT, instant, maybe(decided), maybe(closed), found_in)


def missing(since: str, until: str | None = None, **more):
    return (stay("community", "2020-01-10", since), stay("missing", since, until, **more))


# --- enquiries ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "enquired", "expected", "rule", "reason"),
    [
        ("2026-11-20T09:00+00:00", [], "2026-11-21", "first_actions", "24 hours: a Saturday"),
        ("2026-11-20T23:59+00:00", [], "2026-11-21", "first_actions", "a minute to midnight"),
        (
            "2026-10-24T23:30+01:00",
            [],
            "2026-10-25",
            "first_actions",
            "the clocks go back: 24 hours end at 22:30 the next day",
        ),
        ("2026-10-25T00:30+01:00", [], "2026-10-25", "first_actions", "a day of 25 hours"),
        (
            "2026-03-28T23:30+00:00",
            [],
            "2026-03-30",
            "first_actions",
            "the clocks go forward: past midnight of the day after",
        ),
        ("2026-11-01T09:00+00:00", ["2026-11-02"], "2026-11-30", "review", "28 days from the last"),
        (
            "2026-11-01T09:00+00:00",
            ["2026-11-02", "2026-11-20"],
            "2026-12-18",
            "review",
            "an early round moves the next",
        ),
        ("2026-02-01T09:00+00:00", ["2026-02-01"], "2026-03-01", "review", "over February"),
    ],
)
def test_an_enquiry_is_due_24_hours_after_the_report_and_28_days_after_the_last(
    at, enquired, expected, rule, reason
):
    known = facts(
        visited="2026-11-01",
        reports=(report(at),),
        enquiries=tuple(Enquired(day(on), REPORT) for on in enquired),
    )

    found = owes(known, Kind.MISSING_ENQUIRY)
    assert (found.due_on.isoformat(), found.rule) == (expected, f"missing.{rule}"), reason


def test_enquiries_of_an_earlier_report_do_not_count():
    known = facts(
        reports=(report("2026-11-20T09:00+00:00"),),
        enquiries=(Enquired(day("2026-11-20"), REPORT - 1), Enquired(day("2026-11-20"))),
    )

    assert due(known, Kind.MISSING_ENQUIRY) == "2026-11-21"


@pytest.mark.parametrize(
    ("taken_over", "enquired", "expected", "reason"),
    [
        (None, [], "2026-03-11", "24 hours after the day on which they went missing"),
        ("2026-11-20", [], "2026-11-21", "24 hours after we took them over"),
        ("2026-11-20", ["2026-11-21"], "2026-12-19", "then every 28 days"),
        ("2026-11-20", ["2026-11-19"], "2026-11-21", "nobody here could enquire before that"),
    ],
)
def test_whoever_was_taken_over_as_missing_is_enquired_after_without_a_report(
    taken_over, enquired, expected, reason
):
    known = facts(
        stays=missing("2026-03-10", taken_over_on=maybe(taken_over)),
        enquiries=tuple(Enquired(day(on)) for on in enquired),
    )

    found = owes(known, Kind.MISSING_ENQUIRY)
    assert (found.due_on.isoformat(), found.about) == (expected, "since:2026-03-10"), reason


# --- the report and the visit ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "stays", "reports", "expected", "reason"),
    [
        ("2026-11-19", (), [], PERIODIC, "before the report"),
        (
            "2026-11-20",
            (),
            [report("2026-11-20T09:00+00:00")],
            PERIODIC | {"missing_enquiry", "missing_confirmation"},
            "until a supervisor confirms, the visit stays open",
        ),
        (
            "2026-11-22",
            missing("2026-11-23"),
            [report("2026-11-20T09:00+00:00", decided="2026-11-23")],
            PERIODIC | {"missing_enquiry", "missing_confirmation"},
            "the day before it was confirmed",
        ),
        (
            "2026-11-23",
            missing("2026-11-23"),
            [report("2026-11-20T09:00+00:00", decided="2026-11-23")],
            PERIODIC - {"home_visit", "risk_reassessment"} | {"missing_enquiry"},
            "confirmed: no visit, the duty to notify goes on",
        ),
        (
            "2026-11-23",
            (),
            [report("2026-11-20T09:00+00:00", decided="2026-11-23", closed="2026-11-23")],
            PERIODIC,
            "refused",
        ),
        (
            "2026-11-22",
            (),
            [report("2026-11-20T09:00+00:00", closed="2026-11-23", found_in="community")],
            PERIODIC | {"missing_enquiry", "missing_confirmation"},
            "the day before they were located",
        ),
        (
            "2026-11-23",
            (),
            [report("2026-11-20T09:00+00:00", closed="2026-11-23", found_in="community")],
            PERIODIC,
            "located",
        ),
    ],
)
def test_what_a_report_owes_from_day_to_day(today, stays, reports, expected, reason):
    known = facts(
        visited="2026-10-01",
        notified="2026-10-01",
        assessed="2026-10-01",
        stays=stays,
        reports=tuple(reports),
    )

    assert kinds(known, day(today)) == expected, reason


@pytest.mark.parametrize(
    ("reported_on", "expected", "reason"),
    [
        ("2026-11-19", "2026-11-20", "the next working day"),
        ("2026-11-20", "2026-11-23", "over a weekend"),
        ("2026-12-24", "2026-12-29", "over Christmas and its substitute day"),
    ],
)
def test_a_supervisor_confirms_within_a_working_day(reported_on, expected, reason):
    known = facts(reports=(report(f"{reported_on}T12:00+00:00"),))

    assert due(known, Kind.MISSING_CONFIRMATION, day("2026-12-31")) == expected, reason


@pytest.mark.parametrize(
    ("found_in", "visited", "expected", "reason"),
    [
        ("community", "2026-10-01", "2026-11-21", "within 24 hours, though nobody confirmed it"),
        ("community", "2026-11-20", "2027-02-20", "seen on the day they were located"),
        ("community", "2026-03-01", "2026-06-01", "what was overdue stays overdue"),
        ("custody", "2026-10-01", None, "in custody no visit is owed"),
    ],
)
def test_whoever_is_located_in_the_community_is_visited_within_24_hours(
    found_in, visited, expected, reason
):
    stays = [stay("community", "2020-01-10", "2026-11-20" if found_in == "custody" else None)]
    if found_in == "custody":
        stays.append(stay("custody", "2026-11-20"))
    known = facts(
        visited=visited,
        stays=tuple(stays),
        reports=(report("2026-11-18T09:00+00:00", closed="2026-11-20", found_in=found_in),),
    )

    assert due(known, Kind.HOME_VISIT) == expected, reason


# --- not resident ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("attempts", "more", "expected", "reason"),
    [
        ([attempt("2026-11-19", "not_resident")], {}, "2026-11-20", "a working day after it"),
        ([attempt("2026-11-20", "not_resident")], {}, "2026-11-23", "over a weekend"),
        (
            [attempt("2026-11-19", "not_resident"), attempt("2026-11-20", "not_resident")],
            {},
            "2026-11-20",
            "a second one gives no more time",
        ),
        ([attempt("2026-11-19", "no_answer")], {}, None, "no answer says nothing of residence"),
        ([attempt("2026-11-19", "refused")], {}, None, "who refuses is there"),
        (
            [attempt("2026-11-19", "not_resident", missing_settled=True)],
            {},
            None,
            "decided, or reported, since",
        ),
        (
            [
                attempt("2026-11-18", "not_resident", missing_settled=True),
                attempt("2026-11-19", "not_resident"),
            ],
            {},
            "2026-11-20",
            "another after the decision",
        ),
        (
            [attempt("2026-11-19", "not_resident")],
            {"reports": (report("2026-11-18T12:00+00:00"),)},
            None,
            "an open report: they are looked for already",
        ),
        (
            [attempt("2026-11-19", "not_resident")],
            {"stays": missing("2026-11-18")},
            None,
            "missing already",
        ),
        (
            [attempt("2026-11-19", "not_resident")],
            {"stays": (stay("custody", "2026-11-20"),)},
            None,
            "found in custody",
        ),
        (
            [attempt("2026-11-18", "not_resident")],
            {"stays": (stay("custody", "2026-11-19", "2026-11-20"),)},
            None,
            "released since: where they were is known",
        ),
        (
            [attempt("2026-11-20", "not_resident")],
            {"stays": (stay("custody", "2026-11-10", "2026-11-20"),)},
            "2026-11-23",
            "on the day of release, or after it",
        ),
    ],
)
def test_after_a_visit_to_somebody_not_resident_the_officer_decides(
    attempts, more, expected, reason
):
    known = facts(visited="2026-06-01", attempts=tuple(attempts), **more)

    assert due(known, Kind.MISSING_DECISION) == expected, reason


# --- a reported death -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reported_on", "expected", "reason"),
    [
        ("2026-11-16", "2026-11-23", "five working days"),
        ("2026-12-23", "2027-01-04", "over Christmas and New Year"),
    ],
)
def test_a_supervisor_verifies_within_five_working_days(reported_on, expected, reason):
    known = facts(deaths=(DeathReported(day(reported_on)),))

    assert due(known, Kind.DEATH_VERIFICATION, day("2026-12-31")) == expected, reason


LIVES = {
    "in the community": {},
    "never visited, notified or assessed": {"visited": None, "notified": None, "assessed": None},
    "in custody": {"stays": (stay("custody", "2026-10-01"),)},
    "released for some days": {"stays": (released("2026-11-10"),)},
    "missing": {
        "stays": missing("2026-11-10"),
        "reports": (report("2026-11-09T09:00+00:00", decided="2026-11-10"),),
    },
    "reported missing": {"reports": (report("2026-11-20T09:00+00:00"),)},
    "entry failed": {"attempts": (attempt("2026-11-10"), attempt("2026-11-12"))},
    "not resident": {"attempts": (attempt("2026-11-19", "not_resident"),)},
}


def life(name: str, **more):
    dates = {"visited": "2026-05-01", "notified": "2025-11-20", "assessed": "2025-11-20"}
    return facts(**(dates | LIVES[name] | more))


@pytest.mark.parametrize("name", LIVES)
def test_a_reported_death_suspends_all_that_needs_the_person(name):
    waiting = life(name, deaths=(DeathReported(TODAY),))

    assert kinds(waiting) == {"death_verification"}


@pytest.mark.parametrize("name", LIVES)
@pytest.mark.parametrize("reported_on", ["2026-06-01", "2026-11-20"])
def test_refuted_every_clock_is_as_if_the_report_had_never_been_made(name, reported_on):
    """Also that of ss.83 to 85, which only custody, hospital and being abroad stop."""
    refuted = life(name, deaths=(DeathReported(day(reported_on), TODAY),))

    assert all_owed(refuted) == all_owed(life(name))


@pytest.mark.parametrize(
    ("today", "is_owed", "reason"),
    [
        ("2026-11-19", True, "the day before it was reported"),
        ("2026-11-20", False, "the day of the report"),
        ("2026-11-22", False, "the day before it was refuted"),
        ("2026-11-23", True, "the day on which it was refuted"),
    ],
)
def test_a_visit_is_not_owed_on_the_days_of_a_report_and_on_no_others(today, is_owed, reason):
    known = facts(deaths=(DeathReported(day("2026-11-20"), TODAY),))

    assert ("home_visit" in kinds(known, day(today))) is is_owed, reason


def test_the_final_review_needs_no_person_and_stays():
    over = facts(relevant_date="2024-11-01", disposal="caution", deaths=(DeathReported(TODAY),))

    assert kinds(over) == {"final_review", "death_verification"}


# --- the s.96B option -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("attempts", "more", "expected", "reason"),
    [
        ([], {}, None, "nothing failed"),
        ([attempt("2026-11-16")], {}, None, "once is not enough"),
        (
            [attempt("2026-11-12"), attempt("2026-11-16", "refused")],
            {},
            "2026-11-23",
            "five working days after the second",
        ),
        ([attempt("2026-11-16"), attempt("2026-11-16")], {}, None, "one day counts once"),
        (
            [attempt("2026-11-12"), attempt("2026-11-16"), attempt("2026-11-20")],
            {},
            "2026-11-23",
            "a third gives no more time",
        ),
        (
            [attempt("2026-11-12"), attempt("2026-11-16", to_assess=False)],
            {},
            None,
            "one of them for another purpose than to assess risk",
        ),
        (
            [attempt("2026-11-12"), attempt("2026-11-16", at_home=False)],
            {},
            None,
            "one of them elsewhere than at the last notified address",
        ),
        (
            [attempt("2026-11-12"), attempt("2026-11-16", "not_resident")],
            {},
            None,
            "not resident is no refusal of entry",
        ),
        (
            [
                attempt("2026-11-12", warrant_decided=True),
                attempt("2026-11-16", warrant_decided=True),
            ],
            {},
            None,
            "an inspector decided",
        ),
        (
            [
                attempt("2026-11-05", warrant_decided=True),
                attempt("2026-11-06", warrant_decided=True),
                attempt("2026-11-16"),
            ],
            {},
            "2026-11-23",
            "anew after another failed entry after the decision",
        ),
        (
            [attempt("2026-11-12"), attempt("2026-11-16")],
            {"stays": (stay("custody", "2026-11-18"),)},
            None,
            "not used while in custody",
        ),
        (
            [attempt("2026-11-12"), attempt("2026-11-16")],
            {"stays": (stay("hospital", "2026-11-18"),)},
            None,
            "nor in hospital",
        ),
        (
            [attempt("2026-11-12"), attempt("2026-11-16")],
            {"stays": (stay("abroad", "2026-11-18"),)},
            None,
            "nor abroad",
        ),
        (
            [attempt("2026-11-05"), attempt("2026-11-06")],
            {"stays": (stay("custody", "2026-11-10", "2026-11-16"),)},
            "2026-11-23",
            "released: five working days from then",
        ),
    ],
)
def test_a_warrant_is_considered_once_entry_failed_often_enough(attempts, more, expected, reason):
    known = facts(visited="2026-06-01", attempts=tuple(attempts), **more)

    assert due(known, Kind.ENTRY_WARRANT) == expected, reason


@pytest.mark.parametrize("status", Status.values)
def test_an_open_report_is_always_looked_into(status):
    """Whatever a status interval says, until somebody says where the person was found."""
    known = facts(stays=(stay(status, "2026-01-10"),), reports=(report("2026-11-20T09:00+00:00"),))

    assert "missing_enquiry" in kinds(known)
