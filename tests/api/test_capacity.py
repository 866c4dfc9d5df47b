"""What officers can carry, through the API."""

import pytest
from django.utils import timezone

from accounts.models import Capacity, Role, User
from tests import make
from tests.api.calling import Caller, signed_in
from tests.api.scenes.scene import WHY

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager() -> User:
    return make.officer()


@pytest.fixture
def caller(manager: User) -> Caller:
    return signed_in(make.officer(Role.SUPERVISOR, team=manager.team))


def body(**more: object) -> dict[str, object]:
    return {"from_on": timezone.localdate().isoformat(), "full_time": 50, "reason": WHY} | more


def test_what_is_set_is_what_the_caseload_is_measured_against(manager: User, caller: Caller):
    for _ in range(2):
        make.person(manager=manager, management_level="high")
    address = f"officers/{manager.public_id}/capacity"
    made = caller.post(address, body(reduction=50, because="new_in_post"))
    assert made.status_code == 201, made.content
    said = made.json()
    assert (said["full_time"], said["reduction"], said["because"]) == (50, 50, "new_in_post")
    found = caller.get(f"teams/{manager.team.public_id}/caseload").json()
    assert (found["people"], found["unmanaged"]) == (2, 0)
    load = next(row for row in found["officers"] if row["id"] == str(manager.public_id))
    assert (load["points"], load["capacity"], load["percent"]) == (6, 20, 30)
    assert (load["full_time"], load["reduction"], load["overloaded"]) == (50, 50, False)


def test_a_repeated_key_sets_it_once(manager: User, caller: Caller):
    address = f"officers/{manager.public_id}/capacity"
    answers = [caller.post(address, body(), Idempotency_Key="c-1") for _ in range(2)]
    assert answers[0].content == answers[1].content
    assert Capacity.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"full_time": 101}, "full_time"),
        ({"full_time": "50"}, "full_time"),
        ({"reduction": 10}, "because"),
        ({"because": "welfare"}, "reduction"),
        ({"because": "holiday", "reduction": 10}, "because"),
        ({"from_on": "2026-02-30"}, "from_on"),
    ],
)
def test_what_cannot_be_is_refused(manager: User, caller: Caller, more, field: str):
    answer = caller.post(f"officers/{manager.public_id}/capacity", body(**more))
    assert (answer.status_code, list(answer.json()["invalid"])) == (400, [field])
    assert not Capacity.objects.exists()


def test_nobody_sets_their_own(caller: Caller):
    me = User.objects.get(role=Role.SUPERVISOR)
    answer = caller.post(f"officers/{me.public_id}/capacity", body())
    assert answer.status_code == 403


def test_people_whom_nobody_manages_are_a_figure(manager: User, caller: Caller):
    make.person(manager=manager, offender_manager="")
    found = caller.get(f"teams/{manager.team.public_id}/caseload").json()
    assert (found["unmanaged"], found["officers"][-1]["id"]) == (1, None)
