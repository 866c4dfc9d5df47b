"""The page of what an officer was told."""

import pytest
from django.urls import reverse

from tests.ui.conftest import Scene, events_of, text_of
from tests.workflows import doing

pytestmark = pytest.mark.django_db


def test_an_officer_reads_what_a_colleague_recorded_and_marks_it_as_read(scene: Scene, browse):
    colleague = scene.colleague()
    doing.visit(scene.person, by=colleague, outcome="no_answer")
    client = browse(scene.manager)

    assert "1 thing to know" in text_of(client.get("/tasks"))
    page = client.get("/alerts")
    assert "A colleague recorded the visit of" in text_of(page)
    assert colleague.display_name in text_of(page)
    assert scene.person.source_ref in text_of(page)

    alert = scene.manager.alerts.get()
    sent, events = events_of(
        lambda: client.post(reverse("ui:alerts-seen"), {"alerts": [str(alert.public_id)]})
    )
    assert (sent.status_code, sent.headers["Location"]) == (303, "/tasks")
    assert [event.action for event in events] == ["alert.mark_seen"]
    assert "to know" not in text_of(client.get("/tasks"))
    assert "Nothing to read" in text_of(client.get("/alerts"))
    assert "A colleague recorded" in text_of(client.get("/alerts?show=all"))


@pytest.mark.parametrize("typed", [{}, {"alerts": "nothing"}, {"alerts": [""]}])
def test_what_is_no_alert_is_not_there(scene: Scene, browse, typed):
    assert browse(scene.manager).post(reverse("ui:alerts-seen"), typed).status_code == 404


def test_a_made_up_place_in_the_list_is_its_beginning(scene: Scene, browse):
    assert browse(scene.manager).get("/alerts?after=made-up").status_code == 200
