"""What the record says of those who were turned away: what, about whom, and in one set of words."""

import pytest
from django.urls import reverse

from accounts.models import Role
from audit.models import Event, Operation, Outcome
from tests import make
from tests.api.calling import Caller, events_since, last_event, signed_in
from tests.api.scenes.scene import spoken

pytestmark = pytest.mark.django_db


def test_a_refusal_is_on_the_record() -> None:
    caller = signed_in(make.officer())
    hidden = make.task_of(make.person())
    caller.post(f"tasks/{hidden.public_id}/claim")
    refused = Event.objects.get(outcome=Outcome.DENIED)
    assert (refused.action, refused.subject) == ("task.claim", f"task:{hidden.public_id}")
    assert refused.offender_id == hidden.offender_id


def test_a_page_and_the_api_refuse_a_person_in_the_same_words() -> None:
    hidden = make.person()
    caller = signed_in(make.officer())
    before = last_event()
    caller.get(f"offenders/{hidden.public_id}")
    caller.client.get(reverse("ui:person", args=[hidden.public_id]))
    assert [(one.action, one.subject, one.offender_id) for one in events_since(before)] == [
        ("offender.view", f"offender:{hidden.public_id}", hidden.pk)
    ] * 2


def test_a_person_who_does_not_exist_is_nobody_in_the_record() -> None:
    before = last_event()
    signed_in(make.officer()).get("offenders/00000000-0000-4000-8000-000000000000")
    [event] = events_since(before)
    assert (event.outcome, event.offender_id) == (Outcome.DENIED, None)


def test_a_refused_step_is_recorded_as_what_was_refused() -> None:
    manager = make.officer()
    task = make.task_of(make.person(manager=manager))
    inspector = signed_in(make.officer(Role.INSPECTOR, team=manager.team))
    before = last_event()
    answer = inspector.post(f"tasks/{task.public_id}/record-outcome", spoken(make.outcome()))
    assert answer.status_code == 403
    [event] = events_since(before)
    assert (event.action, event.outcome) == ("visit.record", Outcome.DENIED)
    assert event.offender_id == task.offender_id


def test_a_question_for_a_reason_is_not_a_refusal() -> None:
    manager = make.officer()
    person = make.person(manager=manager)
    auditor = signed_in(make.officer(Role.AUDITOR, team=manager.team))
    auditor.headers = {}
    before = last_event()
    assert auditor.get(f"offenders/{person.public_id}").json()["code"] == "reason_required"
    [event] = events_since(before)
    assert (event.action, event.outcome) == ("reason.ask", Outcome.OK)
    assert (event.purpose_kind, event.purpose_ref) == ("action", "offender.view")
    assert event.offender_id == person.pk


@pytest.mark.parametrize(
    ("header", "why"),
    [
        ("Bearer nothing", "nobody was given it"),
        ("Bearer " + "x" * 600, "longer than any of ours"),
        ("Bearer", "there is none"),
        ("Basic dTpw", "another scheme"),
    ],
)
def test_a_bad_token_is_on_the_record_and_is_kept_nowhere(header: str, why: str) -> None:
    before = last_event()
    assert Caller({"Authorization": header}).get("tasks").status_code == 401
    [event] = events_since(before)
    assert (event.operation, event.outcome) == (Operation.AUTHENTICATION, Outcome.DENIED), why
    assert (event.action, event.actor_key) == ("token.use", "unknown")
    assert header.encode() not in bytes(event.leaf_data)
    assert b"nothing" not in bytes(event.leaf_data)
