"""Earlier versions of the plan and of the assessments of a person, through the API."""

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import Role, User
from offenders.models import Offender, RestrictedAccess
from tests import make
from tests.api.calling import events_since, last_event, signed_in
from tests.api.scenes.scene import spoken
from tests.workflows import doing, planning
from workflows.models import CaseAction

pytestmark = pytest.mark.django_db

RETURNED = {"decision": "return", "comment": "Say who visits"}


@pytest.fixture
def known() -> tuple[Offender, User]:
    """A person who owes a plan, and the supervisor of their team."""
    return planning.supervised()


def rows(user: User, person: Offender, kind: str, limit: int = 50) -> list[dict]:
    caller = signed_in(user)
    found, path = [], f"/api/v1/offenders/{person.public_id}/{kind}?limit={limit}"
    while path:
        page = caller.get(path).json()
        found += page["results"]
        path = page["next"]
    return found


def three_plans(person: Offender, supervisor: User) -> None:
    """The first replaced, the second returned, the third in force."""
    planning.agreed(person, supervisor, new_actions=[planning.new_action()])
    planning.assessed(person, supervisor=supervisor)
    action = CaseAction.objects.get(offender=person)
    kept = [{"action": action.public_id, "choice": "keep", "reason": ""}]
    planning.draft(person, supervision="Visits.", open_actions=kept)
    doing.complete(person, "endorse_plan", RETURNED, by=supervisor)
    planning.agreed(person, supervisor, supervision="Visits by two.", open_actions=kept)


def test_every_version_of_a_plan_comes_newest_first_with_what_became_of_it(known):
    person, supervisor = known
    three_plans(person, supervisor)

    now, returned, first = rows(supervisor, person, "plans", limit=1)

    assert [one["version"] for one in (now, returned, first)] == [3, 2, 1]
    assert [one["state"] for one in (now, returned, first)] == [
        "endorsed",
        "returned",
        "superseded",
    ]
    assert now["text"]["supervision"] == "Visits by two."
    assert first["text"]["supervision"] == planning.values()["supervision"]
    assert first["text"]["review"] == "First plan."
    assert (returned["decision"], returned["comment"]) == ("return", "Say who visits")
    assert returned["decided_by"]["staff_number"] == supervisor.staff_number
    assert [one["text"] for one in first["new_actions"]] == ["Ask the landlord."]
    assert [(one["choice"], one["text"]) for one in now["kept_actions"]] == [
        ("keep", "Ask the landlord.")
    ]
    assert {flag["system"] for flag in first["flags"]} == {
        flag["system"] for flag in planning.flags()
    }
    shown = signed_in(supervisor).get(f"offenders/{person.public_id}").json()["plan"]
    assert (shown["id"], shown["version"]) == (now["id"], 3), "the one in force is among them"


def test_an_assessment_comes_with_its_factors_and_what_was_decided(known):
    person = make.person(manager=make.officer())
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    sent = make.assessment(formulation="Settled since spring.")
    doing.complete(person, "assess", sent, by=person.offender_manager)
    decided = {"decision": "endorse", "comment": "Agreed"}
    doing.complete(person, "endorse", decided, by=supervisor)

    new, imported = rows(supervisor, person, "assessments", limit=1)

    assert (new["state"], imported["state"]) == ("endorsed", "imported")
    assert (new["author"]["staff_number"], new["endorser"]["staff_number"]) == (
        person.offender_manager.staff_number,
        supervisor.staff_number,
    )
    text = new["text"]
    assert (text["formulation"], text["comment"]) == ("Settled since spring.", "Agreed")
    rated = {one["factor"]: one for one in text["ratings"]}
    for row in sent["ratings"]:
        wanted = spoken(row)
        assert {name: rated[row["factor"]][name] for name in wanted} == wanted


@pytest.mark.parametrize(
    ("role", "reads_plans", "reads_tasks", "why"),
    [
        (Role.OFFENDER_MANAGER, True, True, "of the team"),
        (Role.SUPERVISOR, True, True, "of the team"),
        (Role.AUDITOR, True, False, "reads the person's page, and no task"),
        (Role.MAPPA_PARTNER, False, False, "what was typed may hold an address"),
    ],
)
def test_what_was_written_is_for_who_reads_it_on_the_pages(
    known, role: Role, reads_plans: bool, reads_tasks: bool, why: str
):
    person, supervisor = known
    three_plans(person, supervisor)
    user = make.officer(role, team=person.team)
    if role is Role.MAPPA_PARTNER:
        RestrictedAccess.objects.create(offender=person, user=user, named_by=supervisor)

    plans = rows(user, person, "plans")
    assessments = rows(user, person, "assessments")

    assert ["text" in one for one in plans] == [reads_plans, reads_tasks, reads_plans], why
    assert {"comment" in one for one in plans} == {reads_tasks}, why
    assert {"text" in one for one in assessments} == {reads_tasks}, why
    said = str(plans) + str(assessments)
    assert ("landlord" in said) == reads_plans, why
    assert ("Settled." in said) == reads_tasks, why


@pytest.mark.parametrize("kind", ["plans", "assessments"])
def test_a_look_is_on_the_record_and_a_bad_cursor_is_a_problem(known, kind: str):
    person, supervisor = known
    caller, before = signed_in(supervisor), last_event()
    path = f"offenders/{person.public_id}/{kind}"
    assert caller.get(path).status_code == 200
    [event] = events_since(before)
    assert (event.operation, event.offender_id) == ("consultation", person.pk)
    answer = caller.get(path, {"cursor": "WzFd"})
    assert (answer.status_code, list(answer.json()["invalid"])) == (400, ["cursor"])


def test_they_cost_the_same_however_many_there_are(
    known, django_assert_max_num_queries: DjangoAssertNumQueries
):
    person, supervisor = known
    three_plans(person, supervisor)
    caller = signed_in(supervisor)
    for kind in ("plans", "assessments"):
        path = f"offenders/{person.public_id}/{kind}"
        caller.get(path)  # reads what is kept
        costs = []
        for limit in (1, 2, 50):
            with django_assert_max_num_queries(20) as spent:
                caller.get(path, {"limit": limit})
            costs.append(len(spent))
        assert len(set(costs)) == 1, (kind, costs)
