"""The pages of absences: recorded, shown with what is due, and called off."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Absence
from tests import make
from tests.ui.conftest import Scene, events_of, hidden_of, text_of
from workflows.actions.absences import record_absence

pytestmark = pytest.mark.django_db


def typed(client, **given: str) -> dict[str, str]:
    """What is typed into the form for a week from today."""
    first = timezone.localdate()
    back = first + dt.timedelta(days=7)
    key = hidden_of(client.get(reverse("ui:absence-record")))["key"][0]
    days = {
        f"{name}_{part}": str(getattr(day, part))
        for name, day in (("from_on", first), ("until_on", back))
        for part in ("day", "month", "year")
    }
    return {"key": key, "kind": "leave", "officer": "", "cover": "", **days, **given}


def away(scene: Scene, **facts: str) -> Absence:
    day = timezone.localdate()
    return record_absence(
        by=make.actor(scene.manager),
        kind="leave",
        from_on=day,
        until_on=day + dt.timedelta(days=7),
        **facts,
    )


def test_an_officer_records_their_own_absence_and_a_double_click_records_it_once(scene, browse):
    client = browse(scene.manager)
    form = typed(client, cover=scene.supervisor.staff_number)

    first = client.post(reverse("ui:absence-record"), form)
    second = client.post(reverse("ui:absence-record"), form)

    assert (first.status_code, second.status_code) == (303, 303)
    absence = Absence.objects.get()
    assert (absence.officer, absence.cover) == (scene.manager, scene.supervisor)
    assert "Absence recorded" in text_of(client.get(reverse("ui:absences")))


def test_the_dates_are_never_pre_filled(scene, browse):
    page = browse(scene.manager).get(reverse("ui:absence-record")).content.decode()
    assert str(timezone.localdate().year) not in page.split("<main")[1].split("</main")[0]


def test_what_is_missing_or_refused_is_said_in_words(scene, browse):
    client = browse(scene.manager)
    empty = client.post(reverse("ui:absence-record"), {"key": "k"})
    assert empty.status_code == 400
    assert "Enter the first day away" in text_of(empty)
    refused = client.post(
        reverse("ui:absence-record"), typed(client, cover=scene.manager.staff_number)
    )
    assert refused.status_code == 409
    said = "Someone else of the same team covers: an offender manager or a supervisor whose account"
    assert said in text_of(refused)


def test_the_caseload_page_marks_who_is_away_with_counts(scene, browse):
    away(scene)
    shown, [event] = events_of(
        lambda: browse(scene.supervisor).get(
            reverse("ui:team-caseload", args=[scene.manager.team.public_id])
        )
    )
    page = text_of(shown)
    assert "Officers who are away" in page
    assert f"{scene.manager.display_name} Leave" in page
    assert "Nobody" in page
    assert event.action == "caseload.view"


def test_the_supervisor_is_shown_their_work_and_the_cover_whose_it_is(scene, browse):
    away(scene, cover=scene.supervisor.staff_number)
    client = browse(scene.supervisor)
    own = text_of(client.get("/tasks"))
    assert f"Covering for {scene.manager.staff_number}" in own
    assert scene.person.source_ref in own
    assert "with officers who are away" in own
    absent = client.get("/tasks?whose=absent")
    assert scene.person.source_ref in text_of(absent)


def test_why_they_are_away_is_not_shown_to_a_colleague(scene, browse):
    away(scene)
    colleague = text_of(browse(scene.colleague()).get(reverse("ui:absences")))
    assert scene.manager.display_name in colleague
    assert "Leave" not in colleague
    assert "End absence" not in colleague


def test_an_absence_is_called_off_from_the_page(scene, browse):
    absence = away(scene)
    client = browse(scene.supervisor)
    answer = client.post(reverse("ui:absence-cancel", args=[absence.public_id]))
    assert answer.status_code == 303
    assert "Nobody is away" in text_of(client.get(reverse("ui:absences")))
    assert client.post(reverse("ui:absence-cancel", args=[absence.public_id])).status_code == 409


def test_the_person_page_says_that_the_officer_is_away_and_who_covers(scene, browse):
    page = reverse("ui:person", args=[scene.person.public_id])
    client = browse(scene.supervisor)
    assert "away, back" not in text_of(client.get(page))

    away(scene, cover=scene.supervisor.staff_number)

    assert f"covered by {scene.supervisor.display_name}" in text_of(client.get(page))


def test_the_visit_list_of_the_cover_holds_what_they_cover(scene, browse):
    client = browse(scene.supervisor)
    assert scene.person.source_ref not in text_of(client.get("/visit-list"))

    away(scene, cover=scene.supervisor.staff_number)

    assert scene.person.source_ref in text_of(client.get("/visit-list"))
