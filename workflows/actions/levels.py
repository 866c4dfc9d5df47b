"""The management level of an endorsed assessment: decided with it, or as a step of its own.

Lowering goes this way alone. A level other than the tool's priority is a professional override,
with an approver who is not the author, a reason and an end.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from accounts.actor import Actor
from accounts.models import User
from offenders import actions as people
from offenders.errors import Invalid, RuleBroken
from offenders.models import ManagementLevel, Offender
from risk import actions as risk
from risk.models import RiskAssessment
from rules import current
from workflows.actions.deciding import refuse_own
from workflows.actions.reactive import end_relief
from workflows.actions.stepping import Written
from workflows.models import Task
from workflows.steps.assessment import LATER

STEP = "decide_level"
EXPIRY = "override_expires_on"


def decide_level(
    *, by: Actor, user: User, person: Offender, task: Task, values: dict[str, Any]
) -> Written:
    """Decide on the level that an endorsement left open. It stands from today.

    Raises RuleBroken `own_assessment`, `level_not_open`, and what `decide` refuses.
    """
    newest = person.assessments.filter(author__isnull=False).latest("pk")
    refuse_own(
        by,
        newest.author_id,
        code="own_assessment",
        message="Someone other than the author must decide.",
    )
    decide(
        person,
        newest,
        level=values["level"],
        reason=values["reason"],
        expires_on=values.get(EXPIRY),
        by=user,
        acting_for=by.acting_for_id,
    )
    payload = {"assessment": str(newest.public_id), **_said(newest, values.get(EXPIRY))}
    return Written(reason=values["reason"], payload=payload)


def at_endorsement(
    person: Offender,
    assessment: RiskAssessment,
    values: Mapping[str, Any],
    *,
    by: User,
    acting_for: int | None = None,
) -> dict[str, Any]:
    """Decide on the level with the endorsement, unless it is left open. For the audit record.

    It is left open where the endorser says so, and where the proposed level would override the
    tool's priority and nobody said until when.
    """
    chosen, expires_on = values.get("level") or "", values.get(EXPIRY)
    level = chosen or assessment.proposed_level
    is_agreed = chosen or level == assessment.priority or expires_on is not None
    if chosen == LATER or not is_agreed:
        return {"level": "open"}
    decide(
        person,
        assessment,
        level=level,
        reason=values["comment"],
        expires_on=expires_on,
        by=by,
        acting_for=acting_for,
    )
    return _said(assessment, expires_on)


def decide(
    person: Offender,
    assessment: RiskAssessment,
    *,
    level: str,
    reason: str,
    expires_on: dt.date | None,
    by: User,
    acting_for: int | None = None,
) -> None:
    """Decide on the level of an endorsed assessment; the person has it from today.

    Raises RuleBroken `own_assessment`, `level_not_open`; Invalid, of the expiry: `expiry_missing`,
    `in_past`, `expires_too_late` (rule `override.longest`), `no_override`.
    """
    _refuse_expiry(is_override=level != assessment.priority, expires_on=expires_on)
    risk.decide_level(
        assessment=assessment,
        decider=by,
        level=level,
        reason=reason,
        expires_on=expires_on,
        acting_for=acting_for,
    )
    if level != person.management_level:
        people.change_level(
            offender=person,
            level=ManagementLevel(level),
            decided_on=timezone.localdate(),
            decided_by=by,
            reason=f"Endorsed assessment. {reason}"[:2000],
        )
    if level != ManagementLevel.LOW:
        end_relief(person, user=by, because="assessed above low")


def refuse_while_open(person: Offender) -> None:
    """Raise RuleBroken `level_undecided` while the level of the last assessment is undecided."""
    if Task.objects.open().filter(offender=person, step=STEP).exists():
        raise RuleBroken(
            "level_undecided", "The level of the last assessment must be decided first."
        )


def _refuse_expiry(*, is_override: bool, expires_on: dt.date | None) -> None:
    today = timezone.localdate()
    if not is_override:
        if expires_on is not None:
            said = "The level is the tool's priority: there is no override to end."
            raise Invalid("no_override", said, field=EXPIRY)
        return
    if expires_on is None:
        said = "The level is not the tool's priority: say until when that holds."
        raise Invalid("expiry_missing", said, field=EXPIRY)
    if expires_on <= today:
        raise Invalid("in_past", "An override ends on a day still to come.", field=EXPIRY)
    longest = current.in_force(today).rule("override.longest").due(today, current.calendar())
    if expires_on > longest:
        said = f"An override holds until {longest:%-d %B %Y} at the latest."
        raise Invalid("expires_too_late", said, field=EXPIRY)


def _said(assessment: RiskAssessment, expires_on: dt.date | None) -> dict[str, Any]:
    said = {"level": assessment.level, "priority": assessment.priority}
    return said | ({EXPIRY: expires_on.isoformat()} if expires_on else {})
