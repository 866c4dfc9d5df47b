"""One task: its form, sending it once or twice, and what is left when it is done."""

import datetime as dt
import json
import re

import pytest
from django.utils import timezone

from audit.models import Event
from tests import make
from tests.api.calling import signed_in
from tests.ui.conftest import (
    Scene,
    address_of_task,
    events_of,
    hidden_of,
    outcome_form,
    overdue,
    text_of,
)
from tests.workflows import doing
from workflows.actions import case_actions
from workflows.actions.tasks import defer
from workflows.models import Task, Visit
from workflows.queries.task import written_by

pytestmark = pytest.mark.django_db


def test_the_form_starts_without_a_fact_in_it(scene: Scene, browse):
    page = browse(scene.manager).get(address_of_task(scene.visit)).content.decode()
    form = page.partition('<form class="card')[2].partition("</form>")[0]
    assert " checked" not in form
    assert re.findall(r'type="text"[^>]* value="([^"]+)"', form) == []


def test_a_mistake_keeps_what_was_typed_and_says_where(scene: Scene, browse):
    typed = outcome_form(scene.visit, outcome="", partner="B. Partner")
    answer = browse(scene.manager).post(address_of_task(scene.visit), typed)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "<title>Error: " in page
    assert '<a href="#f-outcome">Choose what happened</a>' in page
    assert 'value="B. Partner"' in page
    assert not Visit.objects.filter(origin="recorded").exists()


def test_a_refusal_of_the_rules_stands_at_its_field(scene: Scene, browse):
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    typed = outcome_form(
        scene.visit,
        occurred_at_day=str(tomorrow.day),
        occurred_at_month=str(tomorrow.month),
        occurred_at_year=str(tomorrow.year),
    )
    answer = browse(scene.manager).post(address_of_task(scene.visit), typed)
    assert answer.status_code == 400
    said = "A visit cannot be recorded before it is made."
    assert f'<a href="#f-occurred_at_day">{said}</a>' in answer.content.decode()


def test_a_double_click_does_it_once_and_ends_on_the_same_page(scene: Scene, browse):
    client, task = browse(scene.manager), scene.visit
    typed = outcome_form(task)
    first, events = events_of(lambda: client.post(address_of_task(task), typed))
    again, looks = events_of(lambda: client.post(address_of_task(task), typed))
    assert [event.action for event in events] == ["visit.record"]
    assert [(look.operation, look.offender_id, look.subject) for look in looks] == [
        ("consultation", scene.person.pk, f"task:{task.public_id}")
    ]
    assert first.status_code == again.status_code == 303
    assert first.headers["Location"] == again.headers["Location"]
    assert Visit.objects.filter(origin="recorded").count() == 1


def test_who_changed_it_first_wins_and_the_other_keeps_the_input(scene: Scene, browse):
    client, task = browse(scene.manager), scene.visit
    typed = outcome_form(task, note="Curtains drawn")
    colleague = scene.supervisor
    make_stale(task, colleague)
    answer = client.post(address_of_task(task), typed)
    assert answer.status_code == 412
    assert "This has changed since you opened it." in text_of(answer)
    assert "Curtains drawn" in answer.content.decode()
    shown = hidden_of(answer)["version"][0]
    assert shown == str(task.version + 1)
    assert not Visit.objects.filter(origin="recorded").exists()


def make_stale(task: Task, by) -> None:
    """Somebody else puts the task off, which counts as a change of it."""
    defer(
        by=make.actor(by),
        task=task.public_id,
        until=timezone.localdate() + dt.timedelta(days=5),
        reason="Waiting for the key holder",
    )


def test_a_task_that_is_done_is_read_only_and_names_who_did_it(scene: Scene, browse):
    client, task = browse(scene.manager), scene.visit
    client.post(address_of_task(task), outcome_form(task, note="Seen at home"))
    page = browse(scene.supervisor).get(address_of_task(task))
    assert "Home visit: done" in text_of(page)
    assert scene.manager.display_name in text_of(page)
    assert "Seen at home" in text_of(page)
    assert 'name="outcome"' not in page.content.decode()


def test_the_last_five_visits_stand_beside_the_form(scene: Scene, browse):
    client, task = browse(scene.manager), scene.visit
    client.post(address_of_task(task), outcome_form(task, outcome="no_answer"))
    again = make.task_of(scene.person)
    page = text_of(client.get(address_of_task(again)))
    assert "Last visits" in page
    assert "No answer" in page
    assert "Vary the day and the time." in page
    assert "Violent" in page


def test_the_reasons_beside_the_list_add_up_to_the_score(scene: Scene, browse):
    page = browse(scene.manager).get("/tasks").content.decode()
    peek = page.partition('id="why"')[2]
    score = int(re.search(r"Why (\d+)", peek)[1])  # type: ignore[index]
    assert sum(int(points) for points in re.findall(r"<b>\+(\d+)</b>", peek)) == score


def test_an_open_form_says_with_whom_the_task_is(scene: Scene, browse):
    said = f"With {scene.manager.display_name}."
    own = text_of(browse(scene.manager).get(address_of_task(scene.visit)))
    assert said not in own
    other = browse(scene.colleague()).get(address_of_task(scene.visit))
    assert said in text_of(other)
    assert 'name="outcome"' in other.content.decode()


def test_whoever_was_slower_keeps_the_words_and_sees_who_did_it(scene: Scene, browse):
    client, task = browse(scene.colleague()), scene.visit
    typed = outcome_form(task, note="Curtains drawn, a light upstairs")
    doing.visit(scene.person, by=scene.manager)
    answer = client.post(address_of_task(task), typed)
    page = text_of(answer)
    assert answer.status_code == 409
    assert "This task is no longer open." in page
    assert f"Home visit: done {scene.manager.display_name}," in page
    assert "What you typed" in page
    assert re.search(
        r"<textarea[^>]* readonly>\s*Curtains drawn, a light upstairs</textarea>",
        answer.content.decode(),
    )
    assert Visit.objects.filter(origin="recorded").count() == 1


def test_words_come_back_even_from_a_page_that_is_not_there_any_more(scene: Scene, browse):
    colleague = scene.colleague()
    client, task = browse(colleague), scene.visit
    drawn_for = hidden_of(client.get(address_of_task(task)))["drawn_for"][0]
    doing.move_away(scene.person)
    typed = outcome_form(task, note="Curtains drawn", drawn_for=drawn_for)
    answer = client.post(address_of_task(task), typed)
    assert answer.status_code == 404
    assert "Curtains drawn</textarea>" in answer.content.decode()
    foreign = client.post(address_of_task(task), typed | {"drawn_for": "not ours"})
    assert "Curtains drawn" not in foreign.content.decode()


def test_a_free_task_is_taken_and_handed_back(scene: Scene, browse):
    client, task = browse(scene.manager), scene.visit
    back = {"step": "release", "version": str(task.version), "key": "back"}
    answer, [event] = events_of(lambda: client.post(address_of_task(task), back))
    assert (answer.status_code, event.action) == (303, "task.release")
    assert "waits for anyone in your team" in text_of(client.get("/tasks"))
    task.refresh_from_db()
    take = {"step": "claim", "version": str(task.version), "key": "take"}
    taken = client.post(address_of_task(task), take)
    again = client.post(address_of_task(task), take)  # a double click
    assert (taken.status_code, again.status_code) == (303, 303)
    assert taken.headers["Location"] == again.headers["Location"]
    task.refresh_from_db()
    assert task.owner == scene.manager
    assert Event.objects.filter(action="task.claim").count() == 1


def test_the_same_input_has_the_same_effect_through_page_and_api(scene: Scene, browse):
    other = make.person(manager=scene.manager, **overdue())
    client = browse(scene.manager)
    client.post(address_of_task(scene.visit), outcome_form(scene.visit))
    task = make.task_of(other)
    visit = Visit.objects.get(offender=scene.person, origin="recorded")
    body = {
        "outcome": "effective",
        "occurred_at": visit.occurred_at.isoformat(),
        "announced": False,
        "attended": True,
        "partner": "A. Partner, probation",
        "at_notified_address": True,
        "for_risk_assessment": True,
        "concern": False,
    }
    answer = client.post(
        f"/api/v1/tasks/{task.public_id}/record-outcome",
        json.dumps(body),
        content_type="application/json",
        headers={"If-Match": f'"{task.version}"', "Idempotency-Key": "one"},
    )
    assert answer.status_code == 200, answer.content
    told = {"id", "public_id", "offender_id", "process_id", "address_id", "recorded_at"}
    through_page, through_api = (
        Visit.objects.filter(offender=who, origin="recorded").values().get()
        for who in (scene.person, other)
    )
    assert {k: v for k, v in through_page.items() if k not in told} == {
        k: v for k, v in through_api.items() if k not in told
    }
    events = Event.objects.filter(action="visit.record").order_by("pk")
    assert [event.offender_id for event in events] == [scene.person.pk, other.pk]


def test_two_people_at_one_address_are_pointed_out_but_never_a_hidden_one(scene: Scene, browse):
    neighbour = make.person(manager=scene.manager, **overdue())
    client, address = browse(scene.manager), address_of_task(scene.visit)
    assert f"{neighbour.source_ref} lives at the same address." in text_of(client.get(address))
    neighbour.is_restricted = True
    neighbour.save(update_fields=["is_restricted"])
    page = text_of(client.get(address))
    assert "lives at the same address" not in page
    assert neighbour.source_ref not in page


def test_the_form_of_a_visit_shows_the_last_five_days_and_times(scene: Scene, browse):
    """So that the next one is at another hour of another day of the week."""
    today = timezone.localdate()
    hours = [dt.time(9 + number, 15) for number in range(6)]
    made = [dt.datetime.combine(today - dt.timedelta(days=7 - n), at) for n, at in enumerate(hours)]
    for at in made:
        doing.visit(
            scene.person,
            by=scene.manager,
            outcome="no_answer",
            occurred_at=timezone.make_aware(at),
            entry_reason="From the notebook",
        )

    shown = text_of(browse(scene.manager).get(address_of_task(scene.visit)))

    said = [f"{at:%a} {at.day} {at:%b %Y, %H:%M}" for at in made]
    assert [day in shown.partition("Last visits")[2] for day in said] == [False, *[True] * 5]


def test_a_form_that_names_another_step_changes_nothing(scene: Scene, browse):
    client, task = browse(scene.manager), scene.visit
    wrong = outcome_form(task, step="write_up")
    answer = client.post(address_of_task(task), wrong)
    assert answer.status_code == 404
    assert not Visit.objects.filter(origin="recorded").exists()


def test_saving_a_kept_write_up_ends_on_the_list_and_closes_its_page(scene: Scene, browse):
    client, task = browse(scene.manager), scene.visit
    client.post(address_of_task(task), outcome_form(task))
    kept = make.task_of(scene.person, "write_up")
    doing.move_away(scene.person)
    assert client.get(address_of_task(kept)).status_code == 200
    typed = {
        "step": "write_up",
        "version": str(Task.objects.get(pk=kept.pk).version),
        "key": "kept",
        "summary": "Seen at home, settled.",
        "children_present": "false",
        "orders_complied_with": "yes",
        "concern": "false",
    }
    saved = client.post(address_of_task(kept), typed)
    assert (saved.status_code, saved.headers["Location"]) == (303, "/tasks")
    assert "Write-up saved." in text_of(client.get("/tasks"))
    assert client.get(address_of_task(kept)).status_code == 404


def test_each_write_up_shows_its_own_words(scene: Scene):
    doing.visit(scene.person, concern=True, by=scene.manager)
    tasks = []
    for summary in ("A bicycle in the hall.", "The bicycle is his own."):
        words = make.write_up(summary=summary)
        tasks.append(doing.complete(scene.person, "write_up", words, by=scene.manager))
        returned = {"decision": "returned", "comment": "Say whose"}
        doing.complete(scene.person, "review", returned, by=scene.supervisor)
    shown = [written_by(make.actor(scene.manager), task).summary for task in tasks]
    assert shown == ["A bicycle in the hall.", "The bicycle is his own."]


def test_whoever_reviews_sees_what_was_recorded_and_written_up(scene: Scene, browse):
    doing.visit(scene.person, by=scene.manager, concern=True, note="Curtains drawn.")
    doing.complete(
        scene.person, "write_up", make.write_up(summary="Settled and calm."), by=scene.manager
    )

    review = make.task_of(scene.person, "review")
    page = text_of(browse(scene.supervisor).get(address_of_task(review)))

    assert "Curtains drawn." in page
    assert "Settled and calm." in page


def test_a_form_without_its_key_or_version_changes_nothing(scene: Scene, browse):
    client, task = browse(scene.manager), scene.visit
    for missing, status in (("key", 409), ("version", 412)):
        answer = client.post(address_of_task(task), outcome_form(task, **{missing: ""}))
        assert answer.status_code == status
    assert not Visit.objects.filter(origin="recorded").exists()


def test_an_action_says_in_the_lists_what_must_be_done(scene: Scene, browse):
    case_actions.raise_action(
        by=make.actor(scene.manager),
        offender=scene.person.public_id,
        text="Ask housing for the keys",
        due_on=timezone.localdate(),
        owner="",
    )
    assert "Ask housing for the keys" in text_of(browse(scene.manager).get("/tasks"))
    rows = signed_in(scene.manager).get("tasks").json()["results"]
    said = {row["kind"]: row["subject"] for row in rows}
    assert said["case_action"] == "Ask housing for the keys"
    assert said["home_visit"] == ""
