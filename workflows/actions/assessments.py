"""The risk assessment: one officer submits, another decides (PRACTICE 7)."""

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.actor import Actor
from accounts.models import User
from offenders.errors import Invalid, RuleBroken
from offenders.models import Offender
from risk import actions as risk
from risk.models import RiskAssessment, ToolVersion
from risk.tools import tools_for
from workflows.actions import levels
from workflows.actions.deciding import refuse_own
from workflows.actions.drafts import keep
from workflows.actions.rating import rated
from workflows.actions.stepping import Written
from workflows.models import Kind, Task
from workflows.queries.assessing import last_standing, untrained_for


def assess(
    *, by: Actor, user: User, person: Offender, task: Task, values: dict[str, Any]
) -> Written:
    """Submit an assessment for endorsement.

    Raises RuleBroken: `tool_not_for_this_person`, `training_not_in_date`, `assessment_waiting`,
    `level_undecided`;
    Invalid: `priority_not_of_this_tool` and, of the ratings, what `rating.rated` refuses.
    """
    today = timezone.localdate()
    levels.refuse_while_open(person)
    tool = _tool_for(person, values["tool"], user, today)
    if values["priority"] not in tool.priorities:
        said = "That tool gives no such priority."
        raise Invalid("priority_not_of_this_tool", said, field="priority")
    standing = last_standing(person)
    since = standing.assessed_on if standing else None
    ratings = rated(tool, values.get("ratings", ()), since=since, today=today)
    draft = keep(task, values, author=user, submitted=True)
    assessment = risk.submit_assessment(
        offender=person,
        author=user,
        tool=tool.code,
        template=tool,
        priority=values["priority"],
        formulation=values["formulation"],
        proposed_level=values["proposed_level"],
        ratings=ratings,
        started_at=draft.started_at if draft.started_at < draft.saved_at else None,
    )
    by_factor = {rating["factor"]: rating["rating"] for rating in ratings}
    payload = values | {"ratings": by_factor, "assessment": str(assessment.public_id)}
    return Written(payload=payload)


def endorse(
    *, by: Actor, user: User, person: Offender, task: Task, values: dict[str, Any]
) -> Written:
    """Endorse or return the assessment that waits. Endorsed, its level stands from today, where
    the endorser decides it in the same act.

    Raises RuleBroken `own_assessment`, and of the level what `levels.decide` refuses.
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
    payload |= levels.at_endorsement(
        person, assessment, values, by=user, acting_for=by.acting_for_id
    )
    return Written(
        fulfilled=((Kind.RISK_REASSESSMENT, ""),), reason=values["comment"], payload=payload
    )


def _tool_for(person: Offender, code: str, user: User, today: dt.date) -> ToolVersion:
    """The tool as it is today, where it is for this person and the officer may use it.

    Judgement or another tool beside one that needs a training is a trained officer's choice too:
    nobody assesses without the training that somebody of this sex and age asks for.
    """
    fitting = tools_for(person, today)
    tool = next((one for one in fitting if one.code == code), None)
    if tool is None:
        names = ", ".join(one.name for one in fitting)
        raise RuleBroken(
            "tool_not_for_this_person",
            f"That tool is not for somebody of this sex and age. Use one of these: {names}.",
        )
    trained_for = [one for one in fitting if one.training]
    lacking = untrained_for(user.pk, trained_for, today)
    if tool in lacking or (lacking and lacking == trained_for):
        name = tool.name if tool in lacking else lacking[0].name
        raise RuleBroken(
            "training_not_in_date",
            f"Your training in {name} is not in date. Somebody who has it must assess.",
        )
    return tool
