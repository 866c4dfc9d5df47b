"""A returned write-up on its page and in the API: drawn with its own words, and sent again."""

import datetime as dt

import pytest
from django.utils import timezone

from tests import make
from tests.api.calling import signed_in
from tests.ui.conftest import Scene, address_of_task, text_of
from tests.ui.filling import as_drawn
from tests.workflows import doing
from workflows.models import CaseAction, Task, VisitWriteUp

pytestmark = pytest.mark.django_db

RETURNED = {"decision": "returned", "comment": "Say more of the home"}


@pytest.fixture
def returned(scene: Scene) -> Task:
    doing.visit(scene.person, by=scene.manager)
    in_a_week = timezone.localdate() + dt.timedelta(days=7)
    written = make.write_up(
        summary="A bicycle in the hall.\nHis own.",
        purposes=["residence"],
        started_at=timezone.now().replace(second=0, microsecond=0) - dt.timedelta(minutes=5),
        living_situation="Tidy",
        details=[{"item": "home", "finding": "confirmed", "note": "Letter seen"}],
        actions=[{"text": "Ring housing", "due_on": in_a_week, "owner": ""}],
        found_devices=[{"kind": "tablet", "description": "Example pad", "identifier": "T9"}],
        concern=True,
    )
    doing.complete(scene.person, "write_up", written, by=scene.manager)
    doing.complete(scene.person, "review", RETURNED, by=scene.supervisor)
    return make.task_of(scene.person, "write_up")


def of(record: VisitWriteUp) -> list[object]:
    return [
        record.summary,
        record.purposes,
        record.started_at,
        record.living_situation,
        record.concern,
        list(record.details.values_list("item", "finding", "note")),
        list(record.actions.values_list("raised", flat=True)),
        list(record.found_devices.values_list("found", flat=True)),
    ]


def test_the_page_comes_back_as_it_was_written_and_is_sent_as_it_is_drawn(
    scene: Scene, returned, browse
):
    client = browse(scene.manager)
    page = client.get(address_of_task(returned))
    assert "which was returned. Change what is not so." in text_of(page)

    answer = client.post(address_of_task(returned), as_drawn(page, "summary"))

    assert answer.status_code == 303
    first, again = VisitWriteUp.objects.order_by("pk")
    kept, written = of(first), of(again)
    # The page goes through all nine details; what nobody answered reads "not checked".
    kept[5] = [row for row in written[5] if row[1] == "not_checked" or row in kept[5]]
    assert written == kept
    assert CaseAction.objects.count() == 1


def test_the_api_gives_it_back_to_be_sent_again(scene: Scene, returned):
    caller = signed_in(scene.manager)
    form = caller.get(f"tasks/{returned.public_id}/form")

    answer = caller.post(
        f"tasks/{returned.public_id}/write-up",
        form.json()["starts_with"],
        If_Match=form.headers["ETag"],
    )

    assert answer.status_code == 200, answer.json()
    first, again = VisitWriteUp.objects.order_by("pk")
    assert of(again)[0:5] == of(first)[0:5]
    assert CaseAction.objects.count() == 1


def test_an_action_of_another_day_is_refused_in_words_beside_its_row(
    scene: Scene, returned, browse
):
    client = browse(scene.manager)
    sent = as_drawn(client.get(address_of_task(returned)), "summary")
    sent["actions-0-due_on_year"] = [str(int(sent["actions-0-due_on_year"][0]) + 1)]

    answer = client.post(address_of_task(returned), sent)

    assert answer.status_code == 400
    assert "This was raised already" in text_of(answer)
