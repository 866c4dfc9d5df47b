"""Moving a caseload through the API."""

import uuid

import pytest
from django.utils import timezone

from accounts.models import Capacity, Role, User
from offenders.models import Offender
from tests import make
from tests.api.calling import Caller, events_since, last_event, signed_in
from tests.api.scenes.scene import WHY
from tests.workflows import doing

pytestmark = pytest.mark.django_db

ID = str(uuid.uuid4())


def a_team() -> tuple[Caller, list[Offender], User]:
    """Its supervisor, two people of one officer, and another officer."""
    manager = make.officer()
    people = [make.person(manager=manager) for _ in range(2)]
    supervisor = make.officer(Role.SUPERVISOR, team=manager.team)
    return signed_in(supervisor), people, make.officer(team=manager.team)


def body(people: list[Offender], to: User, **more: str) -> dict[str, object]:
    ids = [str(person.public_id) for person in people]
    return {"offenders": ids, "to": str(to.public_id), **more}


def managers(people: list[Offender]) -> set[int | None]:
    found = Offender.objects.filter(pk__in=[person.pk for person in people])
    return set(found.values_list("offender_manager", flat=True))


def test_what_was_previewed_is_decided_on_and_undone_as_one_step() -> None:
    caller, people, to = a_team()
    before = managers(people)
    seen = caller.post("reassignments:preview", body(people, to)).json()
    assert [change["after"]["people"] for change in seen["officers"]] == [0, 2]
    assert managers(people) == before

    made = caller.post("reassignments", body(people, to, reason=WHY, seen=seen["digest"]))
    assert made.status_code == 201, made.content
    assert managers(people) == {to.pk}
    assert made.json() == caller.get(made.headers["Location"]).json()

    undone = caller.post(f"reassignments/{made.json()['id']}/undo")
    assert undone.status_code == 200, undone.content
    assert all(move["returned"] for move in undone.json()["moves"])
    assert managers(people) == before


def test_a_preview_that_would_now_differ_is_stale() -> None:
    caller, people, to = a_team()
    answer = caller.post("reassignments", body(people, to, reason=WHY, seen="0" * 64))
    assert (answer.status_code, answer.json()["code"]) == (412, "stale")
    assert to.pk not in managers(people)


def test_one_person_out_of_sight_moves_nobody() -> None:
    caller, people, to = a_team()
    sent = body(people, to, reason=WHY)
    sent["offenders"] = [*sent["offenders"], str(uuid.uuid4())]  # type: ignore[misc]
    assert caller.post("reassignments", sent).status_code == 404
    assert to.pk not in managers(people)


@pytest.mark.parametrize(
    ("offenders", "name"),
    [([], "offenders"), (["x"], "offenders.0"), ([str(uuid.uuid4())] * 501, "offenders")],
)
def test_a_list_that_cannot_be_right_is_refused(offenders: list[str], name: str) -> None:
    caller, people, to = a_team()
    answer = caller.post("reassignments", body(people, to, reason=WHY) | {"offenders": offenders})
    assert answer.status_code == 400
    assert list(answer.json()["invalid"]) == [name]


def test_a_repeated_key_moves_people_once() -> None:
    caller, people, to = a_team()
    sent = body(people, to, reason=WHY)
    before = last_event()
    answers = [caller.post("reassignments", sent, Idempotency_Key="r-1") for _ in range(2)]
    assert [event.operation for event in events_since(before)][-1] == "consultation"
    assert answers[0].content == answers[1].content
    assert answers[1].headers["Location"] == answers[0].headers["Location"]
    assert answers[1].headers["Idempotent-Replay"] == "true"


def test_a_version_where_there_is_none_is_refused() -> None:
    caller, people, to = a_team()
    answer = caller.post("reassignments", body(people, to, reason=WHY), If_Match='"1"')
    assert (answer.status_code, answer.json()["code"]) == (400, "no_version")
    assert to.pk not in managers(people)


def test_who_left_the_callers_sight_is_not_in_any_answer() -> None:
    caller, [gone, plain], to = a_team()
    before = managers([plain])
    made = caller.post("reassignments", body([gone, plain], to, reason=WHY)).json()
    doing.move_away(gone)
    shown = caller.get(f"reassignments/{made['id']}")
    assert [move["offender"] for move in shown.json()["moves"]] == [str(plain.public_id)]

    undone = caller.post(f"reassignments/{made['id']}/undo", Idempotency_Key="u-1")

    assert undone.status_code == 200, undone.content
    assert [(move["offender"], move["returned"]) for move in undone.json()["moves"]] == [
        (str(plain.public_id), True)
    ]
    assert managers([plain]) == before
    again = caller.post(f"reassignments/{made['id']}/undo", Idempotency_Key="u-1")
    assert again.content == undone.content, "it names nobody who may not be seen"


def test_a_kept_answer_that_names_someone_out_of_sight_says_only_that_it_was_done() -> None:
    caller, people, to = a_team()
    sent = body(people, to, reason=WHY)
    made = caller.post("reassignments", sent, Idempotency_Key="r-1")
    doing.move_away(people[0])
    again = caller.post("reassignments", sent, Idempotency_Key="r-1")
    assert (made.status_code, again.status_code, again.content) == (201, 201, b"")


def test_a_reassignment_of_which_nobody_is_seen_any_more_is_not_there() -> None:
    caller, people, to = a_team()
    made = caller.post("reassignments", body(people, to, reason=WHY)).json()
    for person in people:
        doing.move_away(person)
    assert caller.get(f"reassignments/{made['id']}").status_code == 404
    assert caller.post(f"reassignments/{made['id']}/undo").status_code == 404


def test_each_person_goes_to_their_own_officer_and_back_as_one_step() -> None:
    caller, people, to = a_team()
    other = make.officer(team=to.team)
    before = managers(people)
    moves = {
        str(person.public_id): str(officer.public_id)
        for person, officer in zip(people, (to, other), strict=True)
    }
    seen = caller.post("reassignments:preview", {"moves": moves}).json()
    assert {row["id"]: row["to"] for row in seen["people"]} == moves
    assert sum(change["receives"] for change in seen["officers"]) == 2
    sent = {"moves": moves, "reason": WHY, "seen": seen["digest"]}
    made = caller.post("reassignments", sent)
    assert made.status_code == 201, made.content
    assert managers(people) == {to.pk, other.pk}
    undone = caller.post(f"reassignments/{made.json()['id']}/undo")
    assert undone.status_code == 200, undone.content
    assert managers(people) == before


@pytest.mark.parametrize(
    ("sent", "fields"),
    [
        ({}, {"offenders": "required", "to": "required"}),
        ({"to": ID}, {"offenders": "required"}),
        ({"offenders": [ID]}, {"to": "required"}),
        ({"moves": {ID: ID}, "to": ID}, {"to": "either"}),
        ({"moves": {ID: ID}, "offenders": [ID]}, {"offenders": "either"}),
        ({"moves": {}}, {"moves": "empty"}),
        ({"moves": {"KESTREL, A.": ID}}, {"moves": "bad_moves"}),
        ({"moves": {ID: "KESTREL, A."}}, {"moves": "bad_moves"}),
        ({"moves": {str(uuid.uuid4()): ID for _ in range(501)}}, {"moves": "too_many"}),
        ({"moves": [ID]}, {"moves": "not_a_dict"}),
    ],
)
def test_who_goes_to_whom_is_said_in_one_way(sent: dict[str, object], fields: object) -> None:
    caller, _, _ = a_team()
    answer = caller.post("reassignments", sent | {"reason": WHY})
    assert answer.status_code == 400
    found = {name: why[0]["code"] for name, why in answer.json()["invalid"].items()}
    assert found == fields
    assert "KESTREL" not in answer.content.decode()


def test_overload_is_shown_first_and_asks_why() -> None:
    caller, people, to = a_team()
    Capacity.objects.create(
        officer=to, from_on=timezone.localdate(), fte=0, set_by=make.officer(Role.INSPECTOR)
    )
    seen = caller.post("reassignments:preview", body(people, to)).json()
    receiver = seen["officers"][-1]
    assert (receiver["overloaded"], receiver["after"]["percent"]) == (True, None)
    refused = caller.post("reassignments", body(people, to, reason=WHY))
    assert refused.status_code == 400
    assert list(refused.json()["invalid"]) == ["over_capacity"]
    made = caller.post("reassignments", body(people, to, reason=WHY, over_capacity=WHY))
    assert (made.status_code, made.json()["over_capacity"]) == (201, WHY)


def test_a_suggested_split_is_decided_on_as_it_was_shown() -> None:
    caller, people, to = a_team()
    sent = {"team": str(to.team.public_id), "officer": str(people[0].offender_manager.public_id)}
    make.activate(people[0].offender_manager)
    nothing = caller.post("reassignments:suggest", sent).json()
    assert (nothing["moves"], nothing["preview"]) == ({}, None)
    assert set(nothing["stays"]) == {str(person.public_id) for person in people}

    before = managers(people)
    found = caller.post("reassignments:suggest", sent | {"all_move": True}).json()
    assert managers(people) == before, "nothing is applied by itself"
    made = caller.post(
        "reassignments",
        {"moves": found["moves"], "reason": WHY, "seen": found["preview"]["digest"]},
    )
    assert made.status_code == 201, made.content
    assert {move["offender"]: move["to_manager"]["id"] for move in made.json()["moves"]} == (
        found["moves"]
    )


def test_a_suggestion_is_on_record_with_everyone_it_looked_at() -> None:
    caller, people, to = a_team()
    before = last_event()
    ids = [str(person.public_id) for person in people]
    caller.post("reassignments:suggest", {"team": str(to.team.public_id), "offenders": ids})
    [event] = events_since(before)
    assert (event.operation, event.row_count) == ("consultation", 2)
