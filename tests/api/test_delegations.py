"""Delegations over the API, and acting under one by the header Acting-For."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import Role, User
from tests import make
from tests.api.calling import events_since, last_event, signed_in
from tests.api.scenes.assessments import ASSESSMENT
from tests.api.scenes.scene import WHY, spoken
from tests.api.scenes.standing_in import decisions_to
from tests.workflows import doing
from workflows.actions.delegations import grant_delegation

pytestmark = pytest.mark.django_db


@pytest.fixture
def supervisor() -> User:
    return make.officer(Role.SUPERVISOR)


@pytest.fixture
def stand_in(supervisor: User) -> User:
    return make.officer(team=supervisor.team)


@pytest.fixture
def given(supervisor: User, stand_in: User) -> str:
    inspector = make.officer(Role.INSPECTOR, force=supervisor.force)
    facts = decisions_to(stand_in) | {"delegator": supervisor.staff_number}
    return str(grant_delegation(by=make.actor(inspector), **facts).public_id)


def test_granted_listed_and_revoked(supervisor):
    caller = signed_in(supervisor)
    other = make.officer(Role.SUPERVISOR, team=supervisor.team)

    made = caller.post("delegations:grant", spoken(decisions_to(other)))

    assert made.status_code == 201
    [row] = caller.get("delegations").json()["results"]
    assert (row["id"], row["in_force"], row["role"]) == (made.json()["id"], True, "supervisor")
    assert row["delegate"]["staff_number"] == other.staff_number
    ended = caller.post(f"delegations/{row['id']}/revoke").json()
    assert (ended["ended_because"], ended["in_force"]) == ("revoked", False)


def test_too_long_is_said_with_a_code(supervisor):
    other = make.officer(Role.SUPERVISOR, team=supervisor.team)
    body = decisions_to(other) | {"until_at": timezone.now() + dt.timedelta(days=40)}
    answer = signed_in(supervisor).post("delegations:grant", spoken(body))
    assert answer.status_code == 400
    assert answer.json()["invalid"]["until_at"][0]["code"] == "too_long"


def test_with_the_header_the_delegate_decides_and_without_it_not(supervisor, stand_in, given):
    manager = make.officer(team=supervisor.team)
    person = make.person(manager=manager)
    doing.complete(person, "assess", dict(ASSESSMENT), by=manager)
    task = make.task_of(person, "endorse").public_id
    body, caller = {"decision": "endorse", "comment": WHY}, signed_in(stand_in)

    assert caller.post(f"tasks/{task}/endorse", body).status_code == 403
    assert "endorse" not in caller.get(f"tasks/{task}").json()["allowed_actions"]
    shown = caller.get(f"tasks/{task}", Acting_For=given).json()
    assert "endorse" in shown["allowed_actions"]
    before = last_event()
    assert caller.post(f"tasks/{task}/endorse", body, Acting_For=given).status_code == 200

    [event] = events_since(before)
    assert (event.actor_label, event.acting_for_label) == (
        stand_in.staff_number,
        supervisor.staff_number,
    )


@pytest.mark.parametrize(
    "wanted", ["another's", "no id at all", "00000000-0000-4000-8000-000000000000"]
)
def test_a_delegation_that_is_not_theirs_is_refused_and_on_record(supervisor, given, wanted):
    caller = signed_in(make.officer(team=supervisor.team))
    before = last_event()

    answer = caller.get("tasks", Acting_For=given if wanted == "another's" else wanted)

    assert (answer.status_code, answer.json()["code"]) == (403, "not_permitted")
    [event] = events_since(before)
    assert (event.action, event.outcome, event.acting_for_label) == ("delegation.use", "denied", "")


def test_what_the_pages_have_on_does_not_count_here(stand_in, given):
    caller = signed_in(stand_in)
    caller.client.post(f"/delegations/{given}/use")
    before = last_event()

    assert caller.get("tasks").status_code == 200

    [event] = events_since(before)
    assert event.acting_for_label == ""
