"""To whom people can be given, what was set of an officer, and what was moved, over the API."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Capacity, Role, User
from tests import make
from tests.api.calling import Caller, events_since, last_event, signed_in
from tests.api.scenes.scene import WHY
from tests.workflows import doing
from workflows.actions.absences import record_absence
from workflows.actions.capacity import set_capacity
from workflows.models import Reassignment

pytestmark = pytest.mark.django_db

ONE_DAY = dt.timedelta(days=1)


@pytest.fixture
def supervisor() -> User:
    return make.officer(Role.SUPERVISOR)


@pytest.fixture
def inspector(supervisor: User) -> User:
    return make.officer(Role.INSPECTOR, force=supervisor.force)


def officers(caller: Caller, user: User) -> dict[str, dict[str, Any]]:
    answer = caller.get(f"teams/{user.team.public_id}/officers").json()
    return {row["staff_number"]: row for row in answer["officers"]}


def share(by: User, officer: User, **values: Any) -> None:
    given = {"from_on": timezone.localdate(), "full_time": 50, "reason": WHY}
    nothing = {"reduction": 0, "because": ""}
    set_capacity(by=make.actor(by), officer=officer.public_id, **given | nothing | values)


def test_teams_are_those_whose_people_one_may_move(supervisor, inspector):
    other = make.team("Another team", in_force=supervisor.force)
    make.team("Of another force")
    own, all_of_force = (
        {row["id"] for row in signed_in(user).get("teams").json()["results"]}
        for user in (supervisor, inspector)
    )
    assert own == {str(supervisor.team.public_id)}
    assert all_of_force == own | {str(other.public_id)}


def test_officers_say_whether_people_can_be_given_to_them_and_why_not_is_not_said(supervisor):
    team = supervisor.team
    manager = make.officer(team=team)
    share(supervisor, manager, full_time=80, reduction=25, because="welfare")
    lapsed = make.officer(team=team, vetting_expires_on=timezone.localdate() - ONE_DAY)
    decides = make.officer(Role.INSPECTOR, team=team)
    make.officer(Role.AUDITOR, team=team)
    left = make.officer(team=team, is_active=False)
    away = make.officer(team=team)
    today = timezone.localdate()
    record_absence(
        by=make.actor(away), kind="sickness", from_on=today, until_on=today + ONE_DAY, cover=""
    )

    found = officers(signed_in(supervisor), supervisor)

    assert set(found) == {one.staff_number for one in (supervisor, manager, lapsed, decides, away)}
    assert left.staff_number not in found
    assert found[manager.staff_number] == {
        "id": str(manager.public_id),
        "staff_number": manager.staff_number,
        "name": manager.display_name,
        "role": "offender_manager",
        "can_receive": True,
        "capacity": {"full_time": 80, "reduction": 25, "away": False},
    }
    assert (found[lapsed.staff_number]["can_receive"], found[decides.staff_number]["capacity"]) == (
        False,
        None,
    )
    assert found[decides.staff_number]["can_receive"] is False
    assert found[away.staff_number]["capacity"]["away"] is True
    assert "welfare" not in str(found)
    assert "sickness" not in str(found)


def test_who_is_listed_as_able_can_be_given_people(supervisor):
    manager, lapsed = (
        make.officer(team=supervisor.team, vetting_expires_on=day)
        for day in (make.VETTED, timezone.localdate() - ONE_DAY)
    )
    person = make.person(manager=supervisor)
    caller = signed_in(supervisor)
    found = officers(caller, supervisor)
    for officer in (manager, lapsed):
        body = {"offenders": [str(person.public_id)], "to": str(officer.public_id), "reason": WHY}
        moved = caller.post("reassignments", body).status_code == 201
        assert moved == found[officer.staff_number]["can_receive"]


def test_a_team_beyond_reach_is_not_there(supervisor):
    for team in (make.team(in_force=supervisor.force), make.team()):
        assert signed_in(supervisor).get(f"teams/{team.public_id}/officers").status_code == 404


def test_a_directory_costs_the_same_however_many_work_there(
    supervisor, django_assert_max_num_queries: DjangoAssertNumQueries
):
    caller = signed_in(supervisor)
    officers(caller, supervisor)
    costs = []
    for number in (1, 4):
        for _ in range(number):
            share(supervisor, make.officer(team=supervisor.team))
        with django_assert_max_num_queries(15) as spent:
            assert len(officers(caller, supervisor)) >= number
        costs.append(len(spent))
    assert costs[0] == costs[1]


# --- capacity ------------------------------------------------------------------------------------
def test_what_was_set_of_an_officer_comes_latest_first_with_why(supervisor):
    manager = make.officer(team=supervisor.team)
    today = timezone.localdate()
    share(supervisor, manager, from_on=today, full_time=60)
    share(supervisor, manager, from_on=today + 9 * ONE_DAY, full_time=100)
    share(supervisor, manager, from_on=today, reduction=50, because="new_in_post")
    caller = signed_in(supervisor)
    rows, path = [], f"/api/v1/officers/{manager.public_id}/capacities?limit=1"
    while path:
        page = caller.get(path).json()
        rows += page["results"]
        path = page["next"]

    assert [(row["full_time"], row["reduction"], row["because"]) for row in rows] == [
        (100, 0, ""),
        (50, 50, "new_in_post"),
        (60, 0, ""),
    ]
    assert {row["set_by"]["staff_number"] for row in rows} == {supervisor.staff_number}
    assert all(row["recorded_at"] for row in rows)


@pytest.mark.parametrize(
    ("role", "status", "why"),
    [
        (Role.SUPERVISOR, 200, "sets it"),
        (Role.INSPECTOR, 200, "sets it"),
        (Role.OFFENDER_MANAGER, 403, "why a colleague carries less is not theirs to read"),
        (Role.AUDITOR, 403, "no page shows it to them"),
    ],
)
def test_why_an_officer_carries_less_is_read_by_who_sets_it(
    supervisor, role: Role, status: int, why: str
):
    manager = make.officer(team=supervisor.team)
    share(supervisor, manager, reduction=50, because="welfare")
    answer = signed_in(make.officer(role, team=supervisor.team)).get(
        f"officers/{manager.public_id}/capacities"
    )
    assert answer.status_code == status, why
    assert ("welfare" in answer.content.decode()) == (status == 200), why


# --- reassignments -------------------------------------------------------------------------------
def moved(caller: Caller, team: Any, people: int = 1) -> str:
    giver, taker = make.officer(team=team), make.officer(team=team)
    ids = [str(make.person(manager=giver).public_id) for _ in range(people)]
    body = {"offenders": ids, "to": str(taker.public_id), "reason": WHY}
    answer = caller.post("reassignments", body)
    assert answer.status_code == 201, answer.content
    # By the clock of the test: the database's may be another one.
    made = Reassignment.objects.filter(public_id=answer.json()["id"])
    made.update(decided_at=timezone.now())
    return str(answer.json()["id"])


def test_reassignments_come_newest_first_and_say_until_when_they_can_be_undone(supervisor):
    caller = signed_in(supervisor)
    first, second, third = (moved(caller, supervisor.team, people) for people in (1, 2, 1))
    assert caller.post(f"reassignments/{second}/undo").status_code == 200
    at = timezone.now() - dt.timedelta(hours=25)
    Reassignment.objects.filter(public_id=first).update(decided_at=at)
    rows, path = [], "/api/v1/reassignments:recent?limit=1"
    while path:
        page = caller.get(path).json()
        rows += page["results"]
        path = page["next"]

    assert [row["id"] for row in rows] == [third, second, first]
    assert [row["people"] for row in rows] == [1, 2, 1]
    assert [row["undo_until"] is not None for row in rows] == [True, False, False]
    assert [row["undone_at"] is not None for row in rows] == [False, True, False]
    assert {row["decided_by"]["staff_number"] for row in rows} == {supervisor.staff_number}
    for row in rows:
        undone = caller.post(f"reassignments/{row['id']}/undo").status_code == 200
        assert undone == (row["undo_until"] is not None)


def test_they_are_asked_for_by_team(inspector, supervisor):
    caller = signed_in(inspector)
    other = make.team(in_force=supervisor.force)
    ours, theirs = moved(caller, supervisor.team), moved(caller, other)
    asked = {"team": str(other.public_id)}
    assert [row["id"] for row in caller.get("reassignments:recent", asked).json()["results"]] == [
        theirs
    ]
    assert {row["id"] for row in caller.get("reassignments:recent").json()["results"]} == {
        ours,
        theirs,
    }


def test_of_people_who_left_ones_sight_nothing_is_counted(supervisor):
    caller = signed_in(supervisor)
    made = moved(caller, supervisor.team, people=2)
    moves = Reassignment.objects.get(public_id=made).moves.order_by("pk")
    doing.move_away(moves[0].offender)
    [row] = caller.get("reassignments:recent").json()["results"]
    assert (row["id"], row["people"]) == (made, 1)
    doing.move_away(moves[1].offender)
    assert caller.get("reassignments:recent").json()["results"] == []


def test_a_list_costs_the_same_however_many_there_are(
    supervisor, django_assert_max_num_queries: DjangoAssertNumQueries
):
    caller = signed_in(supervisor)
    manager = make.officer(team=supervisor.team)
    paths = ("reassignments:recent", f"officers/{manager.public_id}/capacities")
    costs = []
    for number in (1, 2):
        for _ in range(number):
            moved(caller, supervisor.team)
            share(make.officer(Role.SUPERVISOR, team=supervisor.team), manager)
        with django_assert_max_num_queries(20) as spent:
            rows = [caller.get(path).json()["results"] for path in paths]
        assert {len(found) for found in rows} == {1 if not costs else 3}
        costs.append(len(spent))
    assert costs[0] == costs[1]


@pytest.mark.parametrize(
    ("query", "field"),
    [({"cursor": "WzFd"}, "cursor"), ({"team": "mosovo"}, "team"), ({"since": "x"}, "since")],
)
def test_a_bad_parameter_is_a_problem_that_names_it(supervisor, query, field):
    answer = signed_in(supervisor).get("reassignments:recent", query)
    assert (answer.status_code, list(answer.json()["invalid"])) == (400, [field])


def test_each_look_is_on_the_record(supervisor):
    manager = make.officer(team=supervisor.team)
    caller, before = signed_in(supervisor), last_event()
    team = supervisor.team.public_id
    for path in ("teams", f"teams/{team}/officers", f"officers/{manager.public_id}/capacities"):
        assert caller.get(path).status_code == 200
    assert caller.get("reassignments:recent").status_code == 200
    events = events_since(before)
    assert [event.operation for event in events] == ["consultation"] * 4
    assert [event.action for event in events] == [
        "caseload.reassign",
        "caseload.reassign",
        "capacity.set",
        "caseload.reassign",
    ]
    assert not Capacity.objects.exists()
