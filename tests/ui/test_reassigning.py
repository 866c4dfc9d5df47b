"""Moving people is refused, or asked again, in words."""

import pytest

from tests.ui.conftest import (
    Scene,
    hidden_of,
    text_of,
)

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
