"""Reported death suspends; a supervisor verifies (PRACTICE 13)."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.errors import NotPermitted
from accounts.models import Role
from audit.models import Event
from offenders.errors import Invalid, RuleBroken
from tests import make
from tests.api.scenes.registration import ending
from tests.workflows import doing, planning, searching
from tests.workflows.searching import kinds_of, open_of
from tests.workflows.test_endorsing import WAITING, planned_for_longer
from workflows.actions import deaths
from workflows.invariants import broken
from workflows.models import DeathReport, Obligation, Process, Task
from workflows.sweep import sweep_obligations

pytestmark = pytest.mark.django_db

MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def on_monday():
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


def ago(days: int) -> dt.date:
    return timezone.localdate() - dt.timedelta(days=days)


def refused(act, code: str) -> None:
    with pytest.raises((RuleBroken, Invalid)) as refusal, transaction.atomic():
        act()
    assert refusal.value.code == code


def test_a_reported_death_suspends_everything_but_its_verification():
    person = make.person()

    searching.report_death(person)

    assert open_of(person) == {("death_verification", ""): dt.date(2026, 11, 30)}
    steps = Task.objects.open().filter(offender=person).values_list("step", flat=True)
    assert list(steps) == ["verify_death"]
    assert person.statuses.get(until_on=None).status == "community", "no status is rewritten"
    assert Event.objects.filter(action="death.report", offender_id=person.pk).count() == 1
    assert broken() == {}


def test_verified_the_registration_ends_by_who_reported_and_who_verified():
    person = make.person()
    searching.report(person)
    searching.report_death(person)
    supervisor = searching.supervisor_of(person)

    searching.verify(person, by=supervisor)

    person.refresh_from_db()
    assert person.registration_ended_on == ago(0)
    assert (person.end_proposed_by, person.end_endorsed_by) == (
        person.offender_manager,
        supervisor,
    )
    assert open_of(person) == {}
    assert person.missing_reports.get().closed_because == "died"
    assert not Process.objects.filter(offender=person, status="NEW").exists()
    verification = Obligation.objects.get(offender=person, kind="death_verification")
    assert verification.closed_because == "done"
    assert broken() == {}


def test_refuted_everything_is_owed_again_by_its_own_date(on_monday):
    person = make.person(last_effective_visit_on=ago(300), last_notification_on=ago(364))
    before = open_of(person)
    searching.report_death(person)
    on_monday.shift(dt.timedelta(days=20))
    sweep_obligations()

    searching.verify(person, "refuted", reference="")

    assert open_of(person) == before, "overdue meanwhile, and by the days they always had"
    assert broken() == {}


def test_one_that_was_refuted_can_be_reported_again():
    person = make.person()
    searching.report_death(person)
    refused(lambda: searching.report_death(person), "already_reported")
    searching.verify(person, "refuted", reference="")

    searching.report_death(person)

    assert kinds_of(person) == {"death_verification"}


def test_who_reported_it_does_not_verify_it():
    person = make.person()
    supervisor = searching.supervisor_of(person)
    report = searching.report_death(person, by=supervisor)

    refused(lambda: searching.verify(person, by=supervisor), "own_report")
    with pytest.raises(NotPermitted):
        searching.verify(person, by=searching.manager_of(person))
    with pytest.raises(IntegrityError), transaction.atomic():
        DeathReport.objects.filter(pk=report.pk).update(
            decision="refuted",
            comment="Alive",
            decided_by=supervisor,
            decided_on=ago(0),
            decided_at=timezone.now(),
        )


def test_it_is_verified_by_a_reference():
    person = make.person()
    searching.report_death(person)

    refused(lambda: searching.verify(person, reference=" "), "reference_needed")

    person.refresh_from_db()
    assert person.registration_ended_on is None


def test_what_makes_no_sense_is_refused():
    person = make.person()
    by = make.actor(make.officer(Role.SUPERVISOR, team=person.team))

    def tomorrow():
        deaths.report_death(by=by, offender=person.public_id, source="x", died_on=ago(-1))

    refused(tomorrow, "in_future")
    searching.report_death(person)
    searching.verify(person)
    refused(lambda: searching.report_death(person), "registration_ended")
    refused(lambda: searching.report(person), "registration_ended")


def test_a_write_up_that_is_under_way_is_still_finished():
    person = make.person()
    doing.visit(person)
    searching.report_death(person)

    doing.complete(person, "write_up", make.write_up(), by=searching.manager_of(person))

    assert kinds_of(person) == {"death_verification"}


# --- what ends with a registration ---------------------------------------------------------------

#: Of what was handed in, by the step that waits: what a verified death leaves.
STAYS = {
    # It says what was seen at a visit that was made, and by whom.
    "review": ["review"],
    # What came in is looked at to the end, whoever it is about (PRACTICE 18).
    "check_triage": ["check_triage"],
}


@pytest.mark.parametrize("step", [step for step in WAITING if step != "verify_death"])
def test_handed_in_work_ends_with_a_verified_death_but_for_a_visit_that_was_made(step):
    manager = make.officer()
    person = WAITING[step](manager)
    make.task_of(person, step)

    searching.report_death(person, by=manager)
    searching.verify(person)

    steps = Task.objects.open().filter(offender=person).values_list("step", flat=True)
    assert list(steps) == STAYS.get(step, [])
    running = Process.objects.filter(offender=person, status="NEW")
    stays = "indicator_triage" if step == "check_triage" else "home_visit"
    assert list(running.values_list("kind", flat=True)) == [stays] * len(steps)
    assert not person.assessments.filter(state="submitted").exists()
    assert not person.plans.filter(state__in=["submitted", "recommended"]).exists()
    assert not person.reactive_proposals.filter(settled_on=None).exists()
    assert broken() == {}


@pytest.mark.parametrize("step", [step for step in WAITING if step != "verify_death"])
def test_a_report_that_is_refuted_leaves_handed_in_work_as_it_was_but_for_a_proposal(step):
    """Reactive management would hide the person: it is proposed anew (PRACTICE 16)."""
    manager = make.officer()
    person = WAITING[step](manager)
    task = make.task_of(person, step)

    searching.report_death(person, by=manager)
    searching.verify(person, "refuted", reference="")

    again = Task.objects.open().filter(offender=person, step=step)
    is_kept = step not in {"confirm_missing", "recommend_reactive", "authorise_reactive"}
    if is_kept:
        assert again.get() == task
    else:
        assert again.exists() == (step == "confirm_missing"), "that one is opened anew"
    assert broken() == {}


@pytest.mark.parametrize("author", ["the offender manager", "the supervisor who verifies"])
def test_what_was_handed_in_is_returned_by_one_of_the_two_who_did_not_write_it(author):
    person = make.person()
    manager, supervisor = searching.manager_of(person), searching.supervisor_of(person)
    by = {"the offender manager": manager, "the supervisor who verifies": supervisor}[author]
    doing.complete(person, "assess", dict(planning.ASSESSMENT), by=by)

    searching.report_death(person, by=manager)
    searching.verify(person, by=supervisor)

    assessment = person.assessments.latest("pk")
    assert (assessment.state, assessment.decision_comment) == ("returned", "The registration ended")
    assert {assessment.author, assessment.endorser} == {manager, supervisor}


def test_two_who_end_a_registration_end_what_was_handed_in_and_registered_anew_it_is_written_anew(
    on_monday,
):
    manager = make.officer()
    facts = ending()
    person = planned_for_longer(manager, **facts)
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    doing.complete(person, "propose_end", {"reason": "Over"}, by=manager)
    on_monday.shift(dt.timedelta(days=40))
    end = {"decision": "endorse", "comment": "Agreed"}
    doing.complete(person, "endorse_end", end, by=supervisor)
    assert not Task.objects.open().filter(offender=person).exists()
    assert broken() == {}

    on_monday.shift(dt.timedelta(days=10))
    unseen = dict.fromkeys(
        ["last_notification_on", "last_effective_visit_on", "last_assessment_on"]
    )
    again = {"source_ref": person.source_ref, "relevant_date": ago(3)}
    make.person(manager=manager, **(facts | unseen | again))

    person.refresh_from_db()
    assert person.registration_ended_on is None
    planning.assessed(person, supervisor=supervisor)
    planning.draft(person, by=manager)
    assert make.task_of(person, "endorse_plan").is_open
