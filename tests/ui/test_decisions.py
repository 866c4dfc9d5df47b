"""What is decided on the person's page: status, level, mode, a visit sooner, a conflict, a void."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from audit.models import Event
from offenders.models import ConflictOfInterest
from tests import make
from tests.ui import holding
from tests.ui.conftest import NAME, Scene, events_of, hidden_of, text_of
from tests.workflows import doing
from workflows.actions import people
from workflows.models import VisitDirection

pytestmark = pytest.mark.django_db

WHY = "Seen with a child on Monday"


def typed_day(name: str, ahead: int = 0) -> dict[str, str]:
    """What an officer types for a day, counted from today."""
    on = timezone.localdate() + dt.timedelta(days=ahead)
    return {
        f"{name}_day": str(on.day),
        f"{name}_month": str(on.month),
        f"{name}_year": str(on.year),
    }


def page_of(scene: Scene, name: str) -> str:
    return reverse(f"ui:{name}", args=[scene.person.public_id])


def sent(client, address: str, **typed: str):
    """The form of the page, filled in and sent."""
    return client.post(address, hidden(client, address) | typed)


def hidden(client, address: str) -> dict[str, str]:
    return {name: values[-1] for name, values in hidden_of(client.get(address)).items()}


def person_page(scene: Scene, client) -> str:
    return client.get(page_of(scene, "person")).content.decode()


# --- what is offered ------------------------------------------------------------------------------

OM, SUP, INSP = Role.OFFENDER_MANAGER, Role.SUPERVISOR, Role.INSPECTOR


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
        page = person_page(scene, browse(scene.colleague(role)))
        assert (page_of(scene, name) in page) == (role in roles), (role, why)


def test_only_an_inspector_is_offered_to_manage_actively_who_is_managed_reactively(
    scene: Scene, browse
):
    doing.visit(scene.person, by=scene.manager)
    doing.manage_reactively(scene.person, by=scene.supervisor)

    for role in (OM, SUP, INSP):
        page = person_page(scene, browse(scene.colleague(role)))
        assert (page_of(scene, "change-mode") in page) == (role == INSP)
        assert page_of(scene, "bring-visit-forward") not in page, "no visit is owed"


def test_of_somebody_at_the_top_level_no_higher_one_is_offered(scene: Scene, browse):
    scene.person.management_level = "very_high"
    scene.person.save(update_fields=["management_level"])

    assert page_of(scene, "change-level") not in person_page(scene, browse(scene.supervisor))


def test_the_contact_centre_declares_a_tie_without_reading_the_name_first(scene: Scene, browse):
    caller = scene.outsider(Role.CONTACT_CENTRE)
    client, address = browse(caller), page_of(scene, "declare-conflict")
    reason = {"reason": "Call about an incident, log 1234"}
    assert address in client.post(page_of(scene, "person"), reason).content.decode()

    form = client.get(address)
    assert NAME.upper() not in text_of(form)
    assert scene.person.source_ref in text_of(form)
    answer = sent(client, address, staff_number=caller.staff_number)

    assert answer.status_code == 303
    assert client.get(answer.headers["Location"], follow=True).status_code == 200
    assert client.post(page_of(scene, "person"), reason).status_code == 404


# --- what is sent ---------------------------------------------------------------------------------

FORMS = {
    "change-status": (SUP, {"status": "custody"} | typed_day("on")),
    "change-level": (SUP, {"level": "very_high", "reason": WHY} | typed_day("decided_on")),
    "bring-visit-forward": (SUP, {"reason": WHY} | typed_day("visit_by")),
    "declare-conflict": (SUP, {}),
}


@pytest.mark.parametrize("name", FORMS)
def test_nothing_is_filled_in_beforehand_and_an_empty_form_is_refused_by_field(
    scene: Scene, browse, name
):
    client, address = browse(scene.supervisor), page_of(scene, name)
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


def test_custody_is_recorded_with_the_day_of_release_and_the_visit_is_owed_no_more(
    scene: Scene, browse
):
    client, address = browse(scene.manager), page_of(scene, "change-status")
    typed = {"status": "custody", "reason": "HMP Example rang"}

    answer = sent(
        client, address, **typed, **typed_day("on"), **typed_day("release_expected_on", 90)
    )

    assert (answer.status_code, answer.headers["Location"]) == (303, page_of(scene, "person"))
    held = scene.person.statuses.get(until_on=None)
    assert (held.status, held.from_on) == ("custody", timezone.localdate())
    assert held.release_expected_on == timezone.localdate() + dt.timedelta(days=90)
    assert doing.home_visit_due(scene.person) is None
    page = text_of(client.get(page_of(scene, "person")))
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
    answer = sent(browse(scene.manager), page_of(scene, "change-status"), **typed)

    assert answer.status_code == 400, why
    assert f'<a href="#f-{field}"' in answer.content.decode(), why
    assert person_version(scene) == before


def test_a_status_that_is_no_news_is_refused_on_the_form(scene: Scene, browse):
    address = page_of(scene, "change-status")

    answer = sent(browse(scene.manager), address, status="community", **typed_day("on"))

    assert answer.status_code == 409
    assert "That is the status already." in text_of(answer)


def test_the_level_is_raised_and_never_lowered_here(scene: Scene, browse):
    client, address = browse(scene.supervisor), page_of(scene, "change-level")

    lower = sent(client, address, level="low", reason=WHY, **typed_day("decided_on"))
    assert lower.status_code == 409
    assert "needs an assessment that another officer endorses" in text_of(lower)
    assert WHY in lower.content.decode(), "what was typed stays"
    raised = sent(client, address, level="very_high", reason=WHY, **typed_day("decided_on"))

    assert raised.status_code == 303
    scene.person.refresh_from_db()
    assert scene.person.management_level == "very_high"
    assert WHY in text_of(client.get(page_of(scene, "person")))


def test_an_inspector_ends_reactive_management(scene: Scene, browse):
    doing.visit(scene.person, by=scene.manager)
    doing.manage_reactively(scene.person, by=scene.supervisor)
    client = browse(scene.colleague(INSP))

    answer = sent(client, page_of(scene, "change-mode"), reason=WHY, **typed_day("decided_on"))

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


def test_who_declares_a_tie_of_their_own_lands_on_a_page_that_they_may_see(scene: Scene, browse):
    client = browse(scene.manager)

    answer = sent(
        client, page_of(scene, "declare-conflict"), staff_number=scene.manager.staff_number
    )

    landed = client.get(answer.headers["Location"], follow=True)
    assert landed.status_code == 200
    assert "Conflict declared." in text_of(landed)
    assert client.get(page_of(scene, "person")).status_code == 404
    assert make.task_of(scene.person).owner == scene.supervisor


def test_a_supervisor_declares_a_tie_for_a_colleague_and_an_officer_does_not(scene: Scene, browse):
    colleague, address = scene.colleague(), page_of(scene, "declare-conflict")
    typed = {"staff_number": colleague.staff_number}

    assert sent(browse(scene.manager), address, **typed).status_code == 403
    assert not ConflictOfInterest.objects.exists()
    answer = sent(browse(scene.supervisor), address, **typed)

    assert (answer.status_code, answer.headers["Location"]) == (303, page_of(scene, "person"))
    assert ConflictOfInterest.objects.get().user == colleague


@pytest.mark.parametrize(
    ("is_active", "said"),
    [(None, "No officer has that staff number."), (False, "That officer’s account is closed.")],
)
def test_an_officer_who_cannot_be_meant_is_refused_by_the_field(
    scene: Scene, browse, is_active, said
):
    gone = make.officer(team=scene.manager.team, is_active=False)
    number = "NOBODY" if is_active is None else gone.staff_number

    answer = sent(browse(scene.supervisor), page_of(scene, "declare-conflict"), staff_number=number)

    assert answer.status_code == 400
    assert said.replace("’", "'") in text_of(answer)
    assert '<a href="#f-staff_number"' in answer.content.decode()


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


def test_a_double_click_on_a_tie_of_ones_own_is_no_missing_page(scene: Scene, browse):
    client, address = browse(scene.manager), page_of(scene, "declare-conflict")
    form = hidden(client, address) | {"staff_number": scene.manager.staff_number}

    answers = [client.post(address, form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert ConflictOfInterest.objects.count() == 1


def test_a_decision_on_a_page_from_before_a_change_is_asked_again(scene: Scene, browse):
    client, address = browse(scene.supervisor), page_of(scene, "change-level")
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
    client, address = browse(scene.supervisor), page_of(scene, "change-level")
    typed = {"level": "very_high", "reason": WHY} | typed_day("decided_on")

    answer = client.post(address, hidden(client, address) | typed | {"version": version})

    assert answer.status_code == 412


def test_who_may_not_decide_any_more_gets_the_words_back_to_copy(scene: Scene, browse):
    client, address = browse(scene.manager), page_of(scene, "change-status")
    typed = {"status": "custody", "reason": "HMP Example rang on Tuesday"} | typed_day("on")
    form = hidden(client, address) | typed
    doing.move_away(scene.person)

    answer = client.post(address, form)

    assert answer.status_code == 404
    assert "HMP Example rang on Tuesday" in answer.content.decode()
    assert not scene.person.statuses.filter(status="custody").exists()


# --- voiding a visit ------------------------------------------------------------------------------


def void_page(scene: Scene, visit) -> str:
    return reverse("ui:void-visit", args=[scene.person.public_id, visit.public_id])


def test_a_visit_is_voided_from_its_entry_and_the_clock_is_worked_out_without_it(
    scene: Scene, browse
):
    due_on = doing.home_visit_due(scene.person)
    visit = doing.visit(scene.person, by=scene.manager)
    client, address = browse(scene.manager), void_page(scene, visit)
    assert address in person_page(scene, client)
    form = client.get(address)
    assert "Effective: seen in person, purpose met, " in text_of(form)

    answer = sent(client, address, reason="Entered for the wrong person")

    assert (answer.status_code, answer.headers["Location"]) == (303, page_of(scene, "person"))
    visit.refresh_from_db()
    assert visit.void_reason == "Entered for the wrong person"
    assert doing.home_visit_due(scene.person) == due_on
    page = person_page(scene, client)
    assert "Voided: Entered for the wrong person" in page
    assert address not in page


@pytest.mark.parametrize(
    ("role", "is_offered", "why"),
    [
        (OM, False, "a colleague did not record it"),
        (SUP, True, "a supervisor voids anyone's"),
        (INSP, False, "the table has no line for inspectors"),
    ],
)
def test_voiding_is_offered_to_who_recorded_it_and_to_supervisors(
    scene: Scene, browse, role, is_offered, why
):
    visit = doing.visit(scene.person, by=scene.manager)

    page = person_page(scene, browse(scene.colleague(role)))

    assert (void_page(scene, visit) in page) == is_offered, why


def test_a_void_that_the_rules_refuse_says_why_on_the_form(scene: Scene, browse):
    visit = doing.visit(scene.person, by=scene.manager)
    address = void_page(scene, visit)

    answer = sent(browse(scene.colleague()), address, reason="Entered for the wrong person")

    assert answer.status_code == 409
    assert "Only who recorded it or a supervisor voids a visit." in text_of(answer)


def test_the_visit_of_another_person_is_not_there(scene: Scene, browse):
    other = make.person(manager=scene.manager)
    visit = doing.visit(other, by=scene.manager)

    assert browse(scene.manager).get(void_page(scene, visit)).status_code == 404


# --- devices and accounts -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "action"),
    [("device_change", "device.change"), ("account_change", "online_account.change")],
)
def test_what_became_of_it_is_said_from_the_list(scene: Scene, browse, page, action):
    held = holding.held_by(scene, page)
    client = browse(scene.manager)
    route = f"ui:{'-'.join(['change', page.partition('_')[0]])}"
    address = reverse(route, args=[scene.person.public_id, held.public_id])
    assert address in person_page(scene, client)
    form = client.get(address)
    assert f"{held.label}: Declared, " in text_of(form)
    typed = {"state": "seized", "reference": "AB/1"} | typed_day("on")

    answer, events = events_of(lambda: sent(client, address, **typed))

    assert answer.status_code == 303
    assert action in {event.action for event in events}
    assert held.history.latest("pk").reference == "AB/1"
    assert "Seized, " in person_page(scene, client)
    same = sent(client, address, **typed)
    assert same.status_code == 409
    assert "That is how it stands already." in text_of(same)


def test_a_day_before_the_last_one_is_refused_by_the_field(scene: Scene, browse):
    device = holding.held_by(scene, "device_change")
    address = reverse("ui:change-device", args=[scene.person.public_id, device.public_id])

    answer = sent(browse(scene.manager), address, state="seized", **typed_day("on", -30))

    assert answer.status_code == 400
    assert '<a href="#f-on_day"' in answer.content.decode()


def test_the_device_of_another_person_is_not_there(scene: Scene, browse):
    device = holding.held_by(scene, "device_change")
    other = make.person(manager=scene.manager)
    address = reverse("ui:change-device", args=[other.public_id, device.public_id])

    assert browse(scene.manager).get(address).status_code == 404


def test_addresses_of_these_pages_hold_no_name_of_a_person_or_of_an_account(scene: Scene, browse):
    holding.held_by(scene, "account_change")
    doing.visit(scene.person, by=scene.manager)
    page = person_page(scene, browse(scene.manager))

    addresses = [part.partition('"')[0].lower() for part in page.split('href="')[1:]]

    assert any("/accounts/" in address for address in addresses)
    for secret in (NAME.lower(), "quillon", "examplegram"):
        assert not [address for address in addresses if secret in address]
