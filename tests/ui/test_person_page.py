"""The person's page says what is due and why, and the list for the car where."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import make
from tests.ui.conftest import (
    HOME,
    Scene,
    address_of_task,
    events_of,
    outcome_form,
    text_of,
)

pytestmark = pytest.mark.django_db


def test_the_page_says_why_each_duty_is_due_and_how_registration_is_worked_out(
    scene: Scene, browse
):
    page = text_of(browse(scene.manager).get(reverse("ui:person", args=[scene.person.public_id])))
    assert "6 months after the last effective visit" in page
    assert "Registered indefinitely" in page
    assert "30 months or more" in page
    assert "No live orders." in page


def test_failed_entries_show_the_warrant_option(scene: Scene, browse):
    client = browse(scene.manager)
    address = reverse("ui:person", args=[scene.person.public_id])
    assert "section 96B" not in text_of(client.get(address))
    for days_ago in (3, 1):
        task = make.task_of(scene.person)
        at = timezone.localdate() - dt.timedelta(days=days_ago)
        answer = client.post(
            address_of_task(task),
            outcome_form(
                task,
                outcome="no_answer",
                occurred_at_day=str(at.day),
                occurred_at_month=str(at.month),
                occurred_at_year=str(at.year),
                occurred_at_time="10:00",
                entry_reason="Entered after a course",
            ),
        )
        assert answer.status_code == 303
    assert "consider a warrant under section 96B" in text_of(client.get(address))


def test_the_visit_list_shows_homes_by_postcode_and_says_who_printed_it(scene: Scene, browse):
    answer, [event] = events_of(lambda: browse(scene.manager).get("/visit-list"))
    sheet = text_of(answer)
    assert "QX7" in sheet
    assert HOME in sheet
    assert f"Printed by {scene.manager.get_full_name()}, {scene.manager.staff_number}" in sheet
    assert "OFFICIAL–SENSITIVE" in sheet
    assert "1979" not in sheet
    assert event.action == "day_sheet.print"
    assert event.row_count == 1
