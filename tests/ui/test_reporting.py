"""The pages on which somebody is reported missing, located or dead, and the person's page after."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from tests import make
from tests.ui.conftest import (
    Scene,
    address_of_task,
    events_of,
    hidden_of,
    text_of,
)
from tests.workflows import searching
from workflows.models import DeathReport, EntryWarrant, MissingReport

pytestmark = pytest.mark.django_db

PERSON_PAGES = ("report-missing", "locate", "report-death")
#: What each page is sent, but for its hidden inputs.
TYPED = {
    "report-missing": {"reason": "Not seen since Monday"},
    "locate": {"found_in": "community", "how": "Stopped by a patrol"},
    "report-death": {"source": "His sister rang"},
}


def page_of(scene: Scene, name: str) -> str:
    return reverse(f"ui:{name}", args=[scene.person.public_id])


def today_in(name: str) -> dict[str, str]:
    today = timezone.localdate()
    return {
        f"{name}_day": str(today.day),
        f"{name}_month": str(today.month),
        f"{name}_year": str(today.year),
    }


def sent(client, address: str, **typed: str):
    """The form of the page, filled in and sent."""
    hidden = {name: values[-1] for name, values in hidden_of(client.get(address)).items()}
    return client.post(address, hidden | typed)


def person_page(scene: Scene, client) -> str:
    return text_of(client.get(reverse("ui:person", args=[scene.person.public_id])))


@pytest.mark.parametrize("name", PERSON_PAGES)
@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.OFFENDER_MANAGER, 200),
        (Role.SUPERVISOR, 200),
        (Role.INSPECTOR, 200),
        (Role.MAPPA_PARTNER, 403),
        (Role.CONTACT_CENTRE, 403),
        (Role.AUDITOR, 403),
        (Role.SYSTEM_ADMIN, 403),
    ],
)
def test_the_table_decides_who_opens_the_page_and_each_look_is_on_record(
    scene: Scene, browse, name, role, status
):
    client = browse(scene.colleague(role))

    answer, events = events_of(lambda: client.get(page_of(scene, name)))

    assert answer.status_code == status
    assert len(events) == 1


@pytest.mark.parametrize("name", PERSON_PAGES)
def test_the_person_of_another_team_is_not_there(scene: Scene, browse, name):
    stranger = browse(make.officer(team=make.team(in_force=scene.manager.force)))

    assert stranger.get(page_of(scene, name)).status_code == 404


@pytest.mark.parametrize("name", PERSON_PAGES)
def test_the_form_starts_without_a_fact_in_it_and_says_what_is_missing(scene: Scene, browse, name):
    client = browse(scene.manager)
    page = client.get(page_of(scene, name)).content.decode()
    assert " checked" not in page.partition('<form class="card')[2]

    answer = sent(client, page_of(scene, name))

    assert answer.status_code == 400
    assert "<title>Error: " in answer.content.decode()
    assert not MissingReport.objects.exists()
    assert not DeathReport.objects.exists()


def test_somebody_is_reported_missing_and_located_from_their_page(scene: Scene, browse):
    client = browse(scene.manager)
    assert "Report missing" in person_page(scene, client)
    assert "Record as located" not in person_page(scene, client)

    answer = sent(client, page_of(scene, "report-missing"), **TYPED["report-missing"])
    assert answer.status_code == 303
    page = person_page(scene, client)
    assert "waits for a supervisor to confirm it" in page
    assert "No enquiry yet" in page
    assert "Missing person enquiry" in page
    assert "Not seen since Monday" in page
    assert "Report missing" not in page

    searching.enquire(scene.person, by=scene.manager)
    assert "Last enquiry" in person_page(scene, client)
    answer = sent(client, page_of(scene, "locate"), **TYPED["locate"], **today_in("on"))
    assert answer.status_code == 303
    page = person_page(scene, client)
    assert "Located: in the community" in page
    assert "Last enquiry" not in page


def test_a_supervisor_confirms_on_the_tasks_page_and_the_reporter_cannot(scene: Scene, browse):
    searching.report(scene.person, by=scene.manager)
    address = address_of_task(make.task_of(scene.person, "confirm_missing"))
    typed = {"decision": "confirm", "comment": "Agreed", "step": "confirm_missing"}
    client = browse(scene.supervisor)
    hidden = {name: values[0] for name, values in hidden_of(client.get(address)).items()}

    assert 'name="decision"' not in browse(scene.manager).get(address).content.decode()
    assert browse(scene.manager).post(address, hidden | typed).status_code == 403
    answer = client.post(address, hidden | typed)

    assert answer.status_code == 303
    assert scene.person.statuses.get(until_on=None).status == "missing"


def test_who_confirms_or_verifies_sees_what_was_reported(scene: Scene, browse):
    client = browse(scene.supervisor)
    searching.report(scene.person, by=scene.manager)
    searching.enquire(scene.person, by=scene.manager)
    confirmation = make.task_of(scene.person, "confirm_missing")

    page = text_of(client.get(address_of_task(confirmation)))
    assert "Reported missing" in page
    assert searching.WHY in page
    assert "Ask again" in page

    searching.report_death(scene.person, by=scene.manager)
    verification = make.task_of(scene.person, "verify_death")
    assert "His sister rang" in text_of(client.get(address_of_task(verification)))


def test_a_refusal_of_the_rules_stands_on_the_form_with_what_was_typed(scene: Scene, browse):
    answer = sent(
        browse(scene.manager), page_of(scene, "locate"), **TYPED["locate"], **today_in("on")
    )

    assert answer.status_code == 409
    assert "Nobody reported the person missing." in text_of(answer)
    assert "Stopped by a patrol" in answer.content.decode()


def test_a_double_click_reports_once(scene: Scene, browse):
    client, address = browse(scene.manager), page_of(scene, "report-death")
    hidden = {name: values[-1] for name, values in hidden_of(client.get(address)).items()}

    answers = [client.post(address, hidden | TYPED["report-death"]) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert DeathReport.objects.count() == 1
    page = person_page(scene, client)
    assert "waits for a supervisor to verify it" in page
    assert "Report a death" not in page


def test_what_became_of_a_warrant_is_recorded_from_the_persons_page(scene: Scene, browse):
    client, person = browse(scene.manager), scene.person
    for days in (3, 2):
        searching.attempt(person, days)
    searching.consider(person, by=scene.manager)
    assert "Waits for an inspector" in person_page(scene, client)
    searching.decide_warrant(person)
    warrant = EntryWarrant.objects.get()
    address = reverse("ui:warrant-result", args=[person.public_id, warrant.public_id])
    page = client.get(reverse("ui:person", args=[person.public_id])).content.decode()
    assert f'href="{address}"' in page

    for what in ("granted", "executed"):
        assert sent(client, address, result=what, **today_in("on")).status_code == 303

    assert ", granted " in person_page(scene, client)
    assert ", executed " in person_page(scene, client)
    assert "Record what happened" not in person_page(scene, client)


def test_who_decides_sees_what_was_recommended(scene: Scene, browse):
    for days in (3, 2):
        searching.attempt(scene.person, days)
    searching.consider(scene.person, by=scene.manager)
    task = make.task_of(scene.person, "decide_warrant")

    page = text_of(browse(scene.colleague(Role.INSPECTOR)).get(address_of_task(task)))

    assert "Apply for a warrant" in page
    assert searching.WHY in page


def test_who_considers_and_who_decides_see_the_attempts_that_count_and_no_others(
    scene: Scene, browse
):
    searching.attempt(scene.person, 4, note="Curtains drawn")
    searching.attempt(scene.person, 3, "refused", note="Shouted through the door")
    searching.attempt(scene.person, 2, note="At work", at_notified_address=False)
    task = make.task_of(scene.person, "consider_warrant")
    seen = [text_of(browse(scene.manager).get(address_of_task(task)))]
    searching.consider(scene.person, by=scene.manager)
    task = make.task_of(scene.person, "decide_warrant")
    seen.append(text_of(browse(scene.colleague(Role.INSPECTOR)).get(address_of_task(task))))

    for page in seen:
        assert page.count("Attempt that counts") == 2
        assert "Curtains drawn" in page
        assert "Shouted through the door" in page
        assert "At work" not in page


def test_whoever_is_reported_dead_is_not_offered_to_be_reported_missing(scene: Scene, browse):
    client = browse(scene.manager)
    assert "Report missing" in person_page(scene, client)

    sent(client, page_of(scene, "report-death"), **TYPED["report-death"])

    assert "Report missing" not in person_page(scene, client)


def test_whoever_is_reported_dead_is_not_reported_missing_from_the_page_either(scene, browse):
    client, address = browse(scene.manager), page_of(scene, "report-missing")
    searching.report_death(scene.person)

    answer = sent(client, address, **TYPED["report-missing"])

    assert answer.status_code == 409
    assert "A reported death waits to be verified." in text_of(answer)
    assert not scene.person.missing_reports.exists()
