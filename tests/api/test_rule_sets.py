"""The rules over the wire: reading, proposing, approving, trying, and what a version moved."""

import datetime as dt
from typing import Any

import pytest
import time_machine

from accounts.models import Role, Team
from offenders.models import Offender
from tests import make
from tests.api.calling import Caller, signed_in
from tests.api.scenes.rules import rules_proposal
from tests.api.scenes.scene import spoken
from tests.rules.proposing import FOUR_MONTHS
from tests.rules.shipped import default_rules
from tests.workflows.ruling import enact
from workflows.rule_changes import apply_rules

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 25, 10, tzinfo=dt.UTC)
MEDIUM = "visit.interval.medium"


@pytest.fixture(autouse=True)
def _the_day():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def team() -> Team:
    return make.team()


def inspector(team: Team) -> Caller:
    return signed_in(make.officer(Role.INSPECTOR, team=team))


def body(**changes: Any) -> dict[str, Any]:
    return spoken(rules_proposal() | changes)


def test_a_version_is_proposed_by_one_and_approved_by_another(team):
    author, approver = inspector(team), inspector(team)
    made = author.post("rule-sets:propose", body())
    assert made.status_code == 201, made.json()
    assert made.headers["Location"] == "/api/v1/rule-sets/2"
    shown = made.json()
    assert (shown["number"], shown["state"], shown["based_on"]) == (2, "proposed", 1)
    [difference] = shown["differences"]
    assert (difference["id"], difference["how"]) == (MEDIUM, "changed")
    assert (difference["before"]["period"], difference["after"]["period"]) == ("6m", "4m")

    assert author.post("rule-sets/2/approve", {"reason": "Mine"}).json()["code"] == "own_proposal"
    approved = approver.post("rule-sets/2/approve", {"reason": "Agreed"}).json()

    assert (approved["state"], approved["approval_reason"]) == ("approved", "Agreed")
    listed = author.get("rule-sets").json()
    assert listed["in_force"] == 1
    assert [(row["number"], row["state"]) for row in listed["results"]] == [
        (2, "approved"),
        (1, "approved"),
    ]
    assert author.get("rule-sets/2").json()["document"] == shown["document"]


def test_a_whole_document_comes_back_as_it_was_sent(team):
    document = default_rules().document()
    for rule in document["rules"]:
        if rule["id"] == MEDIUM:
            rule.update(FOUR_MONTHS)
    sent = body(document=document)
    del sent["changes"]
    who = inspector(team)
    made = who.post("rule-sets:propose", sent)
    assert made.status_code == 201, made.json()
    assert who.get("rule-sets/2").json()["document"] == document
    assert who.get("rule-sets/1").json()["differences"] == []


def test_the_same_request_twice_proposes_once(team):
    who = inspector(team)
    answers = [who.post("rule-sets:propose", body(), Idempotency_Key="k1") for _ in range(2)]
    assert [answer.json()["number"] for answer in answers] == [2, 2]


@pytest.mark.parametrize(
    ("changes", "status", "code", "about"),
    [
        ({"effective_from": "2026-11-24"}, 409, "in_past", None),
        ({"changes": []}, 409, "no_change", None),
        ({"changes": [{"id": MEDIUM, "period": "4m"}]}, 409, "example_fails", MEDIUM),
        ({"changes": [{"id": MEDIUM, "examples": []}]}, 409, "example_missing", MEDIUM),
        ({"changes": [{"id": "notif.initial", "period": "4d"}]}, 409, "statutory_rule",
         "notif.initial"),
        ({"changes": [{"id": MEDIUM, "enabled": False}]}, 409, "rule_needed", MEDIUM),
        ({"changes": [{"id": MEDIUM, "period": "soon"}]}, 400, "invalid", MEDIUM),
        ({"changes": [{"id": "no.such"}]}, 400, "invalid", "no.such"),
        ({"changes": ["4m"]}, 400, "invalid", "changes.0"),
        ({"document": {}}, 400, "invalid", "changes"),
        ({"reason": ""}, 400, "invalid", "reason"),
    ],
)  # fmt: skip
def test_each_refusal_has_its_code_and_names_the_rule(team, changes, status, code, about):
    answer = inspector(team).post("rule-sets:propose", body(**changes))
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (status, code)
    assert about is None or about in problem["invalid"]


def test_an_example_that_fails_says_the_expected_and_the_found_date(team):
    change = {"id": MEDIUM, "period": "4m"}
    problem = inspector(team).post("rule-sets:propose", body(changes=[change])).json()
    said = problem["invalid"][MEDIUM][0]["message"]
    assert "28 February 2027" in said
    assert "31 December 2026" in said


@pytest.mark.parametrize("step", ["approve", "withdraw"])
def test_what_is_settled_is_refused(team, step):
    inspector(team).post("rule-sets:propose", body())
    who = inspector(team)
    assert who.post("rule-sets/2/withdraw", {"reason": "A slip"}).json()["state"] == "withdrawn"
    answer = who.post(f"rule-sets/2/{step}", {"reason": "Again"})
    assert (answer.status_code, answer.json()["code"]) == (409, "not_proposed")


@pytest.mark.parametrize("number", [99, 10**30])
def test_a_version_that_is_not_there_is_not_found(team, number):
    who = inspector(team)
    assert who.get(f"rule-sets/{number}").status_code == 404
    assert who.get(f"rule-sets/{number}/effects").status_code == 404
    assert who.post(f"rule-sets/{number}/approve", {"reason": "Agreed"}).status_code == 404
    assert who.post("rule-sets:what-if", {"version": 99}).status_code == 404


def test_versions_are_listed_page_by_page(team):
    who = inspector(team)
    for value in ("2", "4"):
        change = {"id": "visit.hours", "value": value}
        assert who.post("rule-sets:propose", body(changes=[change])).status_code == 201
    first = who.get("rule-sets", {"limit": 2}).json()
    second = who.get(first["next"]).json()
    assert [row["number"] for row in first["results"] + second["results"]] == [3, 2, 1]
    assert second["next"] is None


def test_trying_other_rules_counts_and_names(team):
    manager = make.officer(team=team)
    late = make.person(manager=manager, last_effective_visit_on="2026-07-24")
    hidden = make.person(manager=manager, last_effective_visit_on="2026-07-24")
    Offender.objects.filter(pk=hidden.pk).update(is_restricted=True)
    who = inspector(team)

    shown = who.post("rule-sets:what-if", {"changes": {MEDIUM: "4m"}}).json()

    assert [row["person"]["id"] for row in shown["overdue"]] == [str(late.public_id)]
    assert (shown["left_out"], shown["unnamed"], shown["on"]) == (0, 1, "2026-11-25")
    assert shown["total"]["becomes_overdue"] == 2
    assert (shown["total"]["now"]["hours"], shown["total"]["then"]["hours"]) == (1.0, 1.5)
    assert shown["by_officer"][0]["officer"]["staff_number"] == manager.staff_number
    assert shown["by_team"][0]["team"]["id"] == str(team.public_id)
    few = who.post("rule-sets:what-if", {"changes": {MEDIUM: "4m"}, "limit": 0}).json()
    assert (few["overdue"], few["left_out"]) == ([], 1)
    none = who.post("rule-sets:what-if", {}).json()
    assert none["total"]["becomes_overdue"] == 0


def test_what_a_version_moved_is_counted_for_the_force_and_named_within_reach(team):
    manager = make.officer(team=team)
    other = make.officer(team=make.team(in_force=team.force))
    mine = make.person(manager=manager, last_effective_visit_on="2026-07-24")
    hidden = make.person(manager=manager, last_effective_visit_on="2026-09-10")
    Offender.objects.filter(pk=hidden.pk).update(is_restricted=True)
    make.person(manager=other, last_effective_visit_on="2026-09-10")
    make.person(last_effective_visit_on="2026-09-10")  # of another force
    enact()
    who = inspector(team)
    assert who.get("rule-sets/2/effects").json()["is_finished"] is False
    apply_rules()

    shown = who.get("rule-sets/2/effects").json()

    assert shown["is_finished"] is True
    total = {"moved": 3, "earlier": 3, "later": 0, "became_overdue": 1, "ceased_overdue": 0}
    assert shown["total"] == total
    assert shown["by_kind"] == [{"kind": "home_visit", **total}]
    assert [row["moved"] for row in shown["by_team"]] == [2, 1]
    assert sorted(row["moved"] for row in shown["by_officer"]) == [1, 2]
    rows = shown["results"]
    assert len(rows) == 2
    assert rows[0] == {
        "person": {"id": str(mine.public_id), "reference": mine.source_ref, "name": "NOMINAL, T."},
        "kind": "home_visit",
        "original_due_on": "2027-01-24",
        "from_on": "2027-01-24",
        "to_on": "2026-11-24",
        "rule": MEDIUM,
    }
    supervised = signed_in(make.officer(Role.SUPERVISOR, team=team)).get("rule-sets/2/effects")
    assert supervised.json()["total"]["moved"] == 1
    first = who.get("rule-sets/2/effects", {"limit": 1}).json()
    second = who.get(first["next"]).json()
    assert first["results"] + second["results"] == rows
    assert second["next"] is None
