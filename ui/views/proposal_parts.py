"""Above the form of who decides on reactive management: the criteria, and who proposed it."""

import datetime as dt
from typing import Any

from accounts.actor import Actor
from accounts.policy import Action, shows_all
from workflows.models import Task
from workflows.queries.reactive import proposed_for
from workflows.reactive import WORDS


def proposed(by: Actor, found: Task, today: dt.date) -> dict[str, Any] | None:
    """See components/proposed.html; None for any other task, and where the grant redacts."""
    if not shows_all(by, Action.TASK_VIEW):
        return None
    known = proposed_for(found, today=today)
    if known is None:
        return None
    return {
        "by": known.proposal.proposed_by.display_name,
        "at": known.proposal.recorded_at,
        "criteria": [
            {
                "words": WORDS[one.criterion],
                "met": one.met,
                "by_hand": one.is_by_hand,
                "evidence": one.evidence,
            }
            for one in known.criteria
        ],
    }
