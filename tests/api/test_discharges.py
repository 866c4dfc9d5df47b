"""A court's discharge of an order over the API: written down, read back, voided."""

import pytest
from django.utils import timezone

from accounts.models import Role
from offenders.models import Offender
from tests import make
from tests.api.calling import Caller, signed_in, system
from tests.api.scenes.holdings import person_with_an_order
from tests.api.scenes.scene import WHY, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def held() -> tuple[Caller, Offender]:
    """A supervisor, and somebody of their team who is subject to an order."""
    at = scene(make.team())
    _, person = person_with_an_order(at)
    return signed_in(make.officer(Role.SUPERVISOR, team=at.team)), person


def discharged(person: Offender, **values: str) -> dict[str, str]:
    today = timezone.localdate().isoformat()
    given = {"discharged_on": today, "court": "Tean Crown Court", "reason": WHY}
    return {"order": str(person.orders.get().public_id)} | given | values


def test_it_is_read_back_with_its_order_and_voided_by_its_id(held: tuple[Caller, Offender]) -> None:
    caller, person = held
    at = f"offenders/{person.public_id}"
    sent = discharged(person)

    assert caller.post(f"{at}/discharge-order", sent).status_code == 200

    found = caller.get(at).json()
    [order], [one] = found["orders"], found["order_discharges"]
    assert order["discharged_on"] == sent["discharged_on"]
    assert {name: one[name] for name in sent} == sent
    assert caller.post(f"{at}/discharge-order", sent).json()["code"] == "already_discharged"
    void = {"discharge": one["id"], "reason": WHY}
    assert caller.post(f"{at}/void-discharge", void).status_code == 200
    found = caller.get(at).json()
    assert (found["orders"][0]["discharged_on"], found["order_discharges"]) == (None, [])
    assert caller.post(f"{at}/void-discharge", void).json()["code"] == "already_void"


def test_who_sees_the_short_card_sees_the_day_and_never_the_words(
    held: tuple[Caller, Offender],
) -> None:
    caller, person = held
    caller.post(f"offenders/{person.public_id}/discharge-order", discharged(person))

    card = system(force=person.force).get(f"offenders/{person.public_id}")

    assert card.json()["orders"][0]["discharged_on"] == timezone.localdate().isoformat()
    assert "order_discharges" not in card.json()
    assert "Tean" not in card.content.decode().replace(person.team.name, "")


@pytest.mark.parametrize(
    ("values", "status", "code"),
    [
        ({"discharged_on": "2099-01-01"}, 400, "in_future"),
        ({"discharged_on": "2020-01-01"}, 400, "before_order"),
        ({"court": ""}, 400, "blank"),
        ({"reason": ""}, 400, "blank"),
        ({"order": "00000000-0000-4000-8000-000000000000"}, 404, "not_found"),
    ],
)
def test_what_cannot_be_is_a_problem_with_a_stable_code(
    held: tuple[Caller, Offender], values: dict[str, str], status: int, code: str
) -> None:
    caller, person = held

    answer = caller.post(
        f"offenders/{person.public_id}/discharge-order", discharged(person, **values)
    )

    problem = answer.json()
    codes = [error["code"] for errors in problem.get("invalid", {}).values() for error in errors]
    assert answer.status_code == status
    assert code in (problem["code"], *codes)
