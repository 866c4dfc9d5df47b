"""Absences over the API: the list with what is due, and the lists of tasks that follow from it."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import Role, User
from tests import make
from tests.api.calling import signed_in
from tests.workflows import crowd

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager() -> User:
    return make.officer()


def body(**given: str) -> dict[str, str]:
    day = timezone.localdate()
    return {
        "kind": "sickness",
        "from_on": day.isoformat(),
        "until_on": (day + dt.timedelta(days=3)).isoformat(),
    } | given


def test_an_absence_is_recorded_listed_and_cancelled(manager):
    cover = make.officer(team=manager.team)
    supervisor = signed_in(make.officer(Role.SUPERVISOR, team=manager.team))
    task = crowd.task(crowd.person(manager), timezone.localdate() - dt.timedelta(days=1))
    given = body(officer=manager.staff_number, cover=cover.staff_number)

    made = supervisor.post("absences:record", given)

    assert made.status_code == 201
    [row] = supervisor.get("absences").json()["results"]
    assert (row["officer"]["staff_number"], row["cover"]["staff_number"]) == (
        manager.staff_number,
        cover.staff_number,
    )
    assert (row["kind"], row["begun"], row["overdue"], row["due"]) == ("sickness", True, 1, 1)
    [absent] = supervisor.get("tasks", {"scope": "absent"}).json()["results"]
    [covered] = signed_in(cover).get("tasks", {"scope": "covering"}).json()["results"]
    assert absent["id"] == covered["id"] == str(task.public_id)
    assert covered["owner"]["staff_number"] == manager.staff_number
    assert signed_in(cover).get("tasks").json()["results"] == [covered]

    assert supervisor.post(f"absences/{row['id']}/cancel").json()["cancelled_at"] is not None
    assert supervisor.get("absences").json()["results"] == []
    assert signed_in(cover).get("tasks").json()["results"] == []


def test_a_colleague_is_not_told_why(manager):
    signed_in(manager).post("absences:record", body())
    [row] = signed_in(make.officer(team=manager.team)).get("absences").json()["results"]
    assert row["kind"] is None


def test_absences_come_in_pages(manager):
    for _ in range(3):
        signed_in(make.officer(team=manager.team)).post("absences:record", body())
    caller = signed_in(manager)
    first = caller.get("absences", {"limit": 2}).json()
    rest = caller.get("absences", {"limit": 2, "cursor": first["next_cursor"]}).json()
    assert [len(first["results"]), len(rest["results"])] == [2, 1]
    assert rest["next_cursor"] is None


@pytest.mark.parametrize(
    ("wrong", "status", "code"),
    [
        ({"kind": "unwell"}, 400, "invalid_choice"),
        ({"until_on": "2020-01-01"}, 400, "ends_before_it_begins"),
        ({"cover": "S-NONE"}, 400, "unknown_officer"),
        ({"diagnosis": "flu"}, 400, "unknown_field"),
    ],
)
def test_what_cannot_be_is_refused_with_a_code(manager, wrong, status, code):
    answer = signed_in(manager).post("absences:record", body(**wrong))
    assert answer.status_code == status
    assert code in answer.content.decode()


def test_a_person_says_that_their_officer_is_away(manager):
    person = crowd.person(manager)
    caller = signed_in(manager)
    assert caller.get(f"offenders/{person.public_id}").json()["owner_away"] is None

    given = caller.post("absences:record", body()).json()

    shown = caller.get(f"offenders/{person.public_id}").json()
    assert shown["owner_away"] == {"until_on": given["until_on"], "cover": None}
    assert shown["owner"]["staff_number"] == manager.staff_number
