"""Searches, reported deaths and warrants over the wire."""

import pytest
from django.utils import timezone

from tests import make
from tests.api.calling import Caller, signed_in
from tests.workflows import searching

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> tuple[Caller, object]:
    manager = make.officer()
    return signed_in(manager), make.person(manager=manager)


def read(who: Caller, person) -> dict:
    return who.get(f"offenders/{person.public_id}").json()


def test_a_person_is_reported_and_located_and_the_answer_says_so(officer):
    who, person = officer
    path = f"offenders/{person.public_id}"
    today = timezone.localdate().isoformat()

    assert who.post(f"{path}/report-missing", {"reason": "Not seen"}).status_code == 200
    found = read(who, person)
    [report] = found["unfound"]["missing_reports"]
    assert (report["reported_on"], report["decision"], report["closed_on"]) == (today, "", None)
    assert {"missing_enquiry", "missing_confirmation"} <= {
        owed["kind"] for owed in found["obligations"]
    }
    assert "Not seen" not in str(found), "what was typed is not said here"

    body = {"on": today, "found_in": "custody", "how": "Arrested"}
    assert who.post(f"{path}/locate", body).status_code == 200
    found = read(who, person)
    assert found["unfound"]["missing_reports"][0]["found_in"] == "custody"
    assert found["statuses"][0]["status"] == "custody"


def test_the_last_enquiry_a_death_and_a_warrant_are_in_the_answer(officer):
    who, person = officer
    for days in (3, 2):
        searching.attempt(person, days)
    searching.consider(person)
    searching.report(person)
    searching.enquire(person)
    searching.report_death(person)

    found = read(who, person)["unfound"]

    today = timezone.localdate().isoformat()
    assert (found["last_enquiry_on"], found["death_reported_on"]) == (today, today)
    assert [(one["recommendation"], one["decision"]) for one in found["entry_warrants"]] == [
        ("apply", "")
    ]


def test_who_confirms_reads_what_was_reported_and_found(officer):
    _, person = officer
    searching.report(person)
    searching.enquire(person)
    supervisor = signed_in(searching.supervisor_of(person))
    task = make.task_of(person, "confirm_missing")

    [report, enquiry] = supervisor.get(f"tasks/{task.public_id}").json()["reported"]

    assert report["values"] == {"last_seen_on": None, "reason": searching.WHY}
    assert enquiry["values"]["next_steps"] == "Ask again"
    assert enquiry["by"]["staff_number"] == person.offender_manager.staff_number


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("locate", {"on": "2026-01-01", "found_in": "community", "how": "x"}, 409, "not_missing"),
        ("status", {"status": "missing", "on": "2026-01-01"}, 409, "report_first"),
        ("report-death", {"source": "x", "died_on": "2099-01-01"}, 400, "in_future"),
        ("locate", {"on": "2026-01-01", "found_in": "missing", "how": "x"}, 400, "invalid_choice"),
    ],
)
def test_what_makes_no_sense_is_a_problem_with_a_stable_code(officer, path, body, status, code):
    who, person = officer

    answer = who.post(f"offenders/{person.public_id}/{path}", body)

    assert answer.status_code == status
    problem = answer.json()
    fields = [error["code"] for errors in problem.get("invalid", {}).values() for error in errors]
    assert code in (problem["code"], *fields)
