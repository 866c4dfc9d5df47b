"""The page on which an indicator is triaged, and the page on which a supervisor checks that."""

import datetime as dt
import re

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from risk.models import Indicator, IndicatorAccess
from tests import make
from tests.api.calling import events_since, last_event
from tests.ui.conftest import text_of
from tests.ui.filling import sent, typed_day
from tests.workflows import indicating, triaging
from workflows.actions.indicators import matching
from workflows.actions.indicators.asked import MAY, NEEDS, PARTICULAR
from workflows.steps.indicator_triage import TriageIndicator

pytestmark = pytest.mark.django_db

#: A fact of an indicator as pages have it: its label, and what is said.
FACT = re.compile(r"<dt>(.*?)</dt><dd>(.*?)</dd>", re.DOTALL)


@pytest.fixture
def person():
    return make.person(manager=make.officer(), surname="Quill")


@pytest.fixture
def supervisor(person):
    return make.officer(Role.SUPERVISOR, team=person.team)


def page_of(found, step="triage_indicator"):
    return reverse("ui:task", args=[triaging.task_of(found, step).public_id])


def test_it_shows_how_it_may_be_handled_first_and_what_it_says(person, browse):
    found = triaging.matched(
        person, handling="C", handling_conditions="Not beyond the team.", text="A second account."
    )
    body = text_of(browse(person.offender_manager).get(page_of(found)))
    assert body.index("Not beyond the team.") < body.index("A second account.")
    assert "Undeclared account" in body
    assert "Triage by" in body


def test_what_was_received_is_said_there_in_the_words_of_its_own_page(person, browse):
    said = [{"kind": "exhibit", "value": "JD/1"}]
    found = triaging.matched(
        person, handling="C", handling_conditions="Not beyond the team.", references=said
    )
    browser, its_page = (
        browse(person.offender_manager),
        reverse("ui:indicator", args=[found.public_id]),
    )

    received = FACT.findall(browser.get(its_page).content.decode())

    assert {"Handling", "Grade", "Received", "Sent by", "What it says"} <= {
        label for label, _ in received
    }
    assert ("Exhibit number", "JD/1") in received
    assert FACT.findall(browser.get(page_of(found)).content.decode())[: len(received)] == received


def test_a_late_one_says_so(person, browse):
    found = triaging.matched(person)
    browser = browse(person.offender_manager)
    assert "Its deadline has passed" not in text_of(browser.get(page_of(found)))
    with_late = timezone.now() + dt.timedelta(days=2)
    with time_machine.travel(with_late):
        browser = browse(person.offender_manager)
        assert "Its deadline has passed" in text_of(browser.get(page_of(found)))


def test_it_is_triaged_on_its_page_and_the_page_then_shows_what_was_decided(person, browse):
    found = triaging.matched(person)
    browser = browse(person.offender_manager)
    url = page_of(found)
    typed = {"outcome": "enquiry", "reason": "It is his number.", "action": "Ask the provider."}
    answer = sent(browser, url, step="triage_indicator", **typed | typed_day("due_on", 2))
    assert answer.status_code == 303
    found.refresh_from_db()
    assert found.outcome == "enquiry"
    assert "It is his number." in text_of(browser.get(url))


def test_a_refusal_stands_beside_its_field_with_what_was_typed(person, browse):
    found = triaging.matched(person)
    browser = browse(person.offender_manager)
    url = page_of(found)
    typed = {"outcome": "enquiry", "reason": "It is his number."}
    answer = sent(browser, url, step="triage_indicator", **typed)
    assert answer.status_code == 400
    assert "Say what must be done." in text_of(answer)
    assert "It is his number." in text_of(answer)


def test_conditions_tasks_and_duplicates_of_the_person_are_offered(person, browse):
    broken = triaging.condition(person)
    other = triaging.matched(person)
    found = triaging.matched(person)
    body = browse(person.offender_manager).get(page_of(found)).content.decode()
    assert str(broken.public_id) in body
    assert str(other.public_id) in body
    assert str(make.task_of(person, "assess").public_id) in body
    assert "None of these" in body
    assert " checked>" not in body, "nothing is chosen beforehand"


def test_whoever_is_not_named_for_a_restricted_one_reads_nothing_of_it(person, supervisor, browse):
    found = indicating.about(person, by=person.offender_manager, text="A second account.")
    Indicator.objects.filter(pk=found.pk).update(is_restricted=True)
    IndicatorAccess.objects.create(indicator=found, user=supervisor, named_by=supervisor)
    matching.confirm_match(
        by=make.actor(supervisor), indicator=found.public_id, offender=person.public_id
    )
    body = browse(person.offender_manager).get(page_of(found)).content.decode()
    assert "A second account." not in body
    assert "P2P" not in body
    assert "File-sharing" not in body
    assert "This indicator is restricted" in body
    assert 'name="outcome"' not in body
    assert "A second account." in text_of(browse(supervisor).get(page_of(found)))


def test_an_inspector_of_another_team_reads_what_it_says_with_a_reason_alone(person, browse):
    found = triaging.matched(person, text="A second account.")
    inspector = make.officer(Role.INSPECTOR, force=person.force)
    client, before = browse(inspector), last_event()

    body = client.get(page_of(found)).content.decode()

    its_page = reverse("ui:indicator", args=[found.public_id])
    assert "A second account." not in body
    assert its_page in body
    assert [one.action for one in events_since(before)] == ["task.view"]
    assert client.get(its_page).status_code == 403
    assert "A second account." in text_of(client.post(its_page, {"reason": "Asked to check it"}))


def test_a_look_at_what_it_says_on_its_task_is_a_look_at_the_indicator(person, browse):
    found, before = triaging.matched(person), last_event()
    browse(person.offender_manager).get(page_of(found))
    looks = {one.action: one for one in events_since(before)}
    assert looks.keys() >= {"task.view", "indicator.view"}
    assert looks["indicator.view"].subject == f"indicator:{found.public_id}"


def test_a_supervisor_checks_what_was_set_aside_with_the_reason_before_them(
    person, supervisor, browse
):
    found = triaging.critical(person)
    triaging.triage(found, by=person.offender_manager, reason="A test card.")
    url = page_of(found, "check_triage")
    browser = browse(supervisor)
    assert "A test card." in text_of(browser.get(url))
    typed = {"decision": "returned", "comment": "Ask again."}
    answer = sent(browser, url, step="check_triage", **typed)
    assert answer.status_code == 303
    assert "Ask again." in text_of(browse(person.offender_manager).get(page_of(found)))


def test_the_persons_page_tells_of_the_match_and_of_the_triage(person, supervisor, browse):
    found = triaging.critical(person)
    triaging.triage(found, by=person.offender_manager)
    triaging.check(found, by=supervisor)
    body = text_of(browse(supervisor).get(reverse("ui:person", args=[person.public_id])))
    assert "Matched: NCMEC CyberTip" in body
    assert "Triaged: no action" in body


def test_a_field_of_one_outcome_says_for_which_and_is_not_called_optional(person, browse):
    found = triaging.matched(person)
    page = browse(person.offender_manager).get(page_of(found))
    said = text_of(page)
    for label in ("Visit by which day?", "What must be done?", "By when?", "To which force?"):
        assert f"{label} (optional)" not in said
        assert label in said
    assert "Who does it? (optional)" in said, "the offender manager, where nobody is named"


@pytest.mark.parametrize("name", PARTICULAR)
def test_the_page_shows_a_field_for_the_outcomes_that_take_it(name):
    style = TriageIndicator().fields[name].style
    needing = {outcome for outcome, needed in NEEDS.items() if name in needed}
    taking = {outcome for outcome, may in MAY.items() if name in may}
    assert set(style["values"].split()) == needing | taking
    assert style["asked"] is bool(needing)
