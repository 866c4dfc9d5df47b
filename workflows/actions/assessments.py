"""The risk assessment: one officer submits, another decides (PRACTICE 7)."""

from typing import Any

from django.utils import timezone

from accounts.actor import Actor
from accounts.models import User
from offenders import actions as people
from offenders.errors import RuleBroken
from offenders.models import ManagementLevel, Offender, Sex
from offenders.registration import is_under_18
from risk import actions as risk
from risk.models import RiskAssessment
from workflows.actions.deciding import refuse_own
from workflows.actions.reactive import end_relief
from workflows.actions.stepping import Written
from workflows.models import Kind, Task


def assess(
    *, by: Actor, user: User, person: Offender, task: Task, values: dict[str, Any]
) -> Written:
    """Submit an assessment for endorsement. Raises RuleBroken `tool_not_for_this_person`."""
    if values["tool"] == RiskAssessment.Tool.ARMS and not _is_adult_man(person):
        raise RuleBroken(
            "tool_not_for_this_person",
            "ARMS is for adult men. Use structured professional judgement.",
        )
    assessment = risk.submit_assessment(offender=person, author=user, **values)
    return Written(payload={"assessment": str(assessment.public_id), **values})


def endorse(
    *, by: Actor, user: User, person: Offender, task: Task, values: dict[str, Any]
) -> Written:
    """Endorse or return the assessment that waits. Endorsed, its level stands from today.

    Raises RuleBroken `own_assessment`.
    """
    assessment = person.assessments.get(state=RiskAssessment.State.SUBMITTED)
    refuse_own(
        by,
        assessment.author_id,
        code="own_assessment",
        message="Someone other than the author must decide.",
    )
    payload = {"assessment": str(assessment.public_id), "decision": values["decision"]}
    if values["decision"] == "return":
        risk.return_assessment(
            assessment=assessment,
            endorser=user,
            comment=values["comment"],
            acting_for=by.acting_for_id,
        )
        return Written(reason=values["comment"], payload=payload)
    risk.endorse_assessment(
        assessment=assessment,
        endorser=user,
        comment=values["comment"],
        acting_for=by.acting_for_id,
    )
    if assessment.proposed_level != person.management_level:
        people.change_level(
            offender=person,
            level=ManagementLevel(assessment.proposed_level),
            decided_on=timezone.localdate(),
            decided_by=user,
            reason=f"Endorsed assessment. {values['comment']}",
        )
    if assessment.proposed_level != ManagementLevel.LOW:
        end_relief(person, user=user, because="assessed above low")
    return Written(
        fulfilled=((Kind.RISK_REASSESSMENT, ""),), reason=values["comment"], payload=payload
    )


def _is_adult_man(person: Offender) -> bool:
    return person.sex == Sex.MALE and not is_under_18(person.date_of_birth, timezone.localdate())
