"""Tasks through the API: lists, versions, keys and the answers of the actions."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Role
from tests import make
from tests.api.calling import Caller, nobody, signed_in, system
from tests.api.scenes.assessments import ASSESSMENT
from tests.api.scenes.scene import spoken
from tests.workflows import doing
from tests.workflows.doing import move_away
from workflows.models import Task, Visit

pytestmark = pytest.mark.django_db


def an_officer_and_their_task() -> tuple[Caller, Task]:
    manager = make.officer()
    return signed_in(manager), make.task_of(make.person(manager=manager))


def test_an_officer_completes_a_step_and_the_next_one_opens() -> None:
    caller, task = an_officer_and_their_task()
    answer = caller.post(f"tasks/{task.public_id}/record-outcome", spoken(make.outcome()))
    assert answer.status_code == 200, answer.content
    assert answer.json()["state"] == "done"
    assert answer.headers["ETag"] == f'"{answer.json()["version"]}"'
    assert make.task_of(task.offender, "write_up").owner == task.owner


def test_a_step_of_another_task_is_not_there() -> None:
    caller, task = an_officer_and_their_task()
    answer = caller.post(f"tasks/{task.public_id}/write-up", spoken(make.write_up()))
    assert answer.status_code == 404


def test_a_form_says_what_is_wrong_with_each_field() -> None:
    caller, task = an_officer_and_their_task()
    body = spoken(make.outcome()) | {"outcome": "odd", "attended": "yes", "stranger": 1}
    answer = caller.post(f"tasks/{task.public_id}/record-outcome", body)
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["invalid"]["attended"][0]["code"] == "wrong_type"
    assert Visit.objects.filter(offender=task.offender, origin="recorded").count() == 0


def test_done_twice_is_a_conflict() -> None:
    caller, task = an_officer_and_their_task()
    body = spoken(make.outcome())
    caller.post(f"tasks/{task.public_id}/record-outcome", body)
    answer = caller.post(f"tasks/{task.public_id}/record-outcome", body)
    assert (answer.status_code, answer.json()["code"]) == (409, "task_not_open")


def test_a_task_shows_what_was_written_before_it_to_officers_alone() -> None:
    caller, task = an_officer_and_their_task()
    body = spoken(make.outcome(note="Curtains drawn."))
    caller.post(f"tasks/{task.public_id}/record-outcome", body)
    write_up = make.task_of(task.offender, "write_up").public_id

    [before] = caller.get(f"tasks/{write_up}").json()["earlier"]
    assert (before["step"], before["values"]["note"]) == ("record_outcome", "Curtains drawn.")
    assert system(force=task.force).get(f"tasks/{write_up}").json()["earlier"] == []


def test_a_kept_write_up_is_answered_when_saved_and_then_gone() -> None:
    caller, task = an_officer_and_their_task()
    caller.post(f"tasks/{task.public_id}/record-outcome", spoken(make.outcome()))
    kept = make.task_of(task.offender, "write_up")
    move_away(task.offender)
    answer = caller.post(f"tasks/{kept.public_id}/write-up", spoken(make.write_up()))
    assert (answer.status_code, answer.json()["state"]) == (200, "done")
    assert caller.get(f"tasks/{kept.public_id}").status_code == 404


def test_a_hidden_task_looks_like_a_missing_one() -> None:
    caller = signed_in(make.officer())
    hidden = make.task_of(make.person())
    bodies = []
    for task in (hidden.public_id, uuid.uuid4()):
        answer = caller.get(f"tasks/{task}", X_Request_Id="same")
        assert answer.status_code == 404
        bodies.append(answer.content)
    assert bodies[0] == bodies[1]
    odd = caller.get("tasks/not-an-id", X_Request_Id="same")
    assert odd.content == bodies[0]


def test_allowed_actions_are_what_then_succeeds() -> None:
    caller, task = an_officer_and_their_task()
    shown = caller.get(f"tasks/{task.public_id}").json()
    offered = ["record_outcome", "release", "defer", "prepare", "start_lone_visit"]
    assert shown["allowed_actions"] == offered
    assert shown["complete"] == f"/api/v1/tasks/{task.public_id}/record-outcome"


def test_the_form_of_a_step_is_described() -> None:
    caller, task = an_officer_and_their_task()
    shown = caller.get(f"tasks/{task.public_id}/form").json()
    fields = {field["name"]: field for field in shown["fields"]}
    assert fields["outcome"]["choices"][0]["value"] == "effective"
    assert fields["occurred_at"]["type"] == "instant"
    assert fields["attended"] == fields["attended"] | {"type": "true_false", "required": True}


def test_the_list_says_why_each_task_stands_where_it_does() -> None:
    manager = make.officer()
    late = timezone.localdate() - dt.timedelta(days=500)
    make.person(manager=manager)
    make.person(manager=manager, management_level="very_high", last_effective_visit_on=late)
    shown = signed_in(manager).get("tasks", {"kind": "home_visit"}).json()
    first, second = shown["results"]
    assert first["score"] > second["score"]
    assert first["score"] == sum(reason["points"] for reason in first["reasons"])
    assert first["overdue_days"] > 0
    assert "address" not in str(shown)


def test_states_are_windows_of_days() -> None:
    manager = make.officer()
    late = timezone.localdate() - dt.timedelta(days=500)
    overdue = make.person(manager=manager, last_effective_visit_on=late)
    make.person(manager=manager)
    caller = signed_in(manager)
    shown = caller.get("tasks", {"kind": "home_visit", "state": "overdue"}).json()["results"]
    assert [row["person"]["id"] for row in shown] == [str(overdue.public_id)]
    assert caller.get("tasks", {"kind": "home_visit", "state": "due_today"}).json()["results"] == []


@pytest.mark.parametrize("order", ["priority", "due"])
def test_pages_hold_every_task_once_while_rows_change(order: str) -> None:
    manager = make.officer()
    for _ in range(7):
        make.person(manager=manager)
    caller = signed_in(manager)
    everyone = {row["id"] for row in caller.get("tasks").json()["results"]}
    seen: list[str] = []
    path: str | None = f"/api/v1/tasks?limit=4&order={order}"
    while path:
        page = caller.get(path).json()
        seen += [row["id"] for row in page["results"]]
        path = page["next"]
        # What comes in between, behind or ahead, neither hides nor repeats what was there.
        everyone -= {str(task.public_id) for task in Task.objects.filter(status="DONE")}
        if len(seen) == 4:
            make.person(manager=manager)
    assert len(seen) == len(set(seen))
    assert everyone <= set(seen)


@pytest.mark.parametrize(
    "query", [{"cursor": "forged"}, {"limit": "0"}, {"limit": "101"}, {"q": "Kestrel"}]
)
def test_a_bad_query_is_refused(query: dict[str, str]) -> None:
    answer = signed_in(make.officer()).get("tasks", query)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")


def test_lists_cost_the_same_whatever_their_length(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    manager = make.officer()
    for _ in range(6):
        make.person(manager=manager)
    caller = signed_in(manager)
    caller.get("tasks")  # the first request of a session writes when it began
    with django_assert_max_num_queries(12) as few:
        caller.get("tasks", {"limit": 1})
    with django_assert_max_num_queries(12) as many:
        caller.get("tasks", {"limit": 50})
    assert len(few) == len(many)


def test_strangers_are_asked_to_sign_in() -> None:
    answer = nobody().get("tasks")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="api"'
    assert answer.json()["code"] == "not_authenticated"


def test_a_bad_token_looks_like_none() -> None:
    bad = Caller({"Authorization": "Bearer nothing"}).get("tasks", X_Request_Id="same")
    none = nobody().get("tasks", X_Request_Id="same")
    assert (bad.status_code, bad.content) == (none.status_code, none.content)


def test_a_session_needs_its_csrf_token_to_write() -> None:
    manager = make.officer()
    task = make.task_of(make.person(manager=manager))
    caller = signed_in(manager, strict_csrf=True)
    answer = caller.post(f"tasks/{task.public_id}/release")
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf_failed")


def test_lapsed_vetting_closes_everything() -> None:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    caller = signed_in(make.officer(vetting_expires_on=yesterday))
    # Their session is ended, so they are strangers.
    assert caller.get("tasks").status_code == 401


def test_a_system_sees_its_force_and_completes_nothing() -> None:
    manager = make.officer()
    task = make.task_of(make.person(manager=manager))
    caller = system(force=manager.force)
    shown = caller.get("tasks").json()["results"]
    assert str(task.public_id) in {row["id"] for row in shown}
    answer = caller.post(f"tasks/{task.public_id}/record-outcome", spoken(make.outcome()))
    assert answer.status_code == 403


def test_another_method_is_refused() -> None:
    answer = signed_in(make.officer(Role.SUPERVISOR)).client.delete("/api/v1/tasks")
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
    assert answer.headers["Allow"] == "GET, HEAD"


def test_nothing_said_is_kept_by_a_cache() -> None:
    assert nobody().get("tasks").headers["Cache-Control"] == "no-store"


def test_what_waits_for_endorsement_is_a_state() -> None:
    manager = make.officer()
    person = make.person(manager=manager)
    caller = signed_in(manager)
    assess = make.task_of(person, "assess")
    assert caller.post(f"tasks/{assess.public_id}/assess", ASSESSMENT).status_code == 200
    rows = caller.get("tasks", {"scope": "team", "state": "waiting_endorsement"}).json()["results"]
    assert [(row["step"], row["person"]["id"]) for row in rows] == [
        ("endorse", str(person.public_id))
    ]


def test_a_visit_is_prepared_and_watched_over_the_api_as_on_the_pages() -> None:
    caller, task = an_officer_and_their_task()
    at = f"tasks/{task.public_id}"
    looked_at = (timezone.now() - dt.timedelta(hours=1)).isoformat()
    sent = {
        "purposes": ["risk_factors"],
        "checks": [
            {"system": "pnc", "done_at": looked_at},
            {"system": "pnd", "not_done_reason": "Down"},
        ],
        "safety_level": "usual",
        "safety_assessment": "None known.",
    }
    assert caller.post(f"{at}/prepare", sent).status_code == 200
    until = (timezone.now() + dt.timedelta(hours=1)).isoformat()
    assert caller.post(f"{at}/start-lone-visit", {"expected_end_at": until}).status_code == 200

    shown = caller.get(at).json()

    assert shown["preparation"]["purposes"] == ["risk_factors"]
    assert [check["not_done_reason"] for check in shown["preparation"]["checks"]] == ["", "Down"]
    assert shown["lone_visit"]["officer"] == shown["owner"]
    assert "end_lone_visit" in shown["allowed_actions"]
    wrong = caller.post(f"{at}/prepare", sent | {"checks": [{"system": "pnc"}]})
    assert wrong.status_code == 400
    assert "done_or_why_not" in str(wrong.json()["invalid"])
    assert caller.post(f"{at}/safe", {}).status_code == 200
    assert caller.get(at).json()["lone_visit"] is None


def test_the_form_of_a_write_up_is_described_with_its_rows_and_choices() -> None:
    caller, task = an_officer_and_their_task()
    body = spoken(make.outcome())
    assert caller.post(f"tasks/{task.public_id}/record-outcome", body).status_code == 200
    write_up = make.task_of(task.offender, "write_up")

    form = caller.get(f"tasks/{write_up.public_id}/form").json()

    fields = {field["name"]: field for field in form["fields"]}
    assert fields["purposes"]["type"] == "list"
    assert {row["name"] for row in fields["persons"]["rows"]} >= {"is_child", "referral_reference"}
    assert form["starts_with"]["evidence"][0] == {"factor": "opportunity"}
    wrong = caller.post(
        f"tasks/{write_up.public_id}/write-up",
        spoken(make.write_up()) | {"purposes": "risk_factors"},
    )
    assert (wrong.status_code, wrong.json()["code"]) == (400, "invalid")
    sent = spoken(make.write_up()) | {"purposes": ["risk_factors"]}
    assert caller.post(f"tasks/{write_up.public_id}/write-up", sent).status_code == 200


def test_a_finished_step_is_read_back_by_the_fields_of_its_form() -> None:
    caller, task = an_officer_and_their_task()
    at = f"tasks/{task.public_id}"
    assert caller.get(at).json()["written"] is None
    sent = spoken(make.outcome(note="Seen at the door."))
    assert caller.post(f"{at}/record-outcome", sent).status_code == 200

    written = caller.get(at).json()["written"]

    assert (written["step"], written["values"]["note"]) == ("record_outcome", "Seen at the door.")
    assert written["done_by"]["id"] == caller.get(at).json()["owner"]["id"]
    assert system(force=task.force).get(at).json()["written"] is None


def test_of_an_attempt_that_failed_the_form_offers_to_accept_and_nothing_else_is_taken() -> None:
    person = make.person()
    doing.visit(person, outcome="no_answer", concern=True)
    review = make.task_of(person, "review")
    caller = signed_in(make.officer(Role.SUPERVISOR, team=person.team))

    form = caller.get(f"tasks/{review.public_id}/form").json()
    body = {"decision": "returned", "comment": "Say more."}
    answer = caller.post(f"tasks/{review.public_id}/review", body)

    [decision] = [field for field in form["fields"] if field["name"] == "decision"]
    assert [choice["value"] for choice in decision["choices"]] == ["accepted"]
    assert answer.status_code == 400
    assert [each["code"] for each in answer.json()["invalid"]["decision"]] == ["failed_anyway"]
