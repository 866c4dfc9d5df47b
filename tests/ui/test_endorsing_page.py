"""To endorse, and reviews and samples: the supervisor's pages."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, User
from tests import make
from tests.api.calling import signed_in
from tests.api.scenes.assessments import ASSESSMENT
from tests.ui.conftest import Scene, hidden_of, overdue, text_of
from tests.workflows import doing
from ui.words import long_day
from workflows.models import CaseAction, DipSample, DipSampleItem

pytestmark = pytest.mark.django_db

ENDORSE, QUALITY, DRAW = "/to-endorse", "/quality", "/quality/sample"


def assess(scene: Scene, by=None):
    doing.complete(scene.person, "assess", dict(ASSESSMENT), by=by or scene.manager)


def drawn(scene: Scene, browse, **typed: str):
    client = browse(scene.supervisor)
    [key] = hidden_of(client.get(DRAW))["key"]
    sent = {"key": key, "team": str(scene.manager.team.public_id), "size": "1", "officer": "",
            "checker": ""} | typed  # fmt: skip
    return client, client.post(DRAW, sent)


def test_the_frame_says_how_much_waits_for_a_supervisor(scene: Scene, browse):
    assess(scene)
    supervisor = browse(scene.supervisor).get("/tasks").content.decode()
    manager = browse(scene.manager).get("/tasks").content.decode()

    assert 'To endorse <span class="count">1</span>' in supervisor
    assert ENDORSE not in manager


def test_the_list_names_the_work_its_author_and_how_long_it_waits(scene: Scene, browse):
    assess(scene)

    page = browse(scene.supervisor).get(ENDORSE)

    said = text_of(page)
    assert "Endorse the assessment" in said
    assert scene.manager.display_name in said
    assert "Since today" in said
    assert "Someone else must" not in said
    task = make.task_of(scene.person, "endorse")
    assert reverse("ui:task", args=[task.public_id]) in page.content.decode()


def test_a_duty_that_is_late_says_so_though_its_endorsement_is_not(scene: Scene, browse):
    late = timezone.localdate() - dt.timedelta(days=500)
    person = make.person(manager=scene.manager, **overdue(last_assessment_on=late))
    doing.complete(person, "assess", dict(ASSESSMENT), by=scene.manager)
    task = make.task_of(person, "endorse")
    owed = task.process.obligation
    assert owed.due_on < timezone.localdate() <= task.due_on

    page = text_of(browse(scene.supervisor).get(ENDORSE))
    [row] = signed_in(scene.supervisor).get("endorsements").json()["results"]

    days = (timezone.localdate() - owed.due_on).days
    assert f"{long_day(owed.due_on)}: {days} days late" in page
    assert row["owed_on"] == owed.due_on.isoformat()


def test_own_work_says_that_someone_else_must(scene: Scene, browse):
    assess(scene, by=scene.supervisor)

    said = text_of(browse(scene.supervisor).get(ENDORSE))

    assert "Someone else must" in said
    assert "To endorse 1" not in said


def test_an_inspector_sees_where_nobody_of_the_team_may(scene: Scene, browse):
    assess(scene)
    inspector = browse(scene.outsider(Role.INSPECTOR))
    assert "Nothing waits." in text_of(inspector.get(f"{ENDORSE}?show=nobody"))
    User.objects.filter(pk=scene.supervisor.pk).update(is_active=False)

    said = text_of(inspector.get(f"{ENDORSE}?show=nobody"))

    assert f"Nobody of {scene.manager.team.name} may: an inspector must" in said
    assert "To endorse 1" in text_of(inspector.get("/tasks"))


def rows_of(page) -> str:
    return page.content.decode().partition("</form>")[2]


def test_the_list_is_narrowed_by_what_its_rows_are_called(scene: Scene, browse):
    assess(scene)
    client = browse(scene.supervisor)
    page = client.get(ENDORSE)

    offered = {
        label: value
        for value, label in re.findall(
            r'<option value="([^"]*)"[^>]*>([^<]*)', page.content.decode()
        )
    }
    named = re.findall(r'<a href="/tasks/[^"]*">([^<]*)<', rows_of(page))

    assert named == ["Endorse the assessment"]
    assert {*named, "All kinds", "Review the visit"} <= offered.keys()
    kept = client.get(f"{ENDORSE}?step={offered['Endorse the assessment']}")
    assert "Endorse the assessment" in rows_of(kept)
    assert "Nothing waits." in text_of(client.get(f"{ENDORSE}?step={offered['Review the visit']}"))


def test_an_unknown_kind_is_no_filter(scene: Scene, browse):
    assess(scene)
    page = browse(scene.supervisor).get(f"{ENDORSE}?step=nonsense&after=broken")
    assert "Endorse the assessment" in rows_of(page)


def test_a_long_list_comes_in_pages(scene: Scene, browse, monkeypatch):
    monkeypatch.setattr("ui.views.endorsing.ROWS", 1)
    other = make.person(manager=scene.manager)
    assess(scene)
    doing.complete(other, "assess", dict(ASSESSMENT), by=scene.manager)
    client = browse(scene.supervisor)

    first = client.get(ENDORSE)
    following = client.get(first.context["next_url"])

    shown = {page.context["rows"][0]["reference"] for page in (first, following)}
    assert shown == {scene.person.source_ref, other.source_ref}
    assert following.context["next_url"] == ""


def test_overdue_directions_are_shown_to_who_gave_them(scene: Scene, browse):
    on = timezone.localdate() + dt.timedelta(days=3)
    directed = [{"text": "Set the flag.", "due_on": on, "owner": ""}]
    doing.complete(
        scene.person, "review_case", make.case_review(directions=directed), by=scene.supervisor
    )
    CaseAction.objects.update(due_on=timezone.localdate() - dt.timedelta(days=2))
    client = browse(scene.supervisor)
    other = browse(scene.colleague(Role.SUPERVISOR))

    assert "1 of the directions you gave is overdue." in text_of(client.get(ENDORSE))
    said = text_of(client.get(QUALITY))
    assert "Set the flag." in said
    assert "2 days overdue" in said
    assert "Set the flag." not in text_of(other.get(QUALITY))


def test_a_sample_is_drawn_on_a_page_and_leads_to_its_checks(scene: Scene, browse):
    client, answer = drawn(scene, browse)

    assert answer.status_code == 303
    page = client.get(answer["Location"])
    said = text_of(page)
    assert "Sample drawn." in said
    assert scene.person.source_ref in said
    assert "0 of 1 checked" in said
    task = make.task_of(scene.person, "check_case")
    assert reverse("ui:task", args=[task.public_id]) in page.content.decode()


def test_a_double_click_draws_one_sample(scene: Scene, browse):
    client, _ = drawn(scene, browse)
    [key] = hidden_of(client.get(DRAW))["key"]
    sent = {"key": key, "team": str(scene.manager.team.public_id), "size": "1"}

    first, second = client.post(DRAW, sent), client.post(DRAW, sent)

    assert first["Location"] == second["Location"]
    assert DipSample.objects.count() == 2


@pytest.mark.parametrize(
    ("typed", "status", "said"),
    [
        ({"size": "0"}, 400, "greater than or equal to 1"),
        ({"team": "", "size": "1"}, 400, "Choose the team"),
        ({"checker": "NOBODY"}, 400, "No officer has that staff number."),
        ({"officer": "SUPERVISOR"}, 409, "There is nobody whom that officer could check."),
    ],
)
def test_what_is_wrong_with_a_sample_is_said(scene: Scene, browse, typed, status, said):
    named = {k: scene.supervisor.staff_number if v == "SUPERVISOR" else v for k, v in typed.items()}

    _, answer = drawn(scene, browse, **named)

    assert answer.status_code == status
    assert said in text_of(answer)


def test_results_stand_beside_what_they_are_a_part_of(scene: Scene, browse):
    client, answer = drawn(scene, browse)
    values = make.case_review(grade="requires_improvement", comment="Photograph is old.")
    doing.complete(scene.person, "check_case", values, by=scene.supervisor)

    said = text_of(client.get(QUALITY))
    assert "1 of 1 drawn" in said
    assert "0, 1, 0 of 1" in said
    assert "0 of 1 people" in said
    assert "Photograph is old." in text_of(client.get(answer["Location"]))


def test_who_may_not_see_a_person_of_a_sample_is_told_how_many(scene: Scene, browse):
    client, answer = drawn(scene, browse)
    item = DipSampleItem.objects.get()
    type(scene.person).objects.filter(pk=item.offender_id).update(is_restricted=True)

    said = text_of(client.get(answer["Location"]))

    assert scene.person.source_ref not in said
    assert "1 person of it you may not see." in said


def test_the_author_is_led_to_the_reason_and_sees_it_on_the_task_again(scene: Scene, browse):
    assess(scene)
    values = {"decision": "return", "comment": "Say more about work."}
    doing.complete(scene.person, "endorse", values, by=scene.supervisor)
    client = browse(scene.manager)

    told = client.get("/alerts")
    [link] = re.findall(r'<a href="([^"]+)">Read why</a>', told.content.decode())

    assert "Something you wrote was returned" in text_of(told)
    assert "Say more about work." in text_of(client.get(link))
    again = make.task_of(scene.person, "assess")
    assert "Say more about work." in text_of(client.get(f"/tasks/{again.public_id}"))
