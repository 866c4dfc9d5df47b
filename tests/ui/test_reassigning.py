"""Moving people is refused, or asked again, in words."""

import pytest

from tests import make
from tests.ui.conftest import (
    Scene,
    hidden_of,
    text_of,
)
from tests.workflows import doing
from workflows.actions.caseload import reassign_caseload

pytestmark = pytest.mark.django_db


def test_a_reassignment_without_a_choice_says_what_is_missing(scene: Scene, browse):
    answer = browse(scene.supervisor).post(
        "/reassignments/check",
        {
            "team": scene.manager.team.public_id,
            "officer": scene.manager.public_id,
            "to": "",
            "reason": "",
        },
    )
    page = text_of(answer)
    assert answer.status_code == 400
    for said in ("Choose at least one person", "Choose who takes them", "Give the reason"):
        assert said in page


def test_what_changed_since_the_check_page_is_asked_again(scene: Scene, browse):
    receiver, client = scene.colleague(), browse(scene.supervisor)
    chosen = {
        "team": scene.manager.team.public_id,
        "officer": scene.manager.public_id,
        "people": [scene.person.public_id],
        "to": receiver.public_id,
        "reason": "Planned leave",
    }
    check = client.post("/reassignments/check", chosen)
    proof = {name: hidden_of(check)[name][0] for name in ("snapshot", "key")}
    scene.person.version += 1
    scene.person.save(update_fields=["version"])
    answer = client.post("/reassignments/confirm", chosen | proof)
    assert answer.status_code == 412
    assert "changed since you looked" in text_of(answer)
    scene.person.refresh_from_db()
    assert scene.person.offender_manager == scene.manager


def test_who_left_the_viewers_sight_is_not_counted_on_the_page(scene: Scene, browse):
    plain, receiver = make.person(manager=scene.manager), scene.colleague()
    done = reassign_caseload(
        by=make.actor(scene.supervisor),
        offenders=[scene.person.public_id, plain.public_id],
        to=receiver.public_id,
        reason="Planned leave",
    )
    doing.move_away(scene.person)
    client = browse(scene.supervisor)
    address = f"/reassignments/{done.public_id}"
    assert "1 person moved" in text_of(client.get(address))

    client.post("/reassignments/undo", {"reassignment": done.public_id})

    assert "Everyone was given back" in text_of(client.get(address))
    plain.refresh_from_db()
    assert plain.offender_manager == scene.manager


def test_the_page_of_a_reassignment_is_not_there_when_nobody_of_it_is_seen(scene: Scene, browse):
    done = reassign_caseload(
        by=make.actor(scene.supervisor),
        offenders=[scene.person.public_id],
        to=scene.colleague().public_id,
        reason="Planned leave",
    )
    doing.move_away(scene.person)
    assert browse(scene.supervisor).get(f"/reassignments/{done.public_id}").status_code == 404
