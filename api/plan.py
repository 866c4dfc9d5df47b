"""The risk management plan of one person as the API shows it."""

from typing import Any

from accounts.policy import Redaction
from api.shapes.common import officer
from offenders.models import Offender
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
        "flags": [
            {"system": flag.system, "state": flag.state, "checked_on": flag.checked_on}
            for flag in standing.flags.all()
        ],
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
