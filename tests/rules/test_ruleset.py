"""The rule set: what is shipped, what is refused, what is looked up."""

import datetime as dt
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from rules.errors import NotCounted, RuleNotInForce, UnknownRule
from rules.period import Period
from rules.ruleset import INDEFINITE, PERIOD_OF_DISCHARGE, RuleSet, load
from tests.rules.shipped import DEFAULT, day, default_rules, published_calendar


def document(**changes: Any) -> dict[str, Any]:
    """A small rule set as YAML would give it, whose one rule is changed as asked."""
    rule = {
        "id": "notif.initial",
        "kind": "statutory",
        "trigger": "relevant_date",
        "period": "3d",
        "count": "beginning_with",
        "days": "calendar",
        "source": "s.83(1)",
        "evidence": "V",
    }
    kept = {key: value for key, value in (rule | changes).items() if value != "left out"}
    return {
        "version": 1,
        "jurisdiction": "england_wales",
        "timezone": "Europe/London",
        "rules": [kept],
        "notification_periods": [
            {"disposal": "caution", "adult": "24m", "under18": "12m", "evidence": "V"}
        ],
        "figures": [
            {"id": "visit.hours", "value": "3", "unit": "hours", "source": "ours", "evidence": "D"}
        ],
    }


def test_every_shipped_rule_can_be_read():
    assert default_rules().document() == yaml.safe_load(DEFAULT.read_text(encoding="utf-8"))


def test_every_shipped_rule_says_where_it_comes_from():
    assert all(rule.source and rule.evidence for rule in default_rules().rules)


def test_what_is_enacted_but_not_commenced_stays_disabled():
    disabled = {rule.id for rule in default_rules().rules if not rule.enabled}
    assert disabled == {
        "cpa2026.name_change",
        "cpa2026.absence_home",
        "cpa2026.child_premises",
    }


def test_a_disabled_rule_is_refused_unless_asked_for():
    with pytest.raises(RuleNotInForce, match=r"cpa2026\.name_change"):
        default_rules().rule("cpa2026.name_change")
    kept = default_rules().rule("cpa2026.name_change", even_disabled=True)
    assert kept.length == Period(7, "d")


def test_an_unknown_rule_is_named_in_the_refusal():
    with pytest.raises(UnknownRule) as refusal:
        default_rules().rule("visit.interval.enormous")
    assert str(refusal.value) == "There is no rule 'visit.interval.enormous' in this rule set."


def test_every_rule_that_leads_to_a_date_gives_one_and_the_others_refuse():
    for rule in default_rules().rules:
        if rule.days in ("calendar", "working") and rule.count not in ("threshold", "accumulate"):
            assert rule.due(day("2026-11-23"), published_calendar()).year >= 2026, rule.id
        else:
            with pytest.raises(NotCounted, match=rule.id):
                rule.due(day("2026-11-23"), published_calendar())


@pytest.mark.parametrize(
    ("rule", "trigger", "expected", "reason"),
    [
        ("visit.interval.very_high", "2027-01-31", "2027-02-28", "monthly, from a month's end"),
        ("visit.interval.high", "2026-11-23", "2027-02-23", "three months"),
        ("visit.interval.medium", "2026-08-31", "2027-02-28", "six months into a shorter month"),
        ("visit.interval.low", "2028-02-29", "2029-02-28", "twelve months from 29 February"),
        ("visit.interval.not_assessed", "2026-11-23", "2027-02-23", "counts as high"),
        ("visit.after_level_raised", "2026-12-22", "2026-12-31", "five working days, Christmas"),
        ("visit.after_failed_attempt.very_high", "2026-11-27", "2026-11-30", "next working day"),
        ("visit.after_failed_attempt.high", "2026-11-27", "2026-12-01", "second working day"),
        ("visit.after_failed_attempt.other", "2026-11-27", "2026-12-04", "a working week"),
        ("visit.after_release", "2026-03-23", "2026-04-15", "15 working days over Easter"),
        ("visit.reactive_return", "2026-08-24", "2026-09-08", "ten over the August holiday"),
        ("visit.located", "2026-12-31", "2027-01-01", "a calendar day, holiday or not"),
        ("registration.final_review", "2027-03-01", "2026-12-01", "90 days ahead"),
        ("release.planning", "2028-03-28", "2028-02-29", "28 days ahead"),
        ("release.planning.no_date", "2026-12-31", "2027-01-31", "a month on"),
        ("deferral.past_due.default", "2026-11-23", "2026-12-21", "28 days at most"),
        ("deferral.past_due.high", "2026-11-23", "2026-11-30", "7 days at most"),
        ("vetting.warning", "2027-01-15", "2026-12-16", "30 days ahead"),
        ("arms.initial", "2026-11-23", "2026-12-14", "15 working days"),
        ("rmp.review.not_assessed", "2026-11-30", "2027-02-28", "counts as high"),
        ("rmp.after_assessment", "2026-12-22", "2026-12-31", "five working days, Christmas"),
        ("rmp.after_level_raised", "2026-12-22", "2026-12-31", "five working days, Christmas"),
        ("review.after_return", "2026-03-23", "2026-04-15", "15 working days over Easter"),
        ("visit.after_plan", "2026-12-22", "2026-12-31", "five working days, Christmas"),
        ("visit.longest.very_high", "2027-01-31", "2027-02-28", "a month, as its interval"),
        ("visit.longest.high", "2026-11-23", "2027-05-23", "six months"),
        ("visit.longest.not_assessed", "2026-11-23", "2027-02-23", "three months"),
        ("visit.longest.medium", "2028-02-29", "2029-02-28", "twelve months from 29 February"),
        ("visit.longest.low", "2028-02-29", "2030-02-28", "two years from 29 February"),
    ],
)
def test_practice_rules_lead_to_their_dates(rule, trigger, expected, reason):
    found = default_rules().rule(rule).due(day(trigger), published_calendar())
    assert found == day(expected), reason


@pytest.mark.parametrize(
    ("rule", "times"), [("entry.warrant.failed_visits", 2), ("deferral.times", 2)]
)
def test_some_rules_are_a_number_of_times(rule, times):
    assert default_rules().rule(rule).times == times
    with pytest.raises(NotCounted):
        _ = default_rules().rule(rule).length


def test_a_length_of_time_is_not_a_number_of_times():
    assert default_rules().rule("release.minimum_stay").length.days == 28
    with pytest.raises(NotCounted):
        _ = default_rules().rule("release.minimum_stay").times


@pytest.mark.parametrize(
    ("rule", "trigger_at", "expected_at", "reason"),
    [
        ("dpa.breach_ico", "2026-03-28T12:00+00:00", "2026-03-31T12:00+00:00", "GMT into BST"),
        ("dpa.breach_ico", "2026-10-24T13:00+01:00", "2026-10-27T12:00+00:00", "BST into GMT"),
        ("indicator.triage.critical", "2026-03-29T00:30+00:00", "2026-03-29T04:30+00:00", "4 h"),
        ("missing.first_actions", "2026-12-31T22:00+00:00", "2027-01-01T22:00+00:00", "new year"),
        ("notif.travel.change", "2026-10-25T08:00+00:00", "2026-10-24T20:00+00:00", "before"),
    ],
)
def test_hours_are_hours_on_the_clock(rule, trigger_at, expected_at, reason):
    found = default_rules().rule(rule).due_at(dt.datetime.fromisoformat(trigger_at))
    assert found == dt.datetime.fromisoformat(expected_at), reason
    assert found.tzinfo is dt.UTC


def test_hours_need_an_instant_and_days_a_date():
    with pytest.raises(ValueError, match="time zone"):
        default_rules().rule("dpa.breach_ico").due_at(dt.datetime(2026, 11, 23, 9))  # noqa: DTZ001
    for days_or_threshold in ("notif.initial", "notif.child_household"):
        rule = default_rules().rule(days_or_threshold)
        with pytest.raises(NotCounted, match=rule.id):
            rule.due_at(dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC))


@pytest.mark.parametrize(
    ("disposal", "adult", "under_18"),
    [
        ("life_or_ipp_or_30m_plus", INDEFINITE, INDEFINITE),
        ("order_for_lifelong_restriction", INDEFINITE, INDEFINITE),
        ("hospital_with_restriction_order", INDEFINITE, INDEFINITE),
        ("imprisonment_over_6m_under_30m", 120, 60),
        ("imprisonment_6m_or_less", 84, 42),
        ("hospital_without_restriction_order", 84, 42),
        ("caution", 24, 12),
        ("conditional_discharge", PERIOD_OF_DISCHARGE, PERIOD_OF_DISCHARGE),
        ("any_other", 60, 30),
    ],
)
def test_the_disposal_says_how_long_a_person_is_registered(disposal, adult, under_18):
    rules = default_rules()
    assert rules.notification_months(disposal, under_18=False) == adult
    assert rules.notification_months(disposal, under_18=True) == under_18


def test_an_unknown_disposal_is_refused():
    with pytest.raises(UnknownRule, match="parking"):
        default_rules().notification_months("parking", under_18=False)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"perod": "3d"}, "an unknown key"),
        ({"source": "left out"}, "no source"),
        ({"source": ""}, "an empty source"),
        ({"evidence": "X"}, "no such mark of evidence"),
        ({"kind": "advice"}, "no such kind"),
        ({"id": "Notif Initial"}, "an id that is not a name"),
        ({"period": "3s"}, "no such unit"),
        ({"period": 3}, "a number of days without its unit"),
        ({"period": "2"}, "a number written as text"),
        ({"period": True}, "not a number at all"),
        ({"period": None}, "nothing to count"),
        ({"period": "left out"}, "no period written"),
        ({"count": "until"}, "no such way of counting"),
        ({"days": "business"}, "no such days"),
        ({"days": "left out"}, "days that are not said"),
        ({"days": "working"}, "working days are only counted after"),
        ({"period": "3m", "count": "after", "days": "working"}, "working months"),
        ({"period": "72h"}, "hours in calendar days"),
        ({"period": "3d", "count": "after", "days": "elapsed"}, "days on the clock"),
        ({"period": 2, "count": "occurrences"}, "occurrences have no days"),
        ({"period": 0, "count": "occurrences", "days": "left out"}, "never is no number of times"),
        ({"count": "absolute"}, "an anniversary of three days"),
        ({"count": "accumulate"}, "adding up without a window"),
        ({"window": "12m"}, "a window without adding up"),
        ({"count": "after", "pause": "custody_hospital_abroad"}, "a pause where none is counted"),
        ({"period": "1m", "pause": "custody_hospital_abroad"}, "a pause in months"),
        ({"extend": {"by": "3d", "after": "custody_hospital_abroad"}}, "extends a paused count"),
        ({"pause": "holidays"}, "no such pause"),
        ({"max_period": "15y"}, "a longest period where none is chosen"),
        ({"enabled": "no"}, "a word where true or false belongs"),
    ],
)
def test_a_rule_with_a_fault_is_refused(changes, reason):
    with pytest.raises(ValidationError):
        RuleSet.model_validate(document(**changes))


def test_the_rule_those_faults_were_put_into_is_sound():
    assert RuleSet.model_validate(document()).rule("notif.initial").length == Period(3, "d")


@pytest.mark.parametrize("repeated", ["rules", "notification_periods"])
def test_a_name_used_twice_is_refused(repeated):
    twice = document()
    twice[repeated] *= 2
    with pytest.raises(ValidationError, match="named more than once"):
        RuleSet.model_validate(twice)


@pytest.mark.parametrize(
    ("key", "value"),
    [("version", 2), ("jurisdiction", "scotland"), ("timezone", "UTC"), ("rules", []), ("x", 1)],
)
def test_a_rule_set_of_another_kind_is_refused(key, value):
    with pytest.raises(ValidationError):
        RuleSet.model_validate(document() | {key: value})


@pytest.mark.parametrize("adult", ["10", 10, "30d", "forever", None])
def test_a_notification_period_is_in_months_or_named(adult):
    changed = document()
    changed["notification_periods"][0]["adult"] = adult
    with pytest.raises(ValidationError):
        RuleSet.model_validate(changed)


def test_a_key_written_twice_is_refused():
    text = DEFAULT.read_text(encoding="utf-8")
    doubled = text.replace("{id: notif.initial, ", "{id: notif.initial, period: 9d, ")
    assert doubled != text
    with pytest.raises(yaml.YAMLError, match="'period' is written twice"):
        load(doubled)


def test_a_rule_cannot_be_changed():
    with pytest.raises(ValidationError):
        default_rules().rule("notif.initial").enabled = False


def test_the_digest_follows_the_meaning_and_not_the_order_of_keys():
    one = RuleSet.model_validate(document())
    turned = RuleSet.model_validate(dict(reversed(document().items())))
    assert one.digest() == turned.digest()
    assert one.digest() != RuleSet.model_validate(document(period="4d")).digest()
    assert len(one.digest()) == 64
