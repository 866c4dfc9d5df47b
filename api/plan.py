"""The risk management plan of one person as the API shows it."""

from typing import Any

from accounts.policy import Redaction
from api.shapes.common import officer
from offenders.models import Offender
from risk.models import RiskManagementPlan
from risk.models.plan import AGREED
from workflows.models import PlanAction, PlanActionChoice
from workflows.queries import plan as reads

#: What somebody typed, which may hold an address.
TEXT = (*reads.TEXT, "disclosure_reasoning", "interval_reason")


def plan(found: Offender, redaction: Redaction) -> dict[str, Any] | None:
    """The plan in force as a PlanAnswer; None without one."""
    standing = reads.standing(found)
    if standing is None:
        return None
    shows_text = redaction is Redaction.NONE
    review = reads.review_due(found)
    shown: dict[str, Any] = {
        "id": standing.public_id,
        "version": standing.version,
        "submitted_on": standing.submitted_on,
        "agreed_on": standing.agreed_on,
        "visit_every": str(standing.interval) if standing.interval else None,
        "review_due_on": review.due_on if review else None,
        "disclosure_considered": standing.disclosure_considered,
        "flags": _flags(standing),
        "actions": [
            {
                "id": action.public_id,
                "pillar": action.pillar,
                "factor": action.factor,
                "due_on": action.due_on,
                "owner": officer(action.owner),
            }
            | ({"text": action.text} if shows_text else {})
            for action in reads.open_actions(found)
        ],
    }
    return shown | (
        {"text": {name: getattr(standing, name) for name in TEXT}} if shows_text else {}
    )


def version(found: RiskManagementPlan, *, shows_text: bool, shows_work: bool) -> dict[str, Any]:
    """`found`, with its rows, as a PlanVersionAnswer."""
    is_read = shows_work or (shows_text and found.state in AGREED)
    shown: dict[str, Any] = {
        "id": found.public_id,
        "version": found.version,
        "state": found.state,
        "assessment": found.assessment and found.assessment.public_id,
        "author": officer(found.author),
        "submitted_on": found.submitted_on,
        "submitted_at": found.submitted_at,
        "decision": found.decision,
        "decided_by": officer(found.decided_by),
        "decided_at": found.decided_at,
        "visit_every": str(found.interval) if found.interval else None,
        "longer_than_level": found.is_longer,
        "interval_decision": found.interval_decision,
        "interval_decided_by": officer(found.interval_decided_by),
        "interval_decided_at": found.interval_decided_at,
        "level": found.level,
        "agreed_on": found.agreed_on,
        "disclosure_considered": found.disclosure_considered,
        "flags": _flags(found),
        "new_actions": [_new(one, is_read) for one in found.new_actions.all()],
        "kept_actions": [_kept(one, is_read) for one in found.open_actions.all()],
    }
    if is_read:
        shown["text"] = {name: getattr(found, name) for name in (*TEXT, "review")}
    if shows_work:
        shown |= {"comment": found.comment, "interval_comment": found.interval_comment}
    return shown


def _flags(found: RiskManagementPlan) -> list[dict[str, Any]]:
    return [
        {"system": flag.system, "state": flag.state, "checked_on": flag.checked_on}
        for flag in found.flags.all()
    ]


def _new(one: PlanAction, is_read: bool) -> dict[str, Any]:
    shown = {
        "pillar": one.pillar,
        "factor": one.factor,
        "due_on": one.due_on,
        "owner": officer(one.officer),
    }
    return shown | ({"text": one.text} if is_read else {})


def _kept(one: PlanActionChoice, is_read: bool) -> dict[str, Any]:
    shown = {"id": one.case_action.public_id, "choice": one.choice}
    return shown | ({"text": one.text, "reason": one.reason} if is_read else {})
