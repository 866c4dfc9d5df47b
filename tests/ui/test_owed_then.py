"""What was owed on another day, and what is put off, on the pages."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from audit.record import ASKED_WHY
from offenders.models import HistoryBegan
from tests import make
from tests.ui.conftest import HOME, NAME, Scene, events_of, text_of
from tests.workflows import doing
from workflows.actions import tasks

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


def typed(**days: dt.date) -> dict[str, str]:
    """Dates as a page sends them."""
    return {
        f"{name}_{part}": str(getattr(day, part))
        for name, day in days.items()
        for part in ("day", "month", "year")
    }


def asked(client, scene: Scene, **sent: str):
    return client.post(reverse("ui:owed-then", args=[scene.person.public_id]), sent)


def test_the_page_says_what_was_owed_on_another_day(scene: Scene, browse):
    today = timezone.localdate()
    doing.visit(scene.person, by=scene.manager)
    answer, events = events_of(
        lambda: asked(browse(scene.manager), scene, **typed(as_of=today - DAY))
    )
    page = text_of(answer)
    assert answer.status_code == 200
    assert "as known now" in page
    assert "Home visit" in page
    assert [event.operation for event in events] == ["consultation"]
    assert HOME not in page
    assert NAME not in page


def test_the_days_are_not_filled_in_beforehand(scene: Scene, browse):
    page = browse(scene.manager).get(reverse("ui:owed-then", args=[scene.person.public_id]))
    assert f'value="{timezone.localdate().year}"' not in page.content.decode()
    assert "What was owed on" in text_of(page)


def test_what_was_known_at_the_end_of_a_day(scene: Scene, browse):
    """Known today is known now; before anything was kept nobody can ask."""
    client, today = browse(scene.manager), timezone.localdate()
    page = text_of(asked(client, scene, **typed(as_of=today, known_on=today)))
    assert "Home visit" in page
    assert "as known at" in page
    [began] = HistoryBegan.objects.values_list("at", flat=True)
    before = timezone.localdate(began) - 2 * DAY
    refused = asked(client, scene, **typed(as_of=before, known_on=before))
    assert refused.status_code == 400
    first = timezone.localtime(began + dt.timedelta(minutes=1))
    said = f"not kept. It is kept from {first.day} {first:%B %Y, %H:%M} on, London time."
    assert said in text_of(refused)


def test_a_day_before_the_person_came_on_record_is_not_to_be_relied_on(scene: Scene, browse):
    client, today = browse(scene.manager), timezone.localdate()
    said = f"came on record here on {today.day} {today:%B %Y}. What was owed before that day"
    assert said in text_of(asked(client, scene, **typed(as_of=today - DAY)))
    assert "came on record" not in text_of(asked(client, scene, **typed(as_of=today)))


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Enter the day you ask about"),
        (typed(as_of=dt.date(2099, 1, 1)), "has not come yet"),
        (typed(as_of=dt.date(2026, 1, 1), known_on=dt.date(2099, 1, 1)), "Nothing is known yet"),
    ],
)
def test_a_day_that_cannot_be_asked_for_is_refused(scene: Scene, browse, sent, said):
    answer = asked(browse(scene.manager), scene, **sent)
    assert answer.status_code == 400
    assert said in text_of(answer)


def test_outside_their_team_an_inspector_says_why(scene: Scene, browse):
    client = browse(scene.outsider(Role.INSPECTOR))
    day = typed(as_of=timezone.localdate())
    shown = client.get(reverse("ui:owed-then", args=[scene.person.public_id]))
    assert (shown.status_code, scene.person.source_ref in text_of(shown)) == (403, False)
    refused = asked(client, scene, **day)
    assert (refused.status_code, scene.person.source_ref in text_of(refused)) == (400, False)
    answer = asked(client, scene, **day, reason="Complaint about an overdue visit")
    assert "Home visit" in text_of(answer)


def test_a_supervisor_finds_what_is_put_off_with_who_and_why(scene: Scene, browse):
    client = browse(scene.supervisor)
    team = reverse("ui:team-caseload", args=[scene.manager.team.public_id])
    assert "put off" not in text_of(client.get(team))
    tasks.defer(
        by=make.actor(scene.supervisor),
        task=scene.visit.public_id,
        until=timezone.localdate() + 3 * DAY,
        reason="In hospital for an operation",
    )
    assert "1 task put off" in text_of(client.get(team))
    page = text_of(client.get(reverse("ui:tasks"), {"whose": "put_off"}))
    assert f"by {scene.supervisor.display_name}: In hospital for an operation" in page
    assert scene.person.source_ref in page
    assert scene.person.source_ref in text_of(
        client.get(reverse("ui:tasks"), {"whose": "team", "show": "overdue"})
    ), "and it has left no other list"


def test_that_a_reason_was_asked_for_says_of_whom(scene: Scene, browse):
    """As on the person's own page: a first look, and one that was sent without a reason."""
    client = browse(scene.outsider(Role.INSPECTOR))
    address = reverse("ui:owed-then", args=[scene.person.public_id])
    for look in (client.get, client.post):
        _, [asked] = events_of(lambda look=look: look(address))
        assert (asked.action, asked.subject) == (ASKED_WHY, f"offender:{scene.person.public_id}")
