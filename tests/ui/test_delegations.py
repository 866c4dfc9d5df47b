"""The pages of delegations: given, put on, said on every page, taken off, and gone when revoked."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Delegation, Role, User
from tests import make
from tests.api.scenes.assessments import ASSESSMENT
from tests.ui.conftest import Scene, address_of_task, events_of, hidden_of, text_of
from tests.workflows import doing
from workflows.actions.delegations import grant_delegation, revoke_delegation

pytestmark = pytest.mark.django_db


@pytest.fixture
def stand_in(scene: Scene) -> User:
    return scene.colleague()


@pytest.fixture
def given(scene: Scene, stand_in: User) -> Delegation:
    """An inspector gave the supervisor's decisions to an offender manager of the team."""
    return grant_delegation(
        by=make.actor(scene.outsider(Role.INSPECTOR)),
        delegator=scene.supervisor.staff_number,
        to=stand_in.staff_number,
        from_at=timezone.now(),
        until_at=timezone.now() + dt.timedelta(days=7),
        reason="Annual leave",
    )


def put_on(client, given: Delegation):
    return client.post(reverse("ui:delegation-use", args=[given.public_id]))


def moment(name: str, at: dt.datetime) -> dict[str, str]:
    local = timezone.localtime(at)
    parts = {f"{name}_{part}": str(getattr(local, part)) for part in ("day", "month", "year")}
    return parts | {f"{name}_time": f"{local:%H%M}"}


def test_a_supervisor_delegates_from_the_page_once(scene, browse):
    other, client = scene.colleague(Role.SUPERVISOR), browse(scene.supervisor)
    page = client.get(reverse("ui:delegation-grant"))
    now = timezone.now()
    form = {
        "key": hidden_of(page)["key"][0],
        "delegator": "",
        "to": other.staff_number,
        "reason": "Course",
        **moment("from_at", now),
        **moment("until_at", now + dt.timedelta(days=5)),
    }

    first, second = (client.post(reverse("ui:delegation-grant"), form) for _ in range(2))

    assert (first.status_code, second.status_code) == (303, 303)
    assert Delegation.objects.get().delegate == other
    assert "In force" in text_of(client.get(reverse("ui:delegations")))


def test_a_rank_that_does_not_fit_is_refused_in_words(scene, browse, stand_in):
    client, now = browse(scene.supervisor), timezone.now()
    form = {
        "key": "k",
        "to": stand_in.staff_number,
        "reason": "Course",
        **moment("from_at", now),
        **moment("until_at", now + dt.timedelta(days=5)),
    }
    answer = client.post(reverse("ui:delegation-grant"), form)
    assert answer.status_code == 409
    assert "One rank below needs an inspector" in text_of(answer)


def test_while_it_is_on_every_page_says_so_and_every_event_names_both(
    scene, browse, stand_in, given
):
    client = browse(stand_in)
    assert f"Act for {scene.supervisor.display_name}" in text_of(
        client.get(reverse("ui:delegations"))
    )

    answer, [event] = events_of(lambda: put_on(client, given))

    assert answer.status_code == 303
    assert event.acting_for_label == scene.supervisor.staff_number
    for path in ("/tasks", reverse("ui:team-caseload", args=[scene.manager.team.public_id])):
        shown, [event] = events_of(lambda path=path: client.get(path))
        assert shown.status_code == 200
        assert f"Acting for {scene.supervisor.staff_number}" in text_of(shown)
        assert (event.actor_label, event.acting_for_label) == (
            stand_in.staff_number,
            scene.supervisor.staff_number,
        )


def test_the_decision_is_offered_and_ones_own_records_are_not(scene, browse, stand_in, given):
    client = browse(stand_in)
    visit = address_of_task(scene.visit)
    doing.complete(scene.person, "assess", dict(ASSESSMENT), by=scene.manager)
    endorsement = address_of_task(make.task_of(scene.person, "endorse"))
    assert 'value="record_outcome"' in client.get(visit).content.decode()
    assert 'value="endorse"' not in client.get(endorsement).content.decode()

    put_on(client, given)

    assert 'value="endorse"' in client.get(endorsement).content.decode()
    assert 'value="record_outcome"' not in client.get(visit).content.decode()


def test_taken_off_they_act_as_themselves_again(scene, browse, stand_in, given):
    client = browse(stand_in)
    put_on(client, given)

    client.post(reverse("ui:delegation-stop"))

    assert "Acting for" not in text_of(client.get("/tasks"))
    assert client.get(reverse("ui:team")).status_code == 403


def test_revoked_it_is_off_with_the_next_request(scene, browse, stand_in, given):
    client = browse(stand_in)
    put_on(client, given)
    team = reverse("ui:team-caseload", args=[scene.manager.team.public_id])
    assert client.get(team).status_code == 200

    revoke_delegation(by=make.actor(scene.supervisor), delegation=given.public_id)

    assert client.get(team).status_code == 403
    assert "Acting for" not in text_of(client.get("/tasks"))


def test_nobody_puts_on_what_was_given_to_another(scene, browse, given):
    answer = put_on(browse(scene.manager), given)
    assert answer.status_code == 404
    answer = put_on(browse(scene.supervisor), given)
    assert answer.status_code == 403


def test_the_supervisor_revokes_from_the_page(scene, browse, given):
    client = browse(scene.supervisor)
    answer = client.post(reverse("ui:delegation-revoke", args=[given.public_id]))
    assert answer.status_code == 303
    assert "Revoked" in text_of(client.get(reverse("ui:delegations")))


def test_pages_take_no_more_reads_for_who_acts_as_themselves(scene, browse, stand_in, given):
    client = browse(stand_in)
    client.get("/tasks")
    with CaptureQueriesContext(connection) as asked:
        client.get("/tasks")
    assert not [query for query in asked if "accounts_delegation" in query["sql"]]
