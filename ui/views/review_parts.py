"""What stands beside the form of a review: the case as the reviewer must see it."""

import datetime as dt
from typing import Any

from accounts.actor import Actor
from offenders.models import Offender
from ui import words
from ui.views.visit_links import write_up_links
from workflows.models import CaseAction, CaseReview, Visit
from workflows.queries.case_reviews import case_to_review


def review_beside(by: Actor, person: Offender, today: dt.date) -> dict[str, Any]:
    """See components/case_to_review.html."""
    case = case_to_review(person, today)
    written = write_up_links(by, case.visits)
    return {
        "visits": [
            {
                "at": visit.occurred_at,
                "on": visit.occurred_on,
                "outcome_label": str(Visit.Outcome(visit.outcome).label),
                "links": written.get(visit.pk, []),
            }
            for visit in case.visits
        ],
        "overdue": [
            {"label": words.kind_words(one.kind), "due_on": one.due_on} for one in case.overdue
        ],
        "actions": [action_line(action) for action in case.actions],
        "returned": words.count_words(case.returned, "piece of work", "pieces of work"),
        "since": case.last is not None,
        "last": review_line(case.last) if case.last else None,
    }


def review_line(review: CaseReview) -> dict[str, Any]:
    """A review as lists show it, with what became of its directions."""
    return {
        "label": str(CaseReview.Kind(review.kind).label),
        "on": review.reviewed_on,
        "grade": str(CaseReview.Grade(review.grade).label),
        "by": review.reviewed_by.display_name,
        "comment": review.comment,
        "directions": [action_line(action) for action in review.directed],
    }


def action_line(action: CaseAction) -> dict[str, Any]:
    """An action, and what came of it where somebody said."""
    outcome = CaseAction.Outcome(action.outcome).label if action.outcome else ""
    return {
        "text": action.text,
        "due_on": action.due_on,
        "owner": action.owner.display_name if action.owner else "the offender manager",
        "outcome": str(outcome),
        "finished_on": action.finished_on,
        "evidence": action.evidence,
    }
