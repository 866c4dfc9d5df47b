"""Registering somebody over the API: what is answered, and that a repeat registers nobody."""

import pytest

from accounts.models import Role
from offenders.models import Offender
from tests import make
from tests.api.calling import Caller, events_since, last_event, signed_in
from tests.api.scenes.registration import registering
from tests.api.scenes.scene import Scene, scene

pytestmark = pytest.mark.django_db

PATH = "offenders:register"


@pytest.fixture
def at() -> Scene:
    return scene(make.team())


@pytest.fixture
def caller(at: Scene) -> Caller:
    return signed_in(make.officer(Role.SUPERVISOR, team=at.team))


def test_who_was_registered_can_be_read_with_what_is_owed(at: Scene, caller: Caller) -> None:
    rows = [{"kind": "pnc", "value": "2020/1a"}]
    sent = registering(at) | {"identifiers": rows, "offender_manager": at.manager.staff_number}

    answer = caller.post(PATH, sent)

    assert answer.status_code == 201
    assert answer.json() | {"id": ""} == {
        "id": "",
        "level": "not_assessed",
        "mode": "active",
        "version": 1,
    }
    found = caller.get(f"offenders/{answer.json()['id']}").json()
    assert found["reference"] == sent["reference"]
    kinds = {owed["kind"] for owed in found["obligations"]}
    assert {"home_visit", "initial_notification", "risk_reassessment"} <= kinds


def test_the_same_request_again_gets_the_same_answer_and_registers_nobody(
    at: Scene, caller: Caller
) -> None:
    sent = registering(at)
    first = caller.post(PATH, sent, Idempotency_Key="k-1")
    before = last_event()

    again = caller.post(PATH, sent, Idempotency_Key="k-1")

    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["Idempotent-Replay"] == "true"
    [look] = events_since(before)
    assert look.offender_id == Offender.objects.get(source_ref=sent["reference"]).pk


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({}, 409, "reference_known"),
        ({"reference": "N-2"}, 409, "possible_duplicate"),
        ({"reference": "N-2", "is_another_person": True}, 201, None),
    ],
)
def test_nobody_is_registered_twice_unseen(
    at: Scene, caller: Caller, changes: dict[str, object], status: int, code: str | None
) -> None:
    sent = registering(at)
    assert caller.post(PATH, sent).status_code == 201

    answer = caller.post(PATH, sent | changes)

    assert (answer.status_code, answer.json().get("code")) == (status, code)
    assert sent["surname"] not in answer.content.decode()


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({}, "that the force has the reference"),
        ({"reference": "N-2"}, "that somebody of that name and birthday is on record"),
        (
            {"reference": "N-2", "identifiers": [{"kind": "pnc", "value": "2020/1A"}]},
            "that somebody in any force has the number",
        ),
    ],
)
def test_what_a_refusal_says_of_the_record_is_a_look_at_it(
    at: Scene, caller: Caller, changes: dict[str, object], why: str
) -> None:
    sent = registering(at) | {"identifiers": [{"kind": "pnc", "value": "2020/1a"}]}
    assert caller.post(PATH, sent).status_code == 201
    before = last_event()

    assert caller.post(PATH, sent | {"identifiers": []} | changes).status_code in (400, 409)

    looks = [(one.action, one.operation, one.offender_id) for one in events_since(before)]
    assert looks == [("offender.register", "consultation", None)], why


def test_what_is_wrong_is_named_by_its_field(at: Scene, caller: Caller) -> None:
    rows = [{"kind": "pnc", "value": "1"}, {"kind": "pnc", "value": "2"}]

    answer = caller.post(PATH, registering(at) | {"identifiers": rows})

    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert answer.json()["invalid"]["identifiers.1.kind"][0]["code"] == "identifier_twice"
