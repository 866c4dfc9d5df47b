"""Offering people to another team through the API."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.api.calling import Caller, events_since, last_event, signed_in
from tests.workflows import crowd, doing
from tests.workflows.between_teams import WHY, Teams
from workflows.actions.transfers import withdraw_transfer

pytestmark = pytest.mark.django_db


@pytest.fixture
def teams() -> Teams:
    return Teams()


def offered(teams: Teams, **headers: str):
    body = {
        "offenders": [str(person) for person in teams.ids],
        "to": str(teams.receiver.public_id),
        "reason": WHY,
    }
    return giving(teams).post("transfers:offer", body, **headers)


def giving(teams: Teams) -> Caller:
    return signed_in(teams.supervisor)


def receiving(teams: Teams) -> Caller:
    return signed_in(teams.receiving)


def test_an_offer_is_listed_looked_at_and_accepted_by_the_other_team(teams):
    made = offered(teams)
    assert made.status_code == 201, made.content
    where = made.headers["Location"]
    [row] = receiving(teams).get("transfers").json()["results"]
    assert (row["id"], row["state"], row["people"]) == (made.json()["id"], "waiting", 2)
    looked = receiving(teams).get(where)
    seen = looked.json()
    assert [change["after"]["people"] for change in seen["preview"]["officers"]] == [0, 2]
    assert {one["id"] for one in seen["offenders"]} == {str(person) for person in teams.ids}
    assert (seen["changed"], seen["hidden"]) == ([], False)
    assert teams.managers() == {teams.manager.pk}

    body = {"seen": seen["preview"]["digest"]}
    done = receiving(teams).post(f"{where}/accept", body, If_Match=looked.headers["ETag"])

    assert done.status_code == 200, done.content
    assert (done.json()["state"], done.json()["version"]) == ("accepted", 2)
    assert teams.managers() == {teams.receiver.pk}
    moved = receiving(teams).get(f"reassignments/{done.json()['reassignment']}").json()
    assert (moved["reason"], len(moved["moves"])) == (WHY, 2)
    assert receiving(teams).get("transfers").json()["results"] == []


def test_a_version_is_asked_for_and_an_old_one_is_refused(teams):
    where = offered(teams).headers["Location"]
    for act, caller in (("accept", receiving), ("decline", receiving), ("withdraw", giving)):
        body = {"reason": WHY} if act == "decline" else {}
        missing = caller(teams).post(f"{where}/{act}", body, If_Match="")
        old = caller(teams).post(f"{where}/{act}", body, If_Match='"9"')
        assert (missing.status_code, old.status_code) == (428, 412), act
    assert teams.managers() == {teams.manager.pk}


@pytest.mark.parametrize("act", ["accept", "decline", "withdraw"])
def test_the_same_key_settles_once_and_says_the_same(teams, act):
    where = offered(teams, Idempotency_Key="o-1").headers["Location"]
    caller = giving(teams) if act == "withdraw" else receiving(teams)
    body = {"reason": WHY} if act == "decline" else {}
    first, second = (caller.post(f"{where}/{act}", body, Idempotency_Key="s-1") for _ in range(2))
    assert (first.status_code, second.content) == (200, first.content)
    assert second.headers["Idempotent-Replay"] == "true"
    again = caller.post(f"{where}/{act}", body)
    assert (again.status_code, again.json()["code"]) == (409, "transfer_settled")


def test_an_offer_that_is_sent_twice_is_made_once(teams):
    first, second = (offered(teams, Idempotency_Key="o-1") for _ in range(2))
    assert (first.status_code, second.content) == (201, first.content)
    assert len(giving(teams).get("transfers").json()["results"]) == 1


def test_a_refusal_says_why_in_a_code_and_names_nobody_out_of_sight(teams):
    where = offered(teams).headers["Location"]
    gone, other = teams.people
    doing.move_away(gone)
    crowd.conflict(other, teams.receiver)
    answer = receiving(teams).post(f"{where}/accept")
    assert (answer.status_code, answer.json()["code"]) == (409, "offer_changed")
    assert gone.source_ref not in answer.content.decode()
    shown = receiving(teams).get(where)
    assert gone.source_ref not in shown.content.decode()
    assert shown.json()["hidden"]


@pytest.mark.parametrize("body", [{}, {"reason": ""}, {"reason": " "}, {"comment": WHY}])
def test_declining_needs_a_reason(teams, body):
    where = offered(teams).headers["Location"]
    assert receiving(teams).post(f"{where}/decline", body).status_code == 400


def test_a_page_goes_on_after_the_last_row_and_settled_offers_are_asked_for(teams):
    for person in teams.people:
        teams.offer(offenders=[person.public_id])
    caller = receiving(teams)
    first = caller.get("transfers", {"limit": 1}).json()
    second = caller.get(first["next"]).json()
    assert [len(page["results"]) for page in (first, second)] == [1, 1]
    assert first["results"] != second["results"]
    assert second["next"] is None
    caller.post(f"transfers/{first['results'][0]['id']}/decline", {"reason": WHY})
    assert len(caller.get("transfers").json()["results"]) == 1
    assert len(caller.get("transfers", {"state": "all"}).json()["results"]) == 2


def test_each_look_names_whom_it_showed(teams):
    where = offered(teams).headers["Location"]
    before = last_event()
    receiving(teams).get(where)
    [event] = events_since(before)
    assert (event.action, event.operation, event.row_count) == ("transfer.view", "consultation", 2)


def test_an_officer_of_another_force_knows_of_no_offer(teams):
    where = offered(teams).headers["Location"]
    stranger = signed_in(make.officer("supervisor"))
    assert stranger.get(where).status_code == 404
    assert stranger.post(f"{where}/accept").status_code == 404


def test_the_list_of_people_says_who_is_offered_to_which_team_to_who_may_know_of_offers(teams):
    offered_one = teams.people[0]
    made = teams.offer(offenders=[offered_one.public_id])
    owner = {"owner": str(teams.manager.public_id)}
    make.activate(teams.manager)

    def marks(user) -> dict:
        rows = signed_in(user).get("offenders", owner).json()["results"]
        return {row["id"]: row["offered_to"] for row in rows}

    to = {
        "transfer": str(made.public_id),
        "team": {
            "id": str(teams.receiver.team.public_id),
            "name": teams.receiver.team.name,
        },
    }
    expected = {str(person): None for person in teams.ids} | {str(offered_one.public_id): to}
    assert marks(teams.supervisor) == expected
    assert marks(teams.inspector) == expected
    assert set(marks(teams.manager).values()) == {None}, "who may know of no offer"

    withdraw_transfer(by=make.actor(teams.supervisor), transfer=made.public_id)

    assert set(marks(teams.supervisor).values()) == {None}


def test_the_list_of_people_costs_the_same_however_many_are_offered(teams):
    owner = {"owner": str(teams.manager.public_id)}
    giving(teams).get("offenders", owner)  # reads what is kept
    costs = []
    for number in (1, 2):
        offer = teams.offer(offenders=teams.ids[:number])
        with CaptureQueriesContext(connection) as made:
            rows = giving(teams).get("offenders", owner).json()["results"]
        assert sum(row["offered_to"] is not None for row in rows) == number
        costs.append(len(made))
        withdraw_transfer(by=make.actor(teams.supervisor), transfer=offer.public_id)

    assert costs[0] == costs[1]
