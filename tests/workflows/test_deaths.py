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
from tests.workflows import doing, searching
from tests.workflows.searching import kinds_of, open_of
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
