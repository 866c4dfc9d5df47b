"""What the page shows of a visit to the supervisor who reviews it."""

import pytest

from tests import make
from tests.ui.conftest import Scene, address_of_task, text_of
from tests.workflows import doing
from workflows.reviews import causes_of, gives_cause

pytestmark = pytest.mark.django_db

NEEDS_COMMENT = "accepting it needs a comment too"


def review_page(scene: Scene, browse) -> str:
    task = make.task_of(scene.person, "review")
    return text_of(browse(scene.supervisor).get(address_of_task(task)))


def test_a_lone_attempt_elsewhere_with_a_concern_says_all_of_it(scene: Scene, browse):
    elsewhere = {"at_notified_address": False, "place": "regularly_found"}
    visit = doing.visit(scene.person, outcome="no_answer", partner="", concern=True, **elsewhere)

    page = review_page(scene, browse)

    assert f"Who was there {scene.manager.display_name} Alone Yes, without authority" in page
    assert "At the last notified address No" in page
    assert "Where else At a place where they are regularly found" in page
    assert "Concern at the door Yes" in page
    assert "A concern was raised" in page
    assert "A lone visit without authority" in page
    assert NEEDS_COMMENT in page
    assert causes_of(visit) == ["concern", "alone"]


def test_a_finding_of_the_write_up_is_named(scene: Scene, browse):
    visit = doing.visit(scene.person)
    written = make.write_up() | {"orders_complied_with": "no"}
    doing.complete(scene.person, "write_up", written, by=scene.manager)

    page = review_page(scene, browse)

    assert f"Who was there {scene.manager.display_name}, A. Partner, probation Alone No" in page
    assert "At the last notified address Yes" in page
    assert "Orders were not complied with" in page
    assert "A lone visit" not in page
    assert causes_of(visit) == ["orders"]


def test_one_that_gave_no_cause_says_that_no_comment_is_needed(scene: Scene, browse):
    visit = doing.visit(scene.person)
    doing.complete(scene.person, "write_up", make.write_up(), by=scene.manager)
    assert not gives_cause(visit)
    assert causes_of(visit) == []

    page = review_page(scene, browse)

    assert "Accepting it needs no comment." in page
    assert NEEDS_COMMENT not in page
