"""The person's page says what is due and why, and the list for the car where."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from offenders.models import Order
from tests import make
from tests.ui.conftest import (
    HOME,
    Scene,
    address_of_task,
    events_of,
    outcome_form,
    text_of,
)
from tests.workflows import doing
from ui import words
from workflows.actions.people import add_contact_note
from workflows.models import Task

pytestmark = pytest.mark.django_db


def test_the_page_says_why_each_duty_is_due_and_how_registration_is_worked_out(
    scene: Scene, browse
):
    page = text_of(browse(scene.manager).get(reverse("ui:person", args=[scene.person.public_id])))
    assert "6 months after the last effective visit" in page
    assert "Registered indefinitely" in page
    assert "30 months or more" in page
    assert "No live orders." in page


def test_the_page_says_which_order_holds_a_person_and_until_when(scene: Scene, browse):
    """The caution's period has ended; the order has not (s.103G)."""
    held = make.person(
        manager=scene.manager,
        basis="caution",
        relevant_date="2020-03-02",
        order_kind="shpo",
        order_made_on="2020-03-02",
        order_ends_on="2099-03-01",
    )

    page = text_of(browse(scene.manager).get(reverse("ui:person", args=[held.public_id])))

    assert "Held by sexual harm prevention order until 1 March 2099" in page


def test_a_visit_that_was_taken_over_without_a_time_is_told_below_the_grid(scene: Scene, browse):
    address = reverse("ui:person", args=[scene.person.public_id])
    taken = words.long_day(scene.person.visits.get().occurred_on)

    page = text_of(browse(scene.manager).get(address))

    assert f"1 visit was taken over without a time of day, the last on {taken}" in page
    assert "No visit in the last 12 months" not in page


def test_where_nobody_visited_for_a_year_the_grid_says_so(scene: Scene, browse):
    seen = timezone.localdate() - dt.timedelta(days=400)
    person = make.person(manager=scene.manager, last_effective_visit_on=seen)
    address = reverse("ui:person", args=[person.public_id])

    assert "No visit in the last 12 months" in text_of(browse(scene.manager).get(address))
    doing.visit(person, by=scene.manager)
    page = text_of(browse(scene.manager).get(address))
    assert "No visit in the last 12 months" not in page
    assert "not counted above" not in page


def test_a_refusal_alone_is_shown_as_a_refusal_and_as_no_breach(scene: Scene, browse):
    doing.visit(scene.person, by=scene.manager, outcome="refused")

    page = text_of(browse(scene.manager).get(reverse("ui:person", args=[scene.person.public_id])))

    assert "refused" in page.lower()
    assert "breach" not in page.lower()


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


def test_what_somebody_else_does_is_only_to_be_read(scene: Scene, browse):
    address = reverse("ui:person", args=[scene.person.public_id])

    as_manager, as_supervisor = (
        text_of(browse(user).get(address)) for user in (scene.manager, scene.supervisor)
    )

    assert "Read Supervisor review" in as_manager
    assert "Review Supervisor review" in as_supervisor


def test_only_who_may_record_a_visit_is_offered_it(scene: Scene, browse):
    address = reverse("ui:person", args=[scene.person.public_id])
    assert "Record visit" in text_of(browse(scene.manager).get(address))
    inspector = scene.colleague(Role.INSPECTOR)
    page = text_of(browse(inspector).get(address))
    assert "What is due next" in page
    assert "Record visit" not in page


def test_whoever_must_say_why_gets_to_the_older_entries_too(scene: Scene, browse):
    by = make.actor(scene.manager)
    for number in range(14):
        add_contact_note(
            by=by,
            offender=scene.person.public_id,
            kind="telephone",
            occurred_at=timezone.now() - dt.timedelta(hours=number),
            text=f"Call {number}",
        )
    client = browse(scene.outsider(Role.INSPECTOR))
    older = reverse("ui:person", args=[scene.person.public_id]) + "?page=2"
    asked = client.get(older)
    assert asked.status_code == 403
    assert f'action="{older}"' in asked.content.decode()
    page = text_of(client.post(older, {"reason": "Review of overdue visits"}))
    assert "Call 13" in page
    assert "Call 0 " not in page


def test_an_order_is_shown_until_it_ends_or_a_court_discharges_it(scene: Scene, browse):
    today = timezone.localdate()
    day = dt.timedelta(days=1)
    for kind, ends_on, discharged_on in (
        ("shpo", today, None),  # its last day
        ("sro", today - day, None),  # ended yesterday
        ("fto", None, today),  # discharged today
        ("rsho", None, today + day),  # to be discharged tomorrow
    ):
        Order.objects.create(
            offender=scene.person,
            kind=kind,
            made_on=today - 300 * day,
            ends_on=ends_on,
            discharged_on=discharged_on,
        )
    page = text_of(browse(scene.manager).get(reverse("ui:person", args=[scene.person.public_id])))
    shown = page.partition("Orders")[2]
    assert "Sexual harm prevention order" in shown
    assert "Risk of sexual harm order" in shown
    assert "Sexual risk order" not in page
    assert "Foreign travel order" not in page


def test_a_visit_to_try_again_by_tomorrow_is_on_the_list_of_today(scene: Scene, browse):
    today = timezone.localdate()
    person = make.person(
        manager=scene.manager, last_effective_visit_on=today - dt.timedelta(days=100)
    )
    client = browse(scene.manager)
    assert person.source_ref not in text_of(client.get("/visit-list?ahead=7"))
    again = today + dt.timedelta(days=1)
    Task.objects.open().filter(offender=person, step="record_outcome").update(attempt_by=again)
    assert person.source_ref not in text_of(client.get("/visit-list?ahead=0"))
    sheet = text_of(client.get("/visit-list?ahead=7"))
    assert person.source_ref in sheet
    assert "Try again by" in sheet
    assert person.source_ref in text_of(client.get("/tasks?show=week&kind=home_visit"))
    assert person.source_ref not in text_of(client.get("/tasks?show=today&kind=home_visit"))


def test_the_visit_list_shows_homes_by_postcode_and_says_who_printed_it(scene: Scene, browse):
    answer, [event] = events_of(lambda: browse(scene.manager).get("/visit-list"))
    sheet = text_of(answer)
    assert "QX7" in sheet
    assert HOME in sheet
    assert f"Printed by {scene.manager.get_full_name()}, {scene.manager.staff_number}" in sheet
    assert "OFFICIAL–SENSITIVE" in sheet
    assert "Feb 1979" not in sheet
    assert event.action == "day_sheet.print"
    assert event.row_count == 1
