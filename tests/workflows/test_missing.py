"""People who cannot be found: each sentence of PRACTICE 13, and what it does to other work."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.errors import NotPermitted
from accounts.models import Role
from audit.models import Event
from offenders.actions import change_status
from offenders.errors import Invalid, RuleBroken, Stale
from offenders.models import Offender, Status
from tests import make
from tests.workflows import doing, searching
from tests.workflows.searching import kinds_of, open_of
from workflows.actions import missing, people
from workflows.actions.voiding import void_visit
from workflows.errors import NotVisible
from workflows.invariants import broken
from workflows.models import Kind, MissingDecision, MissingEnquiry, MissingReport, Task
from workflows.queries.unfound import reported_on
from workflows.reconcile import reconcile

pytestmark = pytest.mark.django_db

#: A Monday morning in winter time.
MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def on_monday():
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


def ago(days: int) -> dt.date:
    return timezone.localdate() - dt.timedelta(days=days)


def due(person: Offender, kind: Kind) -> dt.date | None:
    return next((on for (owed, _), on in open_of(person).items() if owed == kind), None)


def refused(act, code: str) -> None:
    with pytest.raises((RuleBroken, Invalid)) as refusal, transaction.atomic():
        act()
    assert refusal.value.code == code


# --- "the officer proposes and an enquiry opens (24 hours, then 28 days)" -------------------------


def test_an_officer_reports_somebody_missing_and_an_enquiry_opens_due_in_24_hours():
    person = make.person()

    searching.report(person)

    task = make.task_of(person, "record_enquiry")
    assert (task.due_on, task.owner) == (ago(-1), person.offender_manager)
    assert Event.objects.filter(action="missing.report", offender_id=person.pk).count() == 1


def test_enquiries_go_on_every_28_days_and_an_inspector_looks_at_the_later_ones(on_monday):
    person = make.person()
    searching.report(person)

    searching.enquire(person)
    assert due(person, Kind.MISSING_ENQUIRY) == ago(-28)
    assert not Task.objects.open().filter(offender=person, step="review_enquiry").exists()

    on_monday.shift(dt.timedelta(days=28))
    searching.enquire(person)
    assert due(person, Kind.MISSING_ENQUIRY) == ago(-28)
    review = {"review": "Media appeal to be prepared"}
    with pytest.raises(NotPermitted):
        doing.complete(person, "review_enquiry", review, by=searching.supervisor_of(person))
    doing.complete(person, "review_enquiry", review, by=searching.inspector_of(person))

    newest = MissingEnquiry.objects.latest("pk")
    assert (newest.is_periodic, newest.review) == (True, review["review"])
    assert broken() == {}


def test_who_enquired_does_not_review_it():
    """An officer made inspector meanwhile is still who made the enquiries."""
    person = make.person()
    searching.report(person)
    officer = searching.manager_of(person)
    searching.enquire(person)
    searching.enquire(person)
    officer.role = Role.INSPECTOR
    officer.save()

    refused(
        lambda: doing.complete(person, "review_enquiry", {"review": "Fine"}, by=officer),
        "own_enquiry",
    )


def test_whoever_was_taken_over_as_missing_is_enquired_after_and_located():
    person = make.person(status="missing", status_since=ago(90))
    assert kinds_of(person) == {"missing_enquiry", "periodic_notification", "supervisor_review"}
    assert due(person, Kind.MISSING_ENQUIRY) == ago(-1)
    refused(lambda: searching.report(person), "already_missing")

    searching.enquire(person)
    assert due(person, Kind.MISSING_ENQUIRY) == ago(-28)
    searching.enquire(person)
    assert MissingEnquiry.objects.latest("pk").is_periodic
    report = searching.locate(person)

    assert (report.origin, report.reported_by, report.how) == (
        "taken_over",
        None,
        "Stopped by a patrol",
    )
    assert due(person, Kind.HOME_VISIT) == ago(-1)
    assert "missing_enquiry" not in kinds_of(person)
    assert broken() == {}


# --- "until a supervisor confirms, the visit stays open" ------------------------------------------


def test_until_a_supervisor_confirms_the_visit_stays_open():
    person = make.person()
    before = doing.home_visit_due(person)

    searching.report(person)
    assert doing.home_visit_due(person) == before
    assert person.statuses.get(until_on=None).status == "community"
    assert make.task_of(person, "confirm_missing").due_on == ago(-1)
    searching.confirm(person)

    assert doing.home_visit_due(person) is None
    now = person.statuses.get(until_on=None)
    assert (now.status, now.from_on) == ("missing", ago(0))
    assert "missing_enquiry" in kinds_of(person), "enquiries go on"
    assert broken() == {}


def test_a_supervisor_who_reported_it_cannot_confirm_it():
    person = make.person()
    supervisor = searching.supervisor_of(person)
    searching.report(person, by=supervisor)

    refused(lambda: searching.confirm(person, by=supervisor), "own_report")
    with pytest.raises(NotPermitted):
        searching.confirm(person, by=searching.manager_of(person))
    searching.confirm(person, by=searching.supervisor_of(person))


def test_the_database_refuses_that_the_reporter_confirms():
    person = make.person()
    report = searching.report(person)

    with pytest.raises(IntegrityError), transaction.atomic():
        MissingReport.objects.filter(pk=report.pk).update(
            decision="confirm",
            comment="Agreed",
            decided_by=report.reported_by,
            decided_on=ago(0),
            decided_at=timezone.now(),
        )


@pytest.mark.parametrize(
    ("outcome", "hours", "code", "reason"),
    [
        ("effective", 1, "seen_since", "seen whole"),
        ("seen_not_completed", 1, "seen_since", "seen on the doorstep"),
        ("no_answer", 1, "", "nobody was seen"),
        ("effective", -1, "", "seen before the report"),
    ],
)
def test_whoever_was_seen_since_the_report_is_not_missing_by_it(
    on_monday, outcome, hours, code, reason
):
    person = make.person()
    searching.report(person)
    at = timezone.now() + dt.timedelta(hours=hours)
    on_monday.shift(dt.timedelta(hours=3))
    doing.visit(person, outcome=outcome, occurred_at=at)
    task = make.task_of(person, "confirm_missing")
    told = [one.title for one in reported_on(task)]
    assert ("Visit since the report" in told) is (hours > 0), reason

    if code:
        refused(lambda: searching.confirm(person), code)
        searching.confirm(person, "refuse")
    else:
        searching.confirm(person)
    status = person.statuses.filter(until_on=None, status="missing")
    assert status.exists() is not bool(code), reason


def test_a_report_that_is_refused_is_closed_with_its_reason_and_changes_nothing_else():
    person = make.person()
    before = open_of(person)
    searching.report(person)

    searching.confirm(person, "refuse")

    report = person.missing_reports.get()
    assert (report.closed_because, report.comment) == ("refused", searching.WHY)
    assert open_of(person) == before
    assert not Task.objects.open().filter(offender=person, step="record_enquiry").exists()
    assert broken() == {}


def test_somebody_whose_status_began_today_is_confirmed_tomorrow(on_monday):
    person = make.person(status="custody", status_since=ago(40))
    officer = make.actor(searching.manager_of(person))
    people.change_status(by=officer, offender=person.public_id, status=Status.COMMUNITY, on=ago(0))
    searching.report(person)

    refused(lambda: searching.confirm(person), "status_overlaps")
    assert doing.home_visit_due(person) is not None
    on_monday.shift(dt.timedelta(days=1))
    searching.confirm(person)
    assert doing.home_visit_due(person) is None


def test_nobody_is_confirmed_missing_whom_a_file_put_into_custody(on_monday):
    """A file ends no search: whoever looks says that they were found there."""
    person = make.person()
    searching.report(person)
    change_status(offender=person, status=Status.CUSTODY, on=ago(0))
    reconcile(person, because="tests")
    assert kinds_of(person) == {"missing_enquiry", "missing_confirmation", "release_planning"}

    refused(lambda: searching.confirm(person), "detained")
    searching.locate(person, "custody")

    assert kinds_of(person) == {"release_planning"}
    assert broken() == {}


# --- "event-driven reassessment goes on" ----------------------------------------------------------


def test_while_missing_only_the_periodic_reassessment_is_not_owed():
    """An assessment under way outlives it: what an event asks for is another kind of work."""
    person = make.person()
    searching.report(person)
    assert "risk_reassessment" in kinds_of(person)

    searching.confirm(person)

    assert "risk_reassessment" not in kinds_of(person)


# --- "when located, a visit within 24 hours" ------------------------------------------------------


@pytest.mark.parametrize("days_missing", [0, 1, 40])
@pytest.mark.parametrize("is_confirmed", [True, False])
def test_when_located_a_visit_is_due_within_24_hours(on_monday, days_missing, is_confirmed):
    """On the day of the report and of its confirmation, too."""
    person = make.person()
    searching.report(person)
    if is_confirmed:
        searching.confirm(person)
    on_monday.shift(dt.timedelta(days=days_missing))

    report = searching.locate(person)

    assert (report.closed_because, report.found_in) == ("located", "community")
    assert due(person, Kind.HOME_VISIT) == ago(-1)
    assert make.task_of(person).due_on == ago(-1)
    assert person.statuses.get(until_on=None).status == "community"
    assert not kinds_of(person) & {"missing_enquiry", "missing_confirmation"}
    assert broken() == {}


@pytest.mark.parametrize(
    ("found_in", "owed"),
    [
        ("custody", {"release_planning"}),
        ("hospital", {"release_planning"}),
        ("abroad", set()),
    ],
)
@pytest.mark.parametrize("is_confirmed", [True, False])
@pytest.mark.parametrize("days_missing", [0, 3])
def test_whoever_is_found_elsewhere_is_there_from_that_day(
    on_monday, found_in, owed, is_confirmed, days_missing
):
    person = make.person()
    searching.report(person)
    if is_confirmed:
        searching.confirm(person)
    on_monday.shift(dt.timedelta(days=days_missing))

    searching.locate(person, found_in)

    now = person.statuses.get(until_on=None)
    assert (now.status, now.from_on) == (found_in, ago(0))
    assert kinds_of(person) == owed
    assert broken() == {}


def test_a_change_of_status_locates_whoever_was_reported(on_monday):
    person = make.person()
    searching.report(person)
    searching.confirm(person)
    on_monday.shift(dt.timedelta(days=2))

    people.change_status(
        by=make.actor(searching.manager_of(person)),
        offender=person.public_id,
        status=Status.COMMUNITY,
        on=ago(0),
    )

    report = person.missing_reports.get()
    assert (report.closed_because, report.found_in) == ("located", "community")
    assert due(person, Kind.HOME_VISIT) == ago(-1)


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (searching.report, "already_reported"),
        (lambda p: searching.locate(p, on=ago(-1)), "in_future"),
    ],
)
def test_what_makes_no_sense_of_somebody_reported_is_refused(act, code):
    person = make.person()
    searching.report(person)

    refused(lambda: act(person), code)


@pytest.mark.parametrize(
    ("facts", "act", "code"),
    [
        ({}, searching.locate, "not_missing"),
        ({"status": "custody"}, searching.report, "detained"),
        ({"status": "hospital"}, searching.report, "detained"),
    ],
)
def test_who_is_not_missing_is_not_located_and_who_is_held_is_not_missing(facts, act, code):
    person = make.person(**(facts | ({"status_since": ago(9)} if facts else {})))

    refused(lambda: act(person), code)


def test_a_report_on_an_old_copy_or_of_a_hidden_person_is_refused():
    person = make.person()
    by = make.actor(searching.manager_of(person))
    with pytest.raises(Stale):
        missing.report_missing(
            by=by, offender=person.public_id, reason="Not seen", version=person.version + 1
        )
    with pytest.raises(NotVisible):
        searching.report(person, by=make.officer())
    assert not person.missing_reports.exists()


@pytest.mark.parametrize("decision", ["", "verified", "refuted"])
def test_whoever_is_said_to_be_dead_is_not_reported_missing_until_that_is_refuted(decision):
    person = make.person()
    searching.attempt(person, 0.1, "not_resident")
    searching.report_death(person)
    if decision:
        searching.verify(person, decision, reference="R" if decision == "verified" else "")

    code = {"": "death_reported", "verified": "registration_ended"}.get(decision)
    if code:
        refused(lambda: searching.report(person), code)
        assert not person.missing_reports.exists()
    else:
        assert searching.report(person)
    assert broken() == {}


# --- not resident -> missing ----------------------------------------------------------------------


def test_after_a_visit_to_somebody_not_resident_the_officer_decides_by_the_next_working_day():
    person = make.person()

    searching.attempt(person, 0.1, "not_resident")

    task = make.task_of(person, "decide_missing")
    assert (task.due_on, task.owner) == (ago(-1), person.offender_manager)
    assert doing.home_visit_due(person) is not None, "the visit stays open"


def test_not_missing_settles_it_with_a_reason_until_another_such_visit(on_monday):
    person = make.person()
    searching.attempt(person, 0.1, "not_resident")

    searching.decide(person, "not_missing")

    assert "missing_decision" not in kinds_of(person)
    assert MissingDecision.objects.get().reason == searching.WHY
    assert not person.missing_reports.exists()
    on_monday.shift(dt.timedelta(days=3))
    searching.attempt(person, 0.1, "not_resident")
    assert due(person, Kind.MISSING_DECISION) == ago(-1)
    assert broken() == {}


def test_the_decision_to_report_opens_the_report():
    person = make.person()
    searching.attempt(person, 0.1, "not_resident")

    searching.decide(person, "report")

    report = person.missing_reports.get()
    assert (report.origin, report.reported_by) == ("visit", person.offender_manager)
    assert {"missing_enquiry", "missing_confirmation", "home_visit"} <= kinds_of(person)
    assert "missing_decision" not in kinds_of(person)
    searching.confirm(person, "refuse")
    assert "missing_decision" not in kinds_of(person), "it was decided"


def settled_by_a_visit(person):
    doing.visit(person)


def settled_by_a_report(person):
    searching.report(person)


def settled_by_voiding(person):
    visit = person.visits.get(outcome="not_resident")
    void_visit(
        by=make.actor(searching.manager_of(person)),
        offender=person.public_id,
        visit=visit.public_id,
        reason="The wrong person",
    )


def settled_by_custody(person):
    people.change_status(
        by=make.actor(searching.manager_of(person)),
        offender=person.public_id,
        status=Status.CUSTODY,
        on=ago(0),
    )


@pytest.mark.parametrize(
    "settle", [settled_by_a_visit, settled_by_a_report, settled_by_voiding, settled_by_custody]
)
def test_what_settles_it_withdraws_the_task(settle):
    person = make.person()
    searching.attempt(person, 0.2, "not_resident")

    settle(person)

    assert "missing_decision" not in kinds_of(person)
    assert not Task.objects.open().filter(offender=person, step="decide_missing").exists()
    assert broken() == {}


def test_an_effective_visit_earlier_that_day_settles_nothing():
    person = make.person()
    searching.attempt(person, 0.05, "not_resident")

    doing.visit(person, occurred_at=timezone.now() - dt.timedelta(hours=2))

    assert "missing_decision" in kinds_of(person)


def test_a_visit_found_ineffective_settles_nothing():
    person = make.person()
    searching.attempt(person, 1, "not_resident")
    visit = doing.visit(person)
    assert "missing_decision" not in kinds_of(person)

    visit.found_ineffective_at = timezone.now()
    visit.save()
    reconcile(person, because="tests")

    assert "missing_decision" in kinds_of(person)
