"""What is owed, by tables: both sides of each boundary, with the reason on each row."""

import datetime as dt

import pytest

from tests.rules.shipped import day, default_rules
from tests.workflows.known import (
    TODAY,
    all_owed,
    check,
    due,
    facts,
    kinds,
    modes,
    order,
    owes,
    released,
    stay,
)
from workflows.models import Kind
from workflows.obligations import (
    ActionRaised,
    AssessmentEndorsed,
    Attempt,
    DeathReported,
    IndicatorConfirmed,
    MissingReported,
    ReactiveProposed,
    SampleDrawn,
)

AT = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
TWO = (TODAY - dt.timedelta(days=9), TODAY - dt.timedelta(days=2))
AT_HOME = {"visited": "2026-09-01", "assessed": "2026-09-01", "notified": "2026-09-01"}
IN_COMMUNITY = {"home_visit", "risk_reassessment", "periodic_notification", "supervisor_review"}


@pytest.mark.parametrize(
    ("stays", "expected", "reason"),
    [
        ([], IN_COMMUNITY, "nothing recorded: in the community"),
        ([stay("community", "2020-01-10")], IN_COMMUNITY, "in the community"),
        ([stay("custody", "2026-11-23")], {"release_planning"}, "remanded today"),
        ([stay("custody", "2026-11-24")], IN_COMMUNITY, "not remanded before tomorrow"),
        ([stay("hospital", "2026-10-01")], {"release_planning"}, "detained"),
        ([stay("abroad", "2026-10-01")], set(), "abroad: nothing, and no release to plan"),
        (
            [stay("missing", "2026-10-01")],
            {"periodic_notification", "supervisor_review", "missing_enquiry"},
            "the duty to notify goes on, they are looked for, and supervisors look at it",
        ),
        (
            [stay("custody", "2026-10-01", "2026-11-23")],
            IN_COMMUNITY | {"change_notification"},
            "released today: the first day of what follows",
        ),
        ([stay("custody", "2026-10-01", "2026-11-24")], {"release_planning"}, "released tomorrow"),
    ],
)
def test_where_a_person_is_decides_what_is_owed(stays, expected, reason):
    assert kinds(facts(stays=tuple(stays), **AT_HOME)) == expected, reason


@pytest.mark.parametrize(
    ("decided", "expected"),
    [
        ((), IN_COMMUNITY),
        (modes(("2020-01-10", "reactive")), IN_COMMUNITY - {"home_visit"} | {"reactive_review"}),
        (modes(("2020-01-10", "reactive"), ("2026-01-10", "active")), IN_COMMUNITY),
    ],
)
def test_only_an_actively_managed_person_is_owed_home_visits(decided, expected):
    assert kinds(facts(modes=decided, **AT_HOME)) == expected


@pytest.mark.parametrize(
    ("today", "orders", "expected", "reason"),
    [
        ("2029-10-10", (), IN_COMMUNITY, "91 days before the last day, 2030-01-09"),
        ("2029-10-11", (), IN_COMMUNITY | {"final_review"}, "90 days before"),
        ("2030-01-09", (), IN_COMMUNITY | {"final_review"}, "the last day"),
        ("2030-01-10", (), {"final_review"}, "over: nothing else, but never silently"),
        ("2035-01-10", (), {"final_review"}, "still open until two people end it"),
        ("2029-10-11", (order("2020-01-10"),), IN_COMMUNITY, "held until further order"),
        ("2035-01-10", (order("2020-01-10"),), IN_COMMUNITY, "held for years past the period"),
        (
            "2034-10-11",
            (order("2020-01-10", "2035-01-10"),),
            IN_COMMUNITY,
            "91 days before the order ends",
        ),
        (
            "2034-10-12",
            (order("2020-01-10", "2035-01-10"),),
            IN_COMMUNITY | {"final_review"},
            "90 days before the order that holds the person ends",
        ),
    ],
)
def test_the_end_of_registration(today, orders, expected, reason):
    known = facts(disposal="imprisonment_over_6m_under_30m", orders=orders, **AT_HOME)

    assert kinds(known, day(today)) == expected, reason


def test_the_final_review_is_due_on_the_last_day_of_registration():
    known = facts(disposal="caution", relevant_date="2024-12-10", **AT_HOME)

    assert due(known, Kind.FINAL_REVIEW) == "2026-12-09"


def test_after_an_order_that_held_the_final_review_is_due_on_its_last_day():
    held = order("2020-01-10", "2026-11-20")
    known = facts(disposal="caution", relevant_date="2020-01-10", orders=(held,), **AT_HOME)

    assert kinds(known) == {"final_review"}
    assert due(known, Kind.FINAL_REVIEW) == "2026-11-20"


@pytest.mark.parametrize(
    ("ended", "count", "reason"),
    [("2026-11-23", 0, "two people ended it"), ("2026-11-24", 1, "asked as of the day before")],
)
def test_nothing_is_owed_once_two_people_ended_the_registration(ended, count, reason):
    known = facts(disposal="caution", relevant_date="2020-01-10", ended=ended)

    assert len(all_owed(known)) == count, reason


@pytest.mark.parametrize(
    ("relevant_date", "expected", "reason"),
    [
        ("2026-10-01", set(), "of the day on which it was ended"),
        (
            "2026-10-02",
            {"home_visit", "risk_reassessment", "initial_notification", "supervisor_review"},
            "registered anew since",
        ),
    ],
)
def test_who_is_registered_anew_after_the_end_is_managed_again(relevant_date, expected, reason):
    known = facts(disposal="caution", relevant_date=relevant_date, ended="2026-10-01")

    assert kinds(known) == expected, reason


def test_a_due_date_after_the_end_of_registration_is_owed_all_the_same():
    known = facts(disposal="caution", relevant_date="2025-01-10", **AT_HOME)

    assert due(known, Kind.PERIODIC_NOTIFICATION) == "2027-09-01"


# --- notifications ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("notified", "more", "expected", "reason"),
    [
        ("2026-03-01", {}, "2027-03-01", "golden vector 3: the day itself is not counted"),
        ("2024-02-29", {}, "2025-02-28", "golden vector 3: 29 February"),
        ("2026-11-23", {"is_regularly_found": True}, "2026-11-30", "golden vector 9: weekly"),
        (
            "2025-06-10",
            {"stays": (stay("custody", "2026-06-01", "2026-06-20"),)},
            "2026-06-22",
            "golden vector 4: fell inside, 3 days beginning with release",
        ),
        (
            "2025-06-20",
            {"stays": (stay("custody", "2026-06-01", "2026-06-20"),)},
            "2026-06-20",
            "fell on the day of release, which is outside",
        ),
        (
            "2025-06-19",
            {"stays": (stay("abroad", "2026-06-01", "2026-06-20"),)},
            "2026-06-22",
            "fell on the last day abroad",
        ),
        (
            "2025-05-31",
            {"stays": (stay("custody", "2026-06-01", "2026-06-20"),)},
            "2026-05-31",
            "fell the day before: overdue before it began",
        ),
        (
            "2025-06-10",
            {"stays": (stay("missing", "2026-06-01", "2026-06-20"),)},
            "2026-06-10",
            "missing stops no clock",
        ),
        (
            "2025-06-10",
            {
                "stays": (
                    stay("custody", "2026-06-01", "2026-06-20"),
                    stay("hospital", "2026-06-20", "2026-07-01"),
                )
            },
            "2026-07-03",
            "custody straight into hospital",
        ),
    ],
)
def test_the_periodic_notification(notified, more, expected, reason):
    known = facts(notified=notified, **more)

    assert due(known, Kind.PERIODIC_NOTIFICATION) == expected, reason
    assert due(known, Kind.INITIAL_NOTIFICATION) is None


@pytest.mark.parametrize(
    ("relevant_date", "stays", "expected", "reason"),
    [
        ("2026-11-23", (), "2026-11-25", "golden vector 1: the relevant date is day 1"),
        (
            "2026-11-23",
            (stay("custody", "2026-11-23", "2028-01-10"),),
            "2028-01-12",
            "golden vector 2: convicted and remanded, then released",
        ),
        ("2026-01-10", (released("2026-06-01"),), "2026-06-03", "a release without dates"),
        ("2026-06-01", (released("2026-06-01"),), "2026-06-03", "released that day"),
        (
            "2026-06-01",
            (stay("custody", "2025-01-01", "2026-05-01"),),
            "2026-06-03",
            "released before the relevant date",
        ),
        (
            "2026-06-01",
            (stay("abroad", "2026-06-02", "2026-07-01"),),
            "2026-07-02",
            "one day here, two after the return",
        ),
        (
            "2026-01-10",
            (stay("custody", "2026-11-24", "2026-11-25"),),
            "2026-01-12",
            "one night in custody gives an overdue duty no more time",
        ),
        (
            "2026-11-23",
            (stay("custody", "2026-11-24", "2026-12-01"),),
            "2026-12-02",
            "one day here, two after the release",
        ),
        (
            "2026-06-01",
            (released("2026-06-10", "2026-06-20", "missing"),),
            "2026-06-12",
            "released and gone the same day",
        ),
    ],
)
def test_the_initial_notification_of_who_never_notified(relevant_date, stays, expected, reason):
    known = facts(relevant_date=relevant_date, stays=stays)
    today = day("2028-02-01")

    assert due(known, Kind.INITIAL_NOTIFICATION, today) == expected, reason
    assert due(known, Kind.PERIODIC_NOTIFICATION, today) is None


@pytest.mark.parametrize(
    ("notified", "stays", "expected", "reason"),
    [
        ("2025-01-10", (), None, "never inside"),
        ("2025-01-10", (released("2026-06-01"),), "2026-06-03", "s.84(1)(d)"),
        ("2026-05-31", (released("2026-06-01"),), "2026-06-03", "notified the day before release"),
        ("2026-06-01", (released("2026-06-01"),), None, "notified on the day of release"),
        ("2026-08-01", (released("2026-06-01"),), None, "notified since"),
        (
            "2025-01-10",
            (
                stay("custody", "2026-01-01", "2026-02-01"),
                stay("custody", "2026-05-01", "2026-06-01"),
            ),
            "2026-02-03",
            "the first of two: a later one gives no more time",
        ),
        (
            "2025-01-10",
            (
                stay("custody", "2026-01-01", "2026-02-01"),
                stay("hospital", "2026-02-01", "2026-06-01"),
            ),
            "2026-06-03",
            "straight from custody into hospital: one release",
        ),
        (
            "2026-02-03",
            (
                stay("custody", "2026-01-01", "2026-02-01"),
                stay("custody", "2026-05-01", "2026-06-01"),
            ),
            "2026-06-03",
            "the first was notified",
        ),
        (
            "2025-01-10",
            (stay("hospital", "2026-05-01", "2026-06-01"),),
            "2026-06-03",
            "from hospital",
        ),
        ("2025-01-10", (stay("abroad", "2026-05-01", "2026-06-01"),), None, "no release"),
        (
            "2025-01-10",
            (
                stay("custody", "2026-05-01", "2026-06-01"),
                stay("abroad", "2026-06-01", "2026-07-01"),
            ),
            "2026-07-03",
            "removed from the country on release: the days abroad do not count",
        ),
    ],
)
def test_release_asks_for_a_change_notification(notified, stays, expected, reason):
    known = facts(notified=notified, stays=stays)

    assert due(known, Kind.CHANGE_NOTIFICATION) == expected, reason


def test_each_release_is_told_apart():
    known = facts(notified="2025-01-10", stays=(stay("custody", "2026-05-01", "2026-06-01"),))

    found = owes(known, Kind.CHANGE_NOTIFICATION)

    assert found.about == "release:2026-06-01"
    assert found.inputs == (("release", "2026-06-01"),)


# --- reassessment -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("assessed", "stays", "expected", "rule", "reason"),
    [
        ("2026-02-28", (), "2027-02-28", "arms.review", "twelve months"),
        ("2024-02-29", (), "2025-02-28", "arms.review", "twelve months from 29 February"),
        (None, (), "2026-11-23", "arms.initial", "15 working days after the relevant date"),
        (None, (released("2026-11-03"),), "2026-11-24", "arms.initial", "after release"),
        (None, (released("2026-10-30"),), "2026-11-23", "arms.initial", "released before: later"),
        ("2026-01-10", (released("2026-11-03"),), "2027-01-10", "arms.review", "not by release"),
        (
            None,
            (stay("custody", "2026-11-10", "2026-11-12"),),
            "2026-11-23",
            "arms.initial",
            "two nights in custody give no more time",
        ),
        (
            None,
            (stay("abroad", "2026-10-01", "2026-11-20"),),
            "2026-11-23",
            "arms.initial",
            "abroad is no release",
        ),
    ],
)
def test_the_risk_reassessment(assessed, stays, expected, rule, reason):
    known = facts(relevant_date="2026-11-02", assessed=assessed, stays=stays)

    found = owes(known, Kind.RISK_REASSESSMENT)

    assert (found.due_on.isoformat(), found.rule) == (expected, rule), reason


# --- release planning ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expected_on", "checks", "due_on", "reason"),
    [
        ("2027-02-01", (), "2027-01-04", "28 days before the expected release"),
        (None, (), "2026-12-01", "no date: a month after it began"),
        (None, (check("2026-11-10"),), "2026-12-10", "no date still: a month after the last look"),
        ("2027-02-01", (check("2026-11-10", "2027-03-01"),), "2027-02-01", "the look knows better"),
        (None, (check("2026-11-10", "2026-12-08"),), None, "looked on the day it was due"),
        (None, (check("2026-11-10", "2026-12-09"),), "2026-11-11", "looked the day before"),
        (None, (check("2026-10-31", "2027-03-01"),), "2026-12-01", "a look at an earlier stay"),
        (None, (check("2026-11-20", "2026-11-23"),), None, "released today, planned"),
        (None, (check("2026-11-20", "2026-11-22"),), "2026-12-20", "that day passed: look again"),
        ("2026-11-22", (), "2026-11-01", "that day passed, nobody looked; not before it began"),
        ("2026-11-26", (), "2026-11-01", "28 days ahead is before it began: the day it began"),
        (
            None,
            (check("2026-11-10", "2027-02-01", 1), check("2026-11-10", "2027-03-01", 2)),
            "2027-02-01",
            "the later of two looks that day",
        ),
    ],
)
def test_release_planning(expected_on, checks, due_on, reason):
    expected = day(expected_on) if expected_on else None
    inside = stay("custody", "2026-11-01", release_expected_on=expected)
    known = facts(stays=(inside,), release_checks=checks)

    assert due(known, Kind.RELEASE_PLANNING) == due_on, reason


@pytest.mark.parametrize(
    ("said_on", "due_on", "reason"),
    [
        ("2026-11-10", "2026-11-23", "said on the 23rd: the newer word counts, from that day"),
        ("2026-11-23", None, "looked that very day: planned"),
        ("2026-11-24", None, "looked since: planned"),
    ],
)
def test_a_release_that_is_expected_anew_is_planned_anew(said_on, due_on, reason):
    inside = stay(
        "custody",
        "2026-11-01",
        release_expected_on=day("2026-11-30"),
        expectation_said_on=day("2026-11-23"),
    )
    known = facts(stays=(inside,), release_checks=(check(said_on, "2026-11-30"),))

    assert due(known, Kind.RELEASE_PLANNING, day("2026-11-24")) == due_on, reason


@pytest.mark.parametrize(
    ("taken_over_on", "due_on", "reason"),
    [
        ("2026-11-23", "2026-12-23", "in custody for years before we took the record over"),
        ("2019-01-01", "2026-12-01", "taken over before the stay began"),
        (None, "2026-12-01", "recorded here"),
    ],
)
def test_nobody_is_late_with_a_release_they_could_not_have_planned(taken_over_on, due_on, reason):
    taken_over = day(taken_over_on) if taken_over_on else None
    known = facts(stays=(stay("custody", "2026-11-01", taken_over_on=taken_over),))

    assert due(known, Kind.RELEASE_PLANNING) == due_on, reason


def test_every_answer_names_a_rule_that_is_in_the_rule_set():
    everything = [
        facts(disposal="caution", relevant_date="2024-12-10", **AT_HOME),
        facts(notified="2025-01-10", stays=(released("2026-06-01"),), is_regularly_found=True),
        facts(stays=(stay("custody", "2026-11-01"),)),
        facts(reactive_proposals=(ReactiveProposed(TODAY, 1),)),
        facts(modes=modes(("2026-01-10", "reactive"))),
        facts(assessments=(AssessmentEndorsed(TODAY, 1),)),
        facts(attempts=(Attempt(TODAY, "not_resident", True, True, False, False),)),
        facts(attempts=tuple(Attempt(on, "no_answer", True, True, False, False) for on in TWO)),
        facts(reports=(MissingReported(TODAY, 1, AT),)),
        facts(deaths=(DeathReported(TODAY),)),
        facts(case_actions=(ActionRaised(TODAY, 1, TODAY),), samples=(SampleDrawn(TODAY, 1),)),
        facts(indicators=(IndicatorConfirmed(TODAY, 1, "critical", TODAY),)),
        facts(),
    ]
    found = [item for known in everything for item in all_owed(known)]

    assert {item.kind for item in found} == set(Kind)
    assert all(item.inputs for item in found)
    assert all(default_rules().rule(item.rule).id == item.rule for item in found)


def test_what_was_not_known_that_day_is_owed_as_it_was_then():
    known = facts(**AT_HOME)

    assert kinds(known, TODAY) == kinds(known, day("2040-01-01")), "time alone owes nothing new"
