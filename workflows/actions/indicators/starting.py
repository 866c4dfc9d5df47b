"""What the triage of an indicator starts, in the same act: one thing for each outcome at most."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from accounts.models import User
from offenders.errors import Invalid, RuleBroken
from offenders.models import Offender
from risk.indicator_codes import TriageOutcome
from risk.models import IndicatorTriage
from workflows.actions.case_actions import write_actions
from workflows.actions.directing import refuse_direction
from workflows.actions.reactive import end_relief
from workflows.models import (
    CaseAction,
    Obligation,
    Task,
    TriageStart,
    VisitDirection,
)
from workflows.queries.triage import linkable

#: Where the visit is due by the chosen day already.
OR_LINK = "Choose an earlier day, or link it to that task."
#: What leads to work that is owed only while somebody is registered.
STARTS_WORK = frozenset(
    {
        TriageOutcome.VISIT_BROUGHT_FORWARD,
        TriageOutcome.REASSESSMENT,
        TriageOutcome.ENQUIRY,
        TriageOutcome.SAFEGUARDING_REFERRAL,
        TriageOutcome.LINKED_TO_TASK,
    }
)


def refuse_start(person: Offender, values: Mapping[str, Any]) -> None:
    """Refuse what would start nothing that anybody does.

    Raises RuleBroken: `registration_ended`, `no_visit_owed`, `visited_today`; Invalid: `in_past`,
    `not_earlier`, `referral_is_today`.
    """
    outcome = TriageOutcome(values["outcome"])
    if outcome in STARTS_WORK and person.registration_ended_on is not None:
        said = "The registration has ended: nothing else is owed. Transfer it, or say why not."
        raise RuleBroken("registration_ended", said)
    if outcome == TriageOutcome.VISIT_BROUGHT_FORWARD:
        # Else nothing moves, and the triage would count as one that led to action.
        refuse_direction(person, values["visit_by"], besides=OR_LINK)
    today = timezone.localdate()
    if outcome == TriageOutcome.SAFEGUARDING_REFERRAL and (values["due_on"] or today) != today:
        said = "A safeguarding referral is made today. Leave the day empty."
        raise Invalid("referral_is_today", said, field="due_on")


def start(
    triage: IndicatorTriage,
    *,
    person: Offender,
    by: User,
    task: Task,
    values: Mapping[str, Any],
) -> list[CaseAction]:
    """Write what a triage that stands starts. Returns the actions raised, to be handed out.

    Called after `refuse_start`, before what is owed is worked out again. Raises Invalid:
    `in_past`, `unknown_officer`, `cannot_do_it`, `unknown_task`.
    """
    match triage.outcome:
        case TriageOutcome.VISIT_BROUGHT_FORWARD:
            direction = VisitDirection.objects.create(
                offender=person,
                visit_by=values["visit_by"],
                reason=triage.reason,
                given_on=triage.triaged_on,
                given_by=by,
            )
            _note(triage, TriageStart.What.VISIT, direction=direction)
        case TriageOutcome.REASSESSMENT:
            # Whoever is managed reactively stays so until then (PRACTICE 16).
            end_relief(person, user=by, because="indicator of online risk", is_trigger=False)
            _note(triage, TriageStart.What.REASSESSMENT)
        case TriageOutcome.ENQUIRY | TriageOutcome.SAFEGUARDING_REFERRAL:
            row = {
                "text": values["action"],
                "due_on": values["due_on"] or timezone.localdate(),
                "owner": values["owner"],
            }
            [raised] = write_actions([row], by=by, person=person, process=task.process)
            _note(triage, TriageStart.What.CASE_ACTION, case_action=raised)
            return [raised]
        case TriageOutcome.LINKED_TO_TASK:
            _note(triage, TriageStart.What.TASK, obligation=_linked(person, values))
    return []


def _note(triage: IndicatorTriage, what: TriageStart.What, **started: Any) -> None:
    TriageStart.objects.create(triage=triage, what=what, **started)


def _linked(person: Offender, values: Mapping[str, Any]) -> Obligation:
    """What the chosen task fulfils. Raises Invalid `unknown_task`."""
    task = linkable(person).filter(public_id=values["task"]).first()
    if task is None or task.process.obligation is None:
        raise Invalid("unknown_task", "No such task of this person is open.", field="task")
    return task.process.obligation
