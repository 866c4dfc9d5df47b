"""The end of registration: proposed by one officer, decided by another (PRACTICE 1)."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Role
from offenders.errors import RuleBroken
from offenders.models import Order
from tests import make
from tests.workflows import doing, searching
from workflows.invariants import broken
from workflows.models import EndProposal, Kind, Obligation, Process, Task
from workflows.queries.task import earlier_of, written_values
from workflows.reconcile import reconcile

pytestmark = pytest.mark.django_db

#: A Monday morning in winter time.
MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
WHY = "Period checked, no live order"


def someone_whose_period_ended(days: int = 5, **facts):
    """A caution registers for two years: they ended `days` ago."""
    relevant = timezone.localdate() - dt.timedelta(days=2 * 366 + days)
    known = {
        "basis": "caution",
        "relevant_date": relevant,
        "last_notification_on": None,
        "last_effective_visit_on": None,
        "last_assessment_on": None,
    }
    person = make.person(**(known | facts))
    make.activate(person.offender_manager)
    return person, make.officer(Role.SUPERVISOR, team=person.team)


def propose(person):
    doing.complete(person, "propose_end", {"reason": WHY}, by=person.offender_manager)


def decide(person, by, decision="endorse"):
    doing.complete(person, "endorse_end", {"decision": decision, "comment": "Agreed"}, by=by)


def test_two_people_end_a_registration_and_nothing_is_owed_any_more():
    person, supervisor = someone_whose_period_ended()

    propose(person)
    person.refresh_from_db()
    assert person.registration_ended_on is None, "one person does not end it"
    decide(person, supervisor)

    person.refresh_from_db()
    assert person.registration_ended_on == timezone.localdate()
    assert (person.end_proposed_by, person.end_endorsed_by) == (
        person.offender_manager,
        supervisor,
    )
    assert not Obligation.objects.filter(offender=person, closed_at__isnull=True).exists()
    assert not Task.objects.open().filter(offender=person).exists()
    review = Obligation.objects.get(offender=person, kind=Kind.FINAL_REVIEW)
    assert review.closed_because == "done"
    assert review.processes.get().status == "DONE"


def test_who_decides_sees_what_was_checked():
    person, _ = someone_whose_period_ended()
    propose(person)

    [earlier] = earlier_of(make.task_of(person, "endorse_end"))

    assert written_values(make.actor(person.offender_manager), earlier)["reason"] == WHY


def test_nobody_endorses_their_own_proposal():
    person, supervisor = someone_whose_period_ended()
    doing.complete(person, "propose_end", {"reason": WHY}, by=supervisor)

    with pytest.raises(RuleBroken) as refused:
        decide(person, supervisor)

    assert refused.value.code == "own_proposal"
    with pytest.raises(IntegrityError), transaction.atomic():
        EndProposal.objects.update(
            decision="endorse", decided_by=supervisor, decided_at=timezone.now()
        )


def test_a_returned_proposal_is_made_again_and_both_are_kept():
    person, supervisor = someone_whose_period_ended()
    propose(person)
    decide(person, supervisor, "return")
    propose(person)
    decide(person, supervisor)

    kept = EndProposal.objects.order_by("pk").values_list("decision", flat=True)
    assert list(kept) == ["return", "endorse"]


def test_a_registration_that_still_runs_is_not_ended_and_the_proposal_still_waits():
    person, supervisor = someone_whose_period_ended(days=-30)
    propose(person)

    with pytest.raises(RuleBroken) as refused:
        decide(person, supervisor)

    assert refused.value.code == "registration_not_over"
    assert EndProposal.objects.get().decision == ""
    assert make.task_of(person, "endorse_end").is_open


@pytest.mark.parametrize(
    ("relevant_date", "due_on", "reason"),
    [
        ("2025-02-10", dt.date(2027, 2, 10), "the day after the last on the register"),
        ("2024-11-27", dt.date(2026, 11, 30), "five working days to decide are later"),
        ("2024-11-10", dt.date(2026, 11, 30), "the register is left already"),
    ],
)
def test_the_decision_is_due_when_it_can_be_made(relevant_date, due_on, reason):
    with time_machine.travel(MONDAY, tick=False):
        person, _ = someone_whose_period_ended(relevant_date=relevant_date)
        propose(person)

        assert make.task_of(person, "endorse_end").due_on == due_on, reason


def hold(person):
    """A new order holds the person: no final review is owed now."""
    order = Order.objects.create(
        offender=person, kind=Order.Kind.SHPO, made_on=timezone.localdate()
    )
    reconcile(person, because="tests")
    return order


def test_a_proposal_returned_when_an_order_holds_the_person_is_not_asked_for_again():
    person, supervisor = someone_whose_period_ended(days=-30)
    propose(person)
    hold(person)

    decide(person, supervisor, "return")

    assert not Process.objects.filter(
        offender=person, kind=Kind.FINAL_REVIEW, status="NEW"
    ).exists()
    assert broken() == {}


def proposed_then_owed_anew():
    """A proposal waits, its review was dropped for an order, and the order is discharged."""
    person, supervisor = someone_whose_period_ended(days=-30)
    propose(person)
    order = hold(person)
    order.delete()
    reconcile(person, because="tests")
    assert make.task_of(person, "propose_end").is_open
    return person, supervisor


def test_while_a_proposal_waits_no_second_one_is_made():
    person, supervisor = proposed_then_owed_anew()

    with pytest.raises(RuleBroken) as refused:
        propose(person)

    assert refused.value.code == "proposal_waiting"
    decide(person, supervisor, "return")
    propose(person)


def test_the_proposal_that_waited_ends_the_registration_and_the_review_owed_since():
    person, supervisor = proposed_then_owed_anew()

    with time_machine.travel(timezone.now() + dt.timedelta(days=32), tick=False):
        decide(person, supervisor)

    assert not Task.objects.open().filter(offender=person).exists()
    assert not Process.objects.filter(
        offender=person, kind=Kind.FINAL_REVIEW, status="NEW"
    ).exists()
    newest = Obligation.objects.filter(offender=person, kind=Kind.FINAL_REVIEW).latest("pk")
    assert newest.closed_because == "done"


def test_the_end_closes_a_search_so_that_it_does_not_come_back_with_another_registration():
    person, supervisor = someone_whose_period_ended()
    search = searching.report(person)
    propose(person)

    decide(person, supervisor)

    search.refresh_from_db()
    assert (search.closed_because, search.closed_on) == ("ended", timezone.localdate())
    assert broken() == {}


def test_a_registration_is_not_ended_while_a_reported_death_waits():
    person, supervisor = someone_whose_period_ended()
    propose(person)
    searching.report_death(person)

    with pytest.raises(RuleBroken) as refused:
        decide(person, supervisor)

    assert refused.value.code == "death_reported"
