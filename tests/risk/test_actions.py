"""Assessments: one hands in, another decides."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from offenders.errors import RuleBroken
from risk import actions
from risk.models import RiskAssessment
from tests import make

pytestmark = pytest.mark.django_db


def submitted(person, author):
    return actions.submit_assessment(
        offender=person,
        author=author,
        tool="arms",
        priority="medium",
        formulation="Settled, supported.",
        proposed_level="medium",
    )


def test_an_assessment_is_dated_when_it_is_handed_in():
    assessment = submitted(make.person(), make.officer())

    assert (assessment.state, assessment.assessed_on) == ("submitted", timezone.localdate())


def test_one_assessment_waits_at_a_time():
    person, author = make.person(), make.officer()
    submitted(person, author)

    with pytest.raises(RuleBroken, match="already waits"):
        submitted(person, author)


def test_a_returned_assessment_is_kept_and_makes_way_for_the_next():
    person, author, other = make.person(), make.officer(), make.officer()
    first = submitted(person, author)
    actions.return_assessment(assessment=first, endorser=other, comment="Say more.")

    second = submitted(person, author)

    assert RiskAssessment.objects.get(pk=first.pk).state == "returned"
    assert second.pk != first.pk


@pytest.mark.parametrize("decide", [actions.endorse_assessment, actions.return_assessment])
def test_nobody_decides_on_their_own_assessment(decide):
    author = make.officer()
    assessment = submitted(make.person(), author)

    with pytest.raises(RuleBroken, match="other than the author"):
        decide(assessment=assessment, endorser=author, comment="Fine.")

    assessment.endorser, assessment.state = author, "endorsed"
    assessment.decided_at = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        assessment.save()


def test_an_assessment_is_decided_once():
    assessment = submitted(make.person(), make.officer())
    actions.endorse_assessment(assessment=assessment, endorser=make.officer(), comment="Agreed.")

    with pytest.raises(RuleBroken, match="decided already"):
        actions.return_assessment(assessment=assessment, endorser=make.officer(), comment="No.")
