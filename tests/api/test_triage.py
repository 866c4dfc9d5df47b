"""The triage of indicators over the wire: its form, its errors, and what is read afterwards."""

from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Role, User
from offenders.models import Offender
from risk.models import Indicator, IndicatorAccess
from tests import make
from tests.api.calling import Caller, signed_in
from tests.workflows import indicating, triaging
from workflows.actions.indicators import matching

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Offender:
    return make.person(manager=make.officer())


@pytest.fixture
def supervisor(person: Offender) -> User:
    return make.officer(Role.SUPERVISOR, team=person.team)


def task_id(found: Indicator, step: str = "triage_indicator") -> str:
    return str(triaging.task_of(found, step).public_id)


def sent(caller: Caller, found: Indicator, **body: Any) -> Any:
    body = {"reason": triaging.WHY} | body
    return caller.post(f"tasks/{task_id(found)}/triage-indicator", body)


def read(caller: Caller, found: Indicator) -> dict[str, Any]:
    answer = caller.get(f"indicators/{found.public_id}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_the_task_names_its_indicator_and_its_form_offers_what_is_the_persons(person):
    condition = triaging.condition(person)
    found = triaging.matched(person)
    caller = signed_in(person.offender_manager)
    task = caller.get(f"tasks/{task_id(found)}").json()
    assert task["indicator"] == str(found.public_id)
    assert task["allowed_actions"][0] == "triage_indicator"
    assert task["subject"].startswith("Undeclared account")
    form = caller.get(f"tasks/{task_id(found)}/form").json()
    fields = {field["name"]: field for field in form["fields"]}
    values = [choice["value"] for choice in fields["breach_of"]["choices"]]
    assert values == ["", str(condition.public_id)]
    assert "same_as" not in fields, "there is no other indicator"


def test_what_was_decided_is_read_with_the_indicator(person, supervisor):
    condition = triaging.condition(person)
    found = triaging.matched(person)
    caller = signed_in(person.offender_manager)
    answer = sent(
        caller,
        found,
        outcome="enquiry",
        action="Ask the provider.",
        due_on=timezone.localdate().isoformat(),
        breach_of=str(condition.public_id),
    )
    assert answer.status_code == 200, answer.content
    seen = read(signed_in(supervisor), found)
    assert (seen["state"], seen["outcome"]) == ("triaged", "enquiry")
    assert seen["triaged_by"]["staff_number"] == person.offender_manager.staff_number
    assert seen["decays_from"] is None
    [triage] = seen["triages"]
    assert triage["started"] == "case_action"
    assert triage["case_action"] == str(person.case_actions.get().public_id)
    assert triage["breach_of"] == str(condition.public_id)


def test_a_check_is_read_too(person, supervisor):
    found = triaging.critical(person)
    caller = signed_in(person.offender_manager)
    assert sent(caller, found, outcome="no_action").status_code == 200
    assert read(caller, found)["state"] == "untriaged"
    checked = signed_in(supervisor).post(
        f"tasks/{task_id(found, 'check_triage')}/check-triage",
        {"decision": "agreed", "comment": "I have read it."},
    )
    assert checked.status_code == 200, checked.content
    [triage] = read(caller, found)["triages"]
    assert (triage["decision"], triage["comment"]) == ("agreed", "I have read it.")
    assert triage["stands_at"] == read(caller, found)["decays_from"]


def test_the_finished_step_says_what_was_sent(person):
    found = triaging.critical(person)
    task = task_id(found)
    caller = signed_in(person.offender_manager)
    sent(caller, found, outcome="no_action")
    values = caller.get(f"tasks/{task}").json()["written"]["values"]
    assert (values["outcome"], values["reason"]) == ("no_action", triaging.WHY)


WRONG = [
    ({"outcome": "ignored"}, 400, "invalid_choice"),
    ({"outcome": "enquiry"}, 400, "needed"),
    ({"outcome": "no_action", "transferred_to": "Aldmoor"}, 400, "not_asked"),
    ({"outcome": "linked_to_task", "task": "not-an-id"}, 400, "invalid"),
    (
        {"outcome": "linked_to_task", "task": "0" * 8 + "-0000-0000-0000-" + "0" * 12},
        400,
        "unknown_task",
    ),
    (
        {"outcome": "duplicate", "same_as": "0" * 8 + "-0000-0000-0000-" + "0" * 12},
        400,
        "unknown_indicator",
    ),
    (
        {"outcome": "no_action", "breach_of": "0" * 8 + "-0000-0000-0000-" + "0" * 12},
        400,
        "unknown_condition",
    ),
    ({"outcome": "no_action", "reason": ""}, 400, "blank"),
    ({"outcome": "no_action", "secret": 1}, 400, "unknown_field"),
]


@pytest.mark.parametrize(("body", "status", "code"), WRONG, ids=[row[2] for row in WRONG])
def test_what_is_wrong_is_said_at_its_field_and_changes_nothing(person, body, status, code):
    found = triaging.matched(person)
    answer = sent(signed_in(person.offender_manager), found, **body)
    assert answer.status_code == status, answer.content
    invalid = answer.json()["invalid"].values()
    assert code in {error["code"] for errors in invalid for error in errors}
    found.refresh_from_db()
    assert found.state == "untriaged"
    assert not found.triages.exists()


def test_a_restricted_one_is_closed_to_whoever_is_not_named(person, supervisor):
    found = indicating.about(person, by=person.offender_manager, text="A second account.")
    Indicator.objects.filter(pk=found.pk).update(is_restricted=True)
    IndicatorAccess.objects.create(indicator=found, user=supervisor, named_by=supervisor)
    matching.confirm_match(
        by=make.actor(supervisor), indicator=found.public_id, offender=person.public_id
    )
    caller = signed_in(person.offender_manager)
    task = caller.get(f"tasks/{task_id(found)}").json()
    assert task["indicator"] is None
    assert "triage_indicator" not in task["allowed_actions"]
    assert task["subject"] == "Restricted indicator"
    assert sent(caller, found, outcome="reassessment").status_code == 403
    assert caller.get(f"indicators/{found.public_id}").status_code == 404
    assert sent(signed_in(supervisor), found, outcome="reassessment").status_code == 200
    said = caller.get(f"offenders/{person.public_id}/timeline").content.decode()
    assert "reassessment" not in said
    assert str(found.public_id) not in said


def test_the_address_of_indicators_says_that_it_takes_them_in(person):
    answer = signed_in(person.offender_manager).client.delete("/api/v1/indicators")
    assert answer.status_code == 405
    assert {"GET", "POST"} <= set(answer["Allow"].replace(" ", "").split(","))
