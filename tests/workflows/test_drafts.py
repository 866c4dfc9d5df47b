"""An assessment is kept unfinished and taken up again; nothing is due or done by a draft."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from accounts.errors import NotPermitted
from accounts.models import Role
from audit.models import Event
from offenders.errors import RuleBroken, Stale
from tests import make
from tests.api.calling import signed_in
from tests.ui.conftest import browse, text_of  # noqa: F401 - a fixture
from tests.workflows import doing
from workflows.actions.drafts import MOST_KEPT, save_draft
from workflows.errors import NotVisible, TaskNotOpen
from workflows.models import AssessmentDraft, Obligation
from workflows.queries.drafts import draft_of, goes_on_with

pytestmark = pytest.mark.django_db

MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
HALF = {"formulation": "So far.", "ratings": [{"factor": "opportunity", "rating": "high"}]}


@pytest.fixture(autouse=True)
def _on_monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def task():
    return make.task_of(make.person(manager=make.officer()), "assess")


def save(task, values=HALF, *, by=None, version=None):
    by = make.actor(by or task.owner)
    return save_draft(by=by, task=task.public_id, values=values, version=version)


def test_a_draft_moves_no_clock_and_is_no_assessment(task):
    before = list(Obligation.objects.values())

    save(task)

    assert list(Obligation.objects.values()) == before
    assert not task.offender.assessments.filter(author__isnull=False).exists()
    event = Event.objects.latest("pk")
    assert (event.action, event.operation) == ("assessment.draft", "collection")


def test_each_save_takes_the_place_of_the_one_before(task):
    save(task)
    save(task, {"formulation": "Further."})

    draft = AssessmentDraft.objects.get()
    assert draft.values == {"formulation": "Further."}


def test_a_save_of_an_older_form_is_stale(task):
    version = task.version
    save(task, version=version)
    with pytest.raises(Stale):
        save(task, version=version)


def test_the_form_goes_on_with_what_was_typed_in_its_rows(task):
    save(task)

    values = goes_on_with(task, draft_of(task))

    first, *others = values["ratings"]
    assert (first["rating"], first["name"]) == ("high", "Opportunity to offend")
    assert all("rating" not in row for row in others)
    assert len(others) == 10
    assert values["formulation"] == "So far."


def test_what_is_no_field_is_not_kept_and_what_is_too_long_is_refused(task):
    save(task, {"formulation": "x", "secret": "y"})
    assert AssessmentDraft.objects.get().values == {"formulation": "x"}
    with pytest.raises(RuleBroken) as error:
        save(task, {"formulation": "x" * MOST_KEPT})
    assert error.value.code == "draft_too_long"


def test_a_colleague_goes_on_and_other_teams_see_nothing(task):
    colleague = make.officer(team=task.team)
    save(task, by=colleague)
    assert draft_of(task).author == colleague
    with pytest.raises(NotVisible):
        save(task, by=make.officer(team=make.team(in_force=task.force)))
    inspector = make.officer(Role.INSPECTOR, force=task.force)
    with pytest.raises(NotPermitted):
        save(task, by=inspector)


def test_only_an_open_assessment_is_drafted(task):
    with pytest.raises(TaskNotOpen):
        save(make.task_of(task.offender))
    doing.complete(task.offender, "assess", make.assessment(), by=task.owner)
    with pytest.raises(TaskNotOpen):
        save(task)


def test_handed_in_it_is_marked_and_says_how_long_it_took(task):
    save(task)
    with time_machine.travel(MONDAY + dt.timedelta(hours=2), tick=False):
        doing.complete(task.offender, "assess", make.assessment(), by=task.owner)

    assessment = task.offender.assessments.get(state="submitted")
    assert assessment.submitted_at - assessment.started_at == dt.timedelta(hours=2)
    assert AssessmentDraft.objects.get().submitted_at == assessment.submitted_at


def test_one_that_is_returned_is_taken_up_from_what_was_handed_in(task):
    person, supervisor = task.offender, make.officer(Role.SUPERVISOR, team=task.team)
    doing.complete(person, "assess", make.assessment(formulation="First."), by=task.owner)
    doing.complete(person, "endorse", {"decision": "return", "comment": "Why?"}, by=supervisor)

    again = make.task_of(person, "assess")
    values = goes_on_with(again, draft_of(again))

    assert values["formulation"] == "First."
    assert {row["evidence"] for row in values["ratings"]} == {"Seen settled."}
    assert again.offender.assessments.get(state="returned").started_at is None


def test_in_the_api_it_is_saved_and_read_with_the_form(task):
    caller = signed_in(task.owner)
    sent = HALF | {"ratings": [{"factor": "opportunity", "evidence_on": "2026-11-20"}]}

    assert caller.post(f"tasks/{task.public_id}/draft", sent).status_code == 200

    draft = caller.get(f"tasks/{task.public_id}/form").json()["draft"]
    assert draft["values"] == sent
    assert draft["author"]["staff_number"] == task.owner.staff_number
    inspector = signed_in(make.officer(Role.INSPECTOR, force=task.force))
    assert inspector.get(f"tasks/{task.public_id}/form").json()["draft"] is None


def test_on_the_page_it_is_saved_as_typed_and_drawn_again(task, browse):  # noqa: F811
    client = browse(task.owner)
    address = reverse("ui:task", args=[task.public_id])
    typed = {
        "step": "assess",
        "draft": "1",
        "version": str(task.version),
        "key": "k" * 20,
        "formulation": "Half a tho",
        "ratings-0-factor": "opportunity",
        "ratings-0-evidence": "Seen at the park",
        "ratings-0-evidence_on_day": "31",
        "ratings-0-evidence_on_month": "2",
    }

    assert client.post(address, typed).status_code == 303

    page = client.get(address)
    assert "You go on from what" in text_of(page)
    drawn = page.content.decode()
    assert "Half a tho" in drawn
    assert "Seen at the park" in drawn
    assert 'value="31"' in drawn, "a day that there is not comes back as it was typed"
    stale = client.post(address, typed | {"key": "j" * 20})
    assert stale.status_code == 412
    assert "Half a tho" in stale.content.decode()


def test_a_draft_of_nothing_in_its_rows_is_drawn_as_the_form_begins(task, browse):  # noqa: F811
    nothing = {"ratings": None, "formulation": None}
    assert signed_in(task.owner).post(f"tasks/{task.public_id}/draft", nothing).status_code == 200

    page = browse(task.owner).get(reverse("ui:task", args=[task.public_id]))

    assert page.status_code == 200
    assert "ratings-0-factor" in page.content.decode()


def test_what_no_database_keeps_is_left_out_of_a_draft(task, browse):  # noqa: F811
    client, address = browse(task.owner), reverse("ui:task", args=[task.public_id])
    typed = {"step": "assess", "draft": "1", "version": str(task.version), "key": "k" * 20}

    assert client.post(address, typed | {"formulation": "Half\0 a tho"}).status_code == 303

    assert "Half a tho" in client.get(address).content.decode()
