"""Documents and changes as somebody sends them, and how two versions differ."""

import copy

import pytest

from rules.differences import differences
from rules.drafting import changed, read, short
from rules.errors import RulesInvalid
from tests.rules.proposing import FOUR_MONTHS
from tests.rules.shipped import default_rules

MEDIUM = "visit.interval.medium"


@pytest.mark.parametrize(
    ("change", "code", "about", "said"),
    [
        ({"id": "visit.interval.enormous", "period": "4m"}, "unknown_rule",
         "visit.interval.enormous", "no such rule"),
        ({"period": "4m"}, "unknown_rule", "None", "no such rule"),
        ({"id": 12}, "unknown_rule", "12", "no such rule"),
        ({"id": MEDIUM, "period": "soon"}, "invalid_rule", MEDIUM, "period"),
        ({"id": MEDIUM, "period": "4h"}, "invalid_rule", MEDIUM, "cannot be counted"),
        ({"id": MEDIUM, "every": "4m"}, "invalid_rule", MEDIUM, "every"),
        ({"id": "visit.hours", "value": 3}, "invalid_rule", "visit.hours", "value"),
        ({"id": "visit.hours", "value": "3.0"}, "invalid_rule", "visit.hours", "value"),
        ({"id": "visit.hours", "value": "-1"}, "invalid_rule", "visit.hours", "value"),
        ({"id": "caseload.new.days", "value": "9.5"}, "invalid_rule", "caseload.new.days", "whole"),
    ],
)  # fmt: skip
def test_a_change_that_cannot_be_right_names_the_rule_and_why(change, code, about, said):
    with pytest.raises(RulesInvalid) as refusal:
        changed(default_rules(), [change])
    fault = refusal.value.faults[0]
    assert (fault.code, fault.about) == (code, about)
    assert said in fault.message


def test_a_rule_is_changed_once():
    with pytest.raises(RulesInvalid) as refusal:
        changed(default_rules(), [{"id": MEDIUM}, {"id": MEDIUM}])
    assert [fault.code for fault in refusal.value.faults] == ["named_twice"]


@pytest.mark.parametrize("document", [None, [], "text", {}, {"rules": 3}, {"rules": [3]}])
def test_what_is_no_document_is_refused(document):
    with pytest.raises(RulesInvalid):
        read(document)


def test_every_fault_of_a_document_is_said():
    document = copy.deepcopy(default_rules().document())
    document["rules"][0]["period"] = "soon"
    document["figures"][0]["unit"] = "miles"
    with pytest.raises(RulesInvalid) as refusal:
        read(document)
    assert [fault.about for fault in refusal.value.faults] == [
        "notif.initial",
        "caseload.points.very_high",
    ]


def test_a_change_leaves_everything_else_and_the_base_alone():
    before = default_rules().digest()
    after = changed(default_rules(), [FOUR_MONTHS])
    assert default_rules().digest() == before
    assert [found.about for found in differences(default_rules(), after)] == [MEDIUM]


def test_a_period_or_a_value_alone_is_enough_to_try():
    assert short(default_rules(), {MEDIUM: "4m", "visit.hours": "2", "deferral.times": "3"}) == [
        {"id": MEDIUM, "period": "4m"},
        {"id": "visit.hours", "value": "2"},
        {"id": "deferral.times", "period": 3},
    ]


def test_no_change_is_no_difference():
    assert differences(default_rules(), read(default_rules().document())) == []


def test_saying_the_default_is_no_difference():
    same = changed(default_rules(), [{"id": MEDIUM, "enabled": True, "note": ""}])
    assert differences(default_rules(), same) == []


@pytest.mark.parametrize(
    ("change", "part", "how", "fields"),
    [
        ({"id": MEDIUM, "period": "4m"} | {"examples": []}, "rule", "changed",
         ("period", "examples")),
        ({"id": MEDIUM, "enabled": False}, "rule", "disabled", ("enabled",)),
        ({"id": "cpa2026.name_change", "enabled": True}, "rule", "enabled", ("enabled",)),
        ({"id": "visit.hours", "value": "2"}, "figure", "changed", ("value",)),
    ],
)  # fmt: skip
def test_a_difference_says_what_and_shows_before_and_after(change, part, how, fields):
    [found] = differences(default_rules(), changed(default_rules(), [change]))
    assert (found.part, found.about, found.how, found.fields) == (part, change["id"], how, fields)
    assert found.before["id"] == found.after["id"] == change["id"]
    assert found.before != found.after


def test_what_was_added_is_removed_the_other_way_round():
    document = copy.deepcopy(default_rules().document())
    gone = document["rules"].pop()
    less = read(document)
    [removed] = differences(default_rules(), less)
    [added] = differences(less, default_rules())
    assert (removed.about, removed.how, removed.after) == (gone["id"], "removed", None)
    assert (added.about, added.how, added.before) == (gone["id"], "added", None)
