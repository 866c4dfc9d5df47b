"""What a force may change, rule by rule, and what the service or the law keeps."""

import copy
from typing import Any

import pytest

from rules.bounds import ABOVE_NOTHING, REACH, RISING, WHOLE
from rules.drafting import changed, read
from rules.limits import overstepped
from rules.ruleset import RuleSet
from tests.rules.shipped import default_rules


def codes(after: RuleSet, before: RuleSet | None = None) -> list[tuple[str, str]]:
    shipped = default_rules()
    found = overstepped(after, shipped=shipped, before=before or shipped)
    return [(fault.code, fault.about) for fault in found]


def without(section: str, name: str) -> RuleSet:
    document = copy.deepcopy(default_rules().document())
    document[section] = [item for item in document[section] if name not in item.values()]
    return read(document)


def with_rule(**fields: Any) -> RuleSet:
    document = copy.deepcopy(default_rules().document())
    document["rules"].append(
        {
            "id": "force.own",
            "kind": "local",
            "trigger": "something",
            "period": "3d",
            "count": "after",
            "days": "calendar",
            "source": "ours",
            "evidence": "D",
        }
        | fields
    )
    return read(document)


NO_EXAMPLES: dict[str, Any] = {"examples": []}


@pytest.mark.parametrize(
    ("change", "code", "reason"),
    [
        ({"id": "visit.interval.medium", "period": "4m"}, None, "a force setting, shorter"),
        ({"id": "visit.interval.medium", "period": "8m"}, None, "a force setting, longer"),
        ({"id": "mappa.level2.review", "period": "12w"}, None, "guidance is the force's to follow"),
        ({"id": "visit.write_up", "period": "5d", "days": "calendar"}, None, "other days"),
        ({"id": "visit.write_up", "period": "72h", "days": "elapsed"} | NO_EXAMPLES, "rule_shape",
         "an instant where the service asks for a day"),
        ({"id": "visit.interval.medium", "count": "beginning_with"}, "rule_shape", "another count"),
        ({"id": "visit.interval.medium", "trigger": "birthday"}, "rule_shape", "another trigger"),
        ({"id": "visit.interval.medium", "kind": "guidance"}, "rule_shape", "another standing"),
        ({"id": "visit.interval.medium", "enabled": False}, "rule_needed", "switched off"),
        ({"id": "deferral.times", "period": 3}, None, "a number of times"),
        ({"id": "notif.initial", "period": "4d"} | NO_EXAMPLES, "statutory_rule", "made later"),
        ({"id": "notif.initial", "period": "2d"} | NO_EXAMPLES, "statutory_rule", "made earlier"),
        ({"id": "notif.initial", "source": "Force order"}, "statutory_rule", "another source"),
        ({"id": "notif.initial", "kind": "local"}, "statutory_rule", "law called local"),
        ({"id": "notif.initial", "enabled": False}, "statutory_rule", "law switched off"),
        ({"id": "notif.initial", "note": "See s.83"}, None, "a note"),
        ({"id": "notif.initial", "examples": []}, None, "examples"),
        ({"id": "entry.warrant.failed_visits", "period": 3}, "statutory_rule", "the police's duty"),
        ({"id": "cpa2026.name_change", "enabled": True}, None, "commenced"),
        ({"id": "cpa2026.name_change", "enabled": True, "period": "3d"} | NO_EXAMPLES,
         "statutory_rule", "commenced and shortened at once"),
        ({"id": "visit.hours", "value": "2.5"}, None, "a figure"),
        ({"id": "caseload.points.reactive", "value": "0"}, None, "points may be nothing"),
        ({"id": "caseload.capacity", "value": "0"}, "figure_shape", "nothing divides"),
        ({"id": "caseload.capacity", "value": "0.001"}, None, "just above it"),
        ({"id": "visit.hours", "unit": "days"}, "figure_shape", "another unit"),
        ({"id": "indicator.points.low", "value": "0"}, "figure_shape", "what is recorded counts"),
        ({"id": "indicator.points.low", "value": "1"}, None, "a little"),
        ({"id": "indicator.points.low", "value": "30"}, None, "as much as medium"),
        ({"id": "indicator.points.low", "value": "31"}, "figure_shape", "more than medium"),
        ({"id": "indicator.reliability.1a", "value": "1.1"}, "figure_shape", "a grade discounts"),
        ({"id": "indicator.reliability.3e", "value": "0"}, "figure_shape", "never to nothing"),
        ({"id": "indicator.reliability.3e", "value": "0.15"}, None, "as 2E"),
        ({"id": "indicator.reliability.3e", "value": "0.16"}, "figure_shape", "more than 2E"),
        ({"id": "indicator.order.factor", "value": "0.9"}, "figure_shape", "an order lowers"),
        ({"id": "indicator.order.factor", "value": "1"}, None, "an order says nothing"),
        ({"id": "indicator.cap", "value": "0"}, "figure_shape", "nothing counts"),
        ({"id": "indicator.cap", "value": "99.5"}, "figure_shape", "scores are whole"),
        ({"id": "indicator.half_life.short", "value": "0"}, "figure_shape", "nothing divides"),
        ({"id": "indicator.half_life.short", "value": "1"}, None, "a day"),
        ({"id": "indicator.half_life.short", "value": "31"}, "figure_shape", "longer than medium"),
        ({"id": "indicator.surge.factor", "value": "1.5"}, "figure_shape", "any busy day is held"),
        ({"id": "indicator.surge.factor", "value": "2"}, None, "twice the usual"),
        ({"id": "indicator.surge.factor", "value": "101"}, "figure_shape", "nothing is held"),
        ({"id": "indicator.surge.little", "value": "0"}, "figure_shape", "one is held"),
        ({"id": "indicator.surge.little", "value": "1.5"}, "figure_shape", "indicators are whole"),
        ({"id": "indicator.surge.look_back", "value": "367"}, "figure_shape", "over a year"),
        ({"id": "indicator.surge.least_days", "value": "0"}, "figure_shape", "no day at all"),
        ({"id": "indicator.surge.least_days", "value": "29"}, "figure_shape", "never looked at"),
        ({"id": "priority.ahead.share", "value": "100"}, None, "in full"),
        ({"id": "priority.ahead.share", "value": "101"}, "figure_shape", "ahead more than now"),
        ({"id": "priority.escalated", "value": "2.5"}, "figure_shape", "half points add up badly"),
        ({"id": "priority.escalated", "value": "0"}, None, "points may be nothing"),
        ({"id": "priority.level.medium", "value": "31"}, "figure_shape", "medium above high"),
        ({"id": "priority.late.least", "value": "41"}, "figure_shape", "least above most"),
        ({"id": "priority.soon.points", "value": "11"}, "figure_shape", "soon above overdue"),
    ],
)  # fmt: skip
def test_what_a_force_may_change(change, code, reason):
    found = codes(changed(default_rules(), [change]))
    assert found == ([(code, change["id"])] if code else []), reason


def test_what_others_are_divided_by_is_told_how_far_it_goes():
    """Once, in words by which it can be put right."""
    after = changed(default_rules(), [{"id": "caseload.capacity", "value": "0"}])
    [fault] = overstepped(after, shipped=default_rules(), before=default_rules())
    assert fault.message == "It is more than 0."


def test_no_level_that_is_missing_counts_for_less_than_high():
    change = {"id": "priority.level.not_assessed", "value": "29"}
    assert codes(changed(default_rules(), [change])) == [("figure_shape", "priority.level.high")]


def test_every_figure_that_is_bounded_is_shipped():
    figures = {figure.id for figure in default_rules().figures}
    assert {name for rising in RISING for name in rising} <= figures
    for start in (*REACH, *ABOVE_NOTHING, *WHOLE):
        assert any(name.startswith(start) for name in figures), start


@pytest.mark.parametrize(
    ("after", "code"),
    [
        (without("rules", "visit.interval.low"), ("rule_needed", "visit.interval.low")),
        (without("rules", "notif.initial"), ("rule_needed", "notif.initial")),
        (without("figures", "visit.hours"), ("figure_needed", "visit.hours")),
        (without("notification_periods", "caution"), ("statutory_rule", "caution")),
        (with_rule(kind="statutory"), ("statutory_rule", "force.own")),
        (with_rule(), None),
    ],
)
def test_what_may_go_and_come(after, code):
    assert codes(after) == ([code] if code else [])


def test_how_long_somebody_is_registered_is_not_a_forces_to_change():
    document = copy.deepcopy(default_rules().document())
    caution = next(row for row in document["notification_periods"] if row["disposal"] == "caution")
    caution["note"] = "conditional cautions as well"
    assert codes(read(document)) == []
    caution["adult"] = "36m"
    assert codes(read(document)) == [("statutory_rule", "caution")]


def test_what_has_commenced_is_not_switched_off_again():
    on = changed(default_rules(), [{"id": "cpa2026.name_change", "enabled": True}])
    assert codes(on, on) == []
    assert codes(default_rules(), on) == [("statutory_rule", "cpa2026.name_change")]
