"""What is decided on the person's page: status, level, mode, and a visit sooner."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from audit.models import Event
from offenders.models import Offender
from tests import make
from tests.ui.conftest import Scene, hidden_of, text_of
from tests.ui.filling import hidden, page_of, sent, typed_day
from tests.workflows import doing
from workflows.actions import people
from workflows.models import VisitDirection

pytestmark = pytest.mark.django_db

WHY = "Seen with a child on Monday"
OM, SUP, INSP = Role.OFFENDER_MANAGER, Role.SUPERVISOR, Role.INSPECTOR


def person_page(person: Offender, client) -> str:
    return client.get(page_of(person, "person")).content.decode()


# --- what is offered ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "roles", "why"),
    [
        ("change-status", {OM, SUP}, "who manages says where somebody is"),
        ("change-level", {SUP, INSP}, "above the officer who visits"),
        ("bring-visit-forward", {OM, SUP, INSP}, "sooner is open to all of them"),
        ("declare-conflict", {OM, SUP, INSP}, "anyone may have a tie"),
        ("change-mode", set(), "nothing to decide while somebody is managed actively"),
    ],
)
def test_the_page_offers_what_the_table_permits_and_no_more(scene: Scene, browse, name, roles, why):
    for role in (OM, SUP, INSP):
        page = person_page(scene.person, browse(scene.colleague(role)))
        assert (page_of(scene.person, name) in page) == (role in roles), (role, why)


def test_only_an_inspector_is_offered_to_manage_actively_who_is_managed_reactively(
    scene: Scene, browse
):
    doing.visit(scene.person, by=scene.manager)
    doing.manage_reactively(scene.person, by=scene.supervisor)

    for role in (OM, SUP, INSP):
        page = person_page(scene.person, browse(scene.colleague(role)))
        assert (page_of(scene.person, "change-mode") in page) == (role == INSP)
        assert page_of(scene.person, "bring-visit-forward") not in page, "no visit is owed"


def test_of_somebody_at_the_top_level_no_higher_one_is_offered(scene: Scene, browse):
    scene.person.management_level = "very_high"
    scene.person.save(update_fields=["management_level"])

    assert page_of(scene.person, "change-level") not in person_page(
        scene.person, browse(scene.supervisor)
    )


# --- what is sent ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["change-status", "change-level", "bring-visit-forward", "declare-conflict"]
)
def test_nothing_is_filled_in_beforehand_and_an_empty_form_is_refused_by_field(
    scene: Scene, browse, name
):
    client, address = browse(scene.supervisor), page_of(scene.person, name)
    before = person_version(scene)
    form = client.get(address).content.decode().partition('<form class="card')[2]
    assert " checked" not in form
    assert re.findall(r'type="text"[^>]* value="([^"]+)"', form) == []

    answer = sent(client, address)

    assert answer.status_code == 400
    assert '<a href="#f-' in answer.content.decode()
    assert person_version(scene) == before


def person_version(scene: Scene) -> int:
    scene.person.refresh_from_db()
    return scene.person.version


def test_the_form_says_who_is_in_custody_and_who_is_in_hospital(scene: Scene, browse):
    page = text_of(browse(scene.manager).get(page_of(scene.person, "change-status")))

    assert "Custody is after remand or sentence" in page
    assert "who is in a police cell before that is in the community" in page
    assert "a voluntary patient is in the community" in page


def test_custody_is_recorded_with_the_day_of_release_and_the_visit_is_owed_no_more(
    scene: Scene, browse
):
    client, address = browse(scene.manager), page_of(scene.person, "change-status")
    typed = {"status": "custody", "reason": "HMP Example rang"}

    answer = sent(
        client, address, **typed, **typed_day("on"), **typed_day("release_expected_on", 90)
    )

    assert (answer.status_code, answer.headers["Location"]) == (
        303,
        page_of(scene.person, "person"),
    )
    held = scene.person.statuses.get(until_on=None)
    assert (held.status, held.from_on) == ("custody", timezone.localdate())
    assert held.release_expected_on == timezone.localdate() + dt.timedelta(days=90)
    assert doing.home_visit_due(scene.person) is None
    page = text_of(client.get(page_of(scene.person, "person")))
    assert "Status saved." in page
    assert "In custody" in page


@pytest.mark.parametrize(
    ("typed", "field", "why"),
    [
        ({"status": "abroad"} | typed_day("on", 3), "on_day", "nobody is somewhere tomorrow"),
        (
            {"status": "abroad"} | typed_day("on") | typed_day("release_expected_on", 9),
            "release_expected_on_day",
            "only the detained are released",
        ),
        ({"status": "missing"} | typed_day("on"), "status", "missing is reported instead"),
    ],
)
def test_a_status_that_cannot_be_is_refused_where_it_was_typed(
    scene: Scene, browse, typed, field, why
):
    before = person_version(scene)
    answer = sent(browse(scene.manager), page_of(scene.person, "change-status"), **typed)

    assert answer.status_code == 400, why
    assert f'<a href="#f-{field}"' in answer.content.decode(), why
    assert person_version(scene) == before


def test_a_status_that_is_no_news_is_refused_on_the_form(scene: Scene, browse):
    address = page_of(scene.person, "change-status")

    answer = sent(browse(scene.manager), address, status="community", **typed_day("on"))

    assert answer.status_code == 409
    assert "That is the status already." in text_of(answer)


def test_the_level_is_raised_and_never_lowered_here(scene: Scene, browse):
    client, address = browse(scene.supervisor), page_of(scene.person, "change-level")

    lower = sent(client, address, level="low", reason=WHY, **typed_day("decided_on"))
    assert lower.status_code == 400
    said = text_of(lower)
    assert "A lower level takes an assessment that another officer endorses" in said
    assert "Choose one of the listed values." in said
    assert WHY in lower.content.decode(), "what was typed stays"
    raised = sent(client, address, level="very_high", reason=WHY, **typed_day("decided_on"))

    assert raised.status_code == 303
    scene.person.refresh_from_db()
    assert scene.person.management_level == "very_high"
    assert WHY in text_of(client.get(page_of(scene.person, "person")))


def test_an_inspector_ends_reactive_management(scene: Scene, browse):
    doing.visit(scene.person, by=scene.manager)
    doing.manage_reactively(scene.person, by=scene.supervisor)
    client = browse(scene.colleague(INSP))

    answer = sent(
        client, page_of(scene.person, "change-mode"), reason=WHY, **typed_day("decided_on")
    )

    assert answer.status_code == 303
    scene.person.refresh_from_db()
    assert scene.person.management_mode == "active"
    assert doing.home_visit_due(scene.person) is not None


def test_a_visit_is_brought_forward_and_never_put_off(scene: Scene, browse):
    person = make.person(manager=scene.manager)
    due_on = doing.home_visit_due(person)
    client = browse(scene.manager)
    address = reverse("ui:bring-visit-forward", args=[person.public_id])

    later = sent(client, address, reason=WHY, **typed_day("visit_by", 3000))
    assert later.status_code == 400
    assert "The visit is due by then already." in text_of(later)
    assert doing.home_visit_due(person) == due_on
    sooner = sent(client, address, reason=WHY, **typed_day("visit_by", 2))

    assert sooner.status_code == 303
    assert doing.home_visit_due(person) == timezone.localdate() + dt.timedelta(days=2)


# --- twice, too late, no more ---------------------------------------------------------------------


def test_a_double_click_directs_once(scene: Scene, browse):
    person = make.person(manager=scene.manager)
    client = browse(scene.manager)
    address = reverse("ui:bring-visit-forward", args=[person.public_id])
    form = hidden(client, address) | {"reason": WHY} | typed_day("visit_by", 2)

    answers = [client.post(address, form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert VisitDirection.objects.count() == 1
    assert Event.objects.filter(action="visit.bring_forward", operation="alteration").count() == 1


def test_a_decision_on_a_page_from_before_a_change_is_asked_again(scene: Scene, browse):
    client, address = browse(scene.supervisor), page_of(scene.person, "change-level")
    old = hidden(client, address)
    people.change_level(
        by=make.actor(scene.colleague(INSP)),
        offender=scene.person.public_id,
        level="high",
        reason="Arrested",
        decided_on=timezone.localdate(),
    )
    typed = {"level": "very_high", "reason": WHY} | typed_day("decided_on")

    stale = client.post(address, old | typed)

    assert stale.status_code == 412
    assert "This has changed since you opened it." in text_of(stale)
    assert WHY in stale.content.decode()
    scene.person.refresh_from_db()
    assert scene.person.management_level == "high"
    again = {name: values[-1] for name, values in hidden_of(stale).items()}
    assert client.post(address, again | typed).status_code == 303


@pytest.mark.parametrize("version", ["", "x", "٣"])
def test_a_decision_without_a_version_of_ours_is_stale(scene: Scene, browse, version):
    client, address = browse(scene.supervisor), page_of(scene.person, "change-level")
    typed = {"level": "very_high", "reason": WHY} | typed_day("decided_on")

    answer = client.post(address, hidden(client, address) | typed | {"version": version})

    assert answer.status_code == 412


def test_who_may_not_decide_any_more_gets_the_words_back_to_copy(scene: Scene, browse):
    client, address = browse(scene.manager), page_of(scene.person, "change-status")
    typed = {"status": "custody", "reason": "HMP Example rang on Tuesday"} | typed_day("on")
    form = hidden(client, address) | typed
    doing.move_away(scene.person)

    answer = client.post(address, form)

    assert answer.status_code == 404
    assert "HMP Example rang on Tuesday" in answer.content.decode()
    assert not scene.person.statuses.filter(status="custody").exists()


def test_only_higher_levels_are_offered(scene: Scene, browse):
    person = make.person(manager=scene.manager, management_level="medium")
    page = browse(scene.supervisor).get(reverse("ui:change-level", args=[person.public_id]))
    offered = re.findall(r'name="level"[^>]*value="(\w+)"', page.content.decode())
    assert sorted(offered) == ["high", "very_high"]
