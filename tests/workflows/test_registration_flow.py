"""The end of registration: proposed by one officer, decided by another (PRACTICE 1)."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Role
from offenders.errors import RuleBroken
from tests import make
from tests.workflows import doing
from workflows.models import EndProposal, Obligation, Task
from workflows.queries.task import earlier_of, written_values

pytestmark = pytest.mark.django_db

WHY = "Period checked, no live order"


def someone_whose_period_ended(days: int = 5, **facts):
    """A caution registers for two years: they ended `days` ago."""
    relevant = timezone.localdate() - dt.timedelta(days=2 * 366 + days)
    person = make.person(
        basis="caution",
        relevant_date=relevant,
        last_notification_on=None,
        last_effective_visit_on=None,
        last_assessment_on=None,
        **facts,
    )
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


def test_who_decides_sees_what_was_checked():
    person, _ = someone_whose_period_ended()
    propose(person)

    [earlier] = earlier_of(make.task_of(person, "endorse_end"))

    assert written_values(earlier)["reason"] == WHY


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
