"""The page of a supervisor's review: what stands beside the form, and what it leaves behind."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from tests import make
from tests.ui.conftest import Scene, address_of_task, text_of
from tests.workflows import doing
from workflows.actions.steps import complete_step
from workflows.models import CaseReview
from workflows.models.case_review import CheckItem

pytestmark = pytest.mark.django_db


def review_form(task, **typed: str) -> dict[str, str]:
    rows = {}
    for place, item in enumerate(CheckItem.values):
        rows[f"checks-{place}-item"] = item
        rows[f"checks-{place}-grade"] = "good"
        rows[f"checks-{place}-comment"] = ""
    return {
        "step": "review_case",
        "version": str(task.version),
        "key": f"test-{task.pk}-{task.version}",
        "grade": "good",
        "comment": "Well managed",
        **rows,
    } | typed


def direction(place: int, text: str, ahead: int = 5) -> dict[str, str]:
    on = timezone.localdate() + dt.timedelta(days=ahead)
    return {
        f"directions-{place}-text": text,
        f"directions-{place}-due_on_day": str(on.day),
        f"directions-{place}-due_on_month": str(on.month),
        f"directions-{place}-due_on_year": str(on.year),
        f"directions-{place}-owner": "",
    }


def test_the_reviewer_goes_through_rows_and_nothing_is_judged_beforehand(scene: Scene, browse):
    page = browse(scene.supervisor).get(address_of_task(make.task_of(scene.person, "review_case")))
    form = page.content.decode().partition('<form class="card')[2].partition("</form>")[0]

    assert "checked>" not in form
    assert re.findall(r'type="text"[^>]* value="([^"]+)"', form) == []
    assert form.count('value="inadequate"') == len(CheckItem.values) + 1
    assert "Markers on PNC, PND and LEDS are set" in text_of(page)


def test_beside_the_form_stand_visits_what_is_late_and_the_last_review(scene: Scene, browse):
    at = timezone.now() - dt.timedelta(days=20)
    doing.visit(scene.person, occurred_at=at, outcome="no_answer", entry_reason="Late entry")
    task = make.task_of(scene.person, "review_case")

    said = text_of(browse(scene.supervisor).get(address_of_task(task)))

    local = timezone.localtime(at)
    assert f"{local:%H:%M}" in said
    assert "Overdue Home visit" in said
    assert "No action is open." in said
    assert "0 pieces of work returned." in said
    assert "Nobody has reviewed this before." in said


def test_the_next_reviewer_sees_what_became_of_the_directions(scene: Scene, browse):
    values = make.case_review(
        directions=[
            {"text": text, "due_on": timezone.localdate() + dt.timedelta(days=3), "owner": ""}
            for text in ("Set the flag.", "Vary the times.")
        ]
    )
    doing.complete(scene.person, "review_case", values, by=scene.supervisor)
    first = scene.person.case_actions.get(text="Set the flag.")
    task = scene.person.tasks.open().get(process__obligation__about=first.about)
    complete_step(
        by=make.actor(scene.manager),
        task=task.public_id,
        step="finish_action",
        values={"outcome": "done", "evidence": "Set on PNC."},
    )

    page = browse(scene.supervisor).get(address_of_task(make.task_of(scene.person, "review_case")))

    said = text_of(page)
    assert re.search(r"Set the flag\. Done .*: Set on PNC\.", said)
    assert re.search(r"Vary the times\. Not finished", said)
    assert "since the last review" in said


def test_a_review_is_sent_and_shown_as_it_was_written(scene: Scene, browse):
    task = make.task_of(scene.person, "review_case")
    typed = review_form(task, **direction(0, "Look at the telephone"))
    typed |= {"checks-3-grade": "requires_improvement", "checks-3-comment": "Two are late"}
    client = browse(scene.supervisor)

    answer = client.post(address_of_task(task), typed)

    assert answer.status_code == 303, text_of(answer)
    said = text_of(client.get(answer["Location"]))
    assert "Review saved." in said
    assert "Two are late" in said
    assert "Look at the telephone" in said
    assert CaseReview.objects.get().reviewed_by == scene.supervisor


def test_a_check_without_a_reason_is_named_by_its_row(scene: Scene, browse):
    task = make.task_of(scene.person, "review_case")
    typed = review_form(task, **{"checks-2-grade": "inadequate"})

    answer = browse(scene.supervisor).post(address_of_task(task), typed)

    assert answer.status_code == 400
    said = re.search(r'<a href="#f-checks-2-comment">(.*?)</a>', answer.content.decode())
    assert said
    assert said[1] == f"{CheckItem(typed['checks-2-item']).label}: Say why it is not good."


def test_the_offender_manager_reads_the_review_but_cannot_write_one(scene: Scene, browse):
    task = make.task_of(scene.person, "review_case")
    before = browse(scene.manager).get(address_of_task(task))
    assert "Nothing for you to record here now." in text_of(before)

    doing.complete(scene.person, "review_case", make.case_review(), by=scene.supervisor)

    client = browse(scene.manager)
    assert "Well managed." in text_of(client.get(address_of_task(task)))
    assert "Supervisor review: good" in text_of(client.get(f"/people/{scene.person.public_id}"))


def test_the_person_page_offers_an_action_to_who_may_raise_one(scene: Scene, browse):
    page = f"/people/{scene.person.public_id}"

    assert "Add action" in text_of(browse(scene.supervisor).get(page))
