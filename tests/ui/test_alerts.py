"""The page of what an officer was told."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, User
from offenders.models import Offender
from tests import make
from tests.api.calling import signed_in
from tests.rules.proposing import FOUR_MONTHS
from tests.ui.conftest import Scene, address_of_task, events_of, text_of
from tests.workflows import doing
from ui import words
from workflows.actions.caseload import reassign_caseload
from workflows.actions.escalating import escalate_overdue
from workflows.actions.rule_sets import propose_rules
from workflows.actions.undoing import undo_reassignment
from workflows.models import Alert

pytestmark = pytest.mark.django_db


def test_an_officer_reads_what_a_colleague_recorded_and_marks_it_as_read(scene: Scene, browse):
    colleague = scene.colleague()
    doing.visit(scene.person, by=colleague, outcome="no_answer")
    client = browse(scene.manager)

    assert "1 thing to know" in text_of(client.get("/tasks"))
    page = client.get("/alerts")
    assert "A colleague recorded the visit of" in text_of(page)
    assert colleague.display_name in text_of(page)
    assert scene.person.source_ref in text_of(page)

    alert = scene.manager.alerts.get()
    sent, events = events_of(
        lambda: client.post(reverse("ui:alerts-seen"), {"alerts": [str(alert.public_id)]})
    )
    assert (sent.status_code, sent.headers["Location"]) == (303, "/tasks")
    assert [event.action for event in events] == ["alert.mark_seen"]
    assert "to know" not in text_of(client.get("/tasks"))
    assert "Nothing to read" in text_of(client.get("/alerts"))
    assert "A colleague recorded" in text_of(client.get("/alerts?show=all"))


@pytest.mark.parametrize("typed", [{}, {"alerts": "nothing"}, {"alerts": [""]}])
def test_what_is_no_alert_is_not_there(scene: Scene, browse, typed):
    assert browse(scene.manager).post(reverse("ui:alerts-seen"), typed).status_code == 404


def test_a_made_up_place_in_the_list_is_its_beginning(scene: Scene, browse):
    assert browse(scene.manager).get("/alerts?after=made-up").status_code == 200


def test_overdue_work_is_named_and_leads_to_its_task(scene: Scene, browse):
    doing.visit(scene.person)
    task = make.task_of(scene.person, "write_up")
    escalate_overdue(today=task.due_on + dt.timedelta(days=1))
    client = browse(scene.supervisor)

    page = client.get("/alerts")
    links = re.findall(r'<a href="([^"]+)">Open the task</a>', page.content.decode())

    assert f"Write up the visit: due on {words.long_day(task.due_on)} and not done" in text_of(page)
    assert address_of_task(task) in links
    assert {client.get(link).status_code for link in links} == {200}


def test_work_that_the_reader_may_not_see_is_neither_named_nor_linked(scene: Scene, browse):
    elsewhere = make.officer(Role.SUPERVISOR, team=make.team(in_force=scene.person.force))
    task = scene.visit
    subject = f"task:{task.public_id}:{task.due_on}"
    Alert.objects.create(to=elsewhere, about="step_overdue", subject=subject, on=task.due_on)

    page = browse(elsewhere).get("/alerts")

    assert "Work: due on" in text_of(page)
    assert str(task.public_id) not in page.content.decode()


def test_an_undo_is_told_as_one_and_leads_whoever_may_open_it_to_the_reassignment(
    scene: Scene, browse
):
    receiver, by = scene.colleague(), make.actor(scene.supervisor)
    Offender.objects.filter(pk=scene.person.pk).update(offender_manager=scene.supervisor)
    made = reassign_caseload(
        by=by, offenders=[scene.person.public_id], to=receiver.public_id, reason="Planned leave"
    )
    undo_reassignment(by=by, reassignment=made.public_id)
    address = reverse("ui:reassigned", args=[made.public_id])

    gave, got = (browse(user).get("/alerts") for user in (scene.supervisor, receiver))

    assert "A reassignment was undone: 1 person came back to you" in text_of(gave)
    assert gave.content.decode().count(f'href="{address}">Open the reassignment') == 2
    said = text_of(got)
    assert "A reassignment was undone: 1 person went back from you to whoever had them" in said
    assert "1 person given to you" in said
    assert "given to someone else" not in said
    assert address not in got.content.decode(), "an offender manager may not open it"


def test_the_other_inspectors_are_told_of_proposed_rules_with_a_link(scene: Scene, browse):
    proposer, other = scene.outsider(Role.INSPECTOR), scene.outsider(Role.INSPECTOR)
    closed = scene.outsider(Role.INSPECTOR)
    User.objects.filter(pk=closed.pk).update(is_active=False)

    version = propose_rules(
        by=make.actor(proposer),
        effective_from=timezone.localdate() + dt.timedelta(days=3),
        title="Another interval",
        source="Force order 12",
        evidence="Our own decision",
        reason="Decided by the force",
        changes=[FOUR_MONTHS],
    )

    told = Alert.objects.filter(about="rules_proposed")
    assert {alert.to for alert in told} == {other}
    page = browse(other).get(reverse("ui:alerts"))
    assert f'href="/rules/{version.number}">Read the change' in page.content.decode()
    assert "waits for the approval of another inspector" in text_of(page)
    [row] = signed_in(other).get("alerts").json()["results"]
    assert (row["rule_set"], row["officer"]["id"]) == (version.number, str(proposer.public_id))
