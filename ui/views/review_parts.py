"""What stands beside the form of a review: the case, or the visit, as the reviewer must see it."""

import datetime as dt
from typing import Any

from accounts.actor import Actor
from offenders.models import Offender
from ui import words
from ui.views.visit_links import write_up_links
from workflows.models import CaseAction, CaseReview, Task, Visit
from workflows.queries.case_reviews import case_to_review
from workflows.reviews import causes_of


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


def visit_to_review(found: Task) -> dict[str, Any] | None:
    """Who went, how and where, and what gave cause to look; None for other work."""
    visit = found.visit
    if found.step != "review" or not found.is_open or visit is None:
        return None
    there = [
        one.user.display_name if one.user else one.partner
        for one in visit.attendances.select_related("user").order_by("pk")
    ]
    facts = [
        ("Who was there", ", ".join(there) or "Nobody is named"),
        ("Alone", _alone_words(visit)),
        ("At the last notified address", "Yes" if visit.address_id else "No"),
        ("Where else", str(Visit.Place(visit.place).label) if visit.place else ""),
        ("Concern at the door", "Yes" if visit.concern else "No"),
    ]
    return {
        "facts": [{"label": label, "words": said} for label, said in facts if said],
        "causes": [words.CAUSES[code] for code in causes_of(visit)],
    }


def _alone_words(visit: Visit) -> str:
    if not visit.lone:
        return "No"
    return "Yes, with authority" if visit.lone_authorised else "Yes, without authority"


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
