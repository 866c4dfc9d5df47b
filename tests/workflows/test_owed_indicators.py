"""Indicators of online risk that wait for their triage are owed, wherever the person is."""

import datetime as dt

import pytest

from rules.period import Period
from tests.rules.shipped import day, default_rules
from tests.workflows.known import TODAY, all_owed, facts, kinds, modes, owes, stay
from workflows.models import Kind
from workflows.obligations import DeathReported, IndicatorConfirmed, MissingReported
from workflows.queries.ranking import USUAL_RULE

DAY = dt.timedelta(days=1)


def told(
    on: str = "2026-11-20", key: int = 7, severity: str = "high", **more
) -> IndicatorConfirmed:
    return IndicatorConfirmed(day(on), key, severity, day(on) + DAY, **more)


def triages(known, today=TODAY) -> list[tuple[str, str, str]]:
    return [
        (item.about, item.due_on.isoformat(), item.rule)
        for item in all_owed(known, today)
        if item.kind == Kind.INDICATOR_TRIAGE
    ]


WHEREVER = {
    "in the community": {},
    "in custody": {"stays": (stay("custody", "2026-10-01"),)},
    "in hospital": {"stays": (stay("hospital", "2026-10-01"),)},
    "abroad": {"stays": (stay("abroad", "2026-10-01"),)},
    "missing": {"stays": (stay("missing", "2026-10-01"),)},
    "reported missing": {
        "reports": (
            MissingReported(day("2026-11-01"), 1, dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)),
        )
    },
    "managed reactively": {"modes": modes(("2026-01-01", "reactive"))},
    "said to be dead": {"deaths": (DeathReported(day("2026-11-21")),)},
    "registered no more": {"ended": "2026-11-01"},
    "over, and not ended by two people yet": {
        "disposal": "caution",
        "relevant_date": "2020-01-10",
    },
}


@pytest.mark.parametrize("where", WHEREVER.values(), ids=WHEREVER)
def test_each_untriaged_one_is_owed_wherever_the_person_is(where):
    known = facts(visited="2026-11-01", indicators=(told(), told(key=8, severity="low")), **where)
    assert triages(known) == [
        ("indicator:7", "2026-11-21", "indicator.triage.high"),
        ("indicator:8", "2026-11-21", "indicator.triage.low"),
    ]


def test_nothing_else_is_owed_once_the_registration_has_ended():
    known = facts(ended="2026-11-01", indicators=(told(),))
    assert kinds(known) == {"indicator_triage"}


def test_one_that_is_triaged_is_owed_no_more_from_that_day():
    known = facts(indicators=(told(triaged_on=day("2026-11-22"), outcome="no_action"),))
    assert triages(known) == []
    assert triages(known, day("2026-11-21")) != []
    assert triages(known, day("2026-11-19")) == [], "nobody had said whom it is about"


def test_every_severity_cites_a_rule_that_there_is():
    for severity in ("critical", "high", "medium", "low"):
        [(_, _, rule)] = triages(facts(indicators=(told(severity=severity),)))
        assert isinstance(default_rules().rule(rule).length, Period)


CRITICAL = {"severity": "critical"}
ASKED = [
    ({}, None, "nothing but its own triage"),
    (CRITICAL, "critical_indicator", "from the day it was matched"),
    (
        CRITICAL | {"triaged_on": day("2026-11-21"), "outcome": "enquiry"},
        "critical_indicator",
        "an enquiry assesses no risk",
    ),
    (
        CRITICAL | {"triaged_on": day("2026-11-21"), "outcome": "no_action"},
        None,
        "two people set it aside",
    ),
    (
        {"triaged_on": day("2026-11-21"), "outcome": "reassessment"},
        "indicator_triaged",
        "its triage asked for it",
    ),
]


@pytest.mark.parametrize(("said", "name", "why"), ASKED, ids=[row[2] for row in ASKED])
def test_what_asks_for_a_reassessment(said, name, why):
    def asks(assessed: str) -> str | None:
        found = owes(facts(assessed=assessed, indicators=(told(**said),)), Kind.RISK_REASSESSMENT)
        return found.inputs[0][0] if found.rule == "arms.review.change" else None

    since = said.get("triaged_on", day("2026-11-20")) if name else day("2026-11-20")
    if name == "critical_indicator":
        since = day("2026-11-20")
    assert asks((since - DAY).isoformat()) == name, why
    assert asks(since.isoformat()) is None, "answered by one handed in that day"


def test_a_missing_person_is_reassessed_for_a_critical_one_too():
    known = facts(
        assessed="2026-11-01",
        stays=(stay("missing", "2026-10-01"),),
        indicators=(told(**CRITICAL),),
    )
    assert owes(known, Kind.RISK_REASSESSMENT).inputs[0] == ("critical_indicator", "2026-11-20")


def test_every_kind_of_work_has_a_measure_of_its_lateness():
    assert set(USUAL_RULE) == set(Kind)
