"""What is shown of a person's risk management plan, and what its review starts from."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch

from offenders.models import Offender
from risk.models import FlagSystem, PlanState, RiskManagementPlan
from workflows.models import (
    CaseAction,
    Kind,
    Obligation,
    PlanAction,
    PlanActionChoice,
    Task,
)
from workflows.queries.paging import newest_first
from workflows.queries.sql import Page

#: What the review of a plan starts from: text, never a day or a judgement (PRACTICE 12).
TEXT = (
    "supervision",
    "monitoring_control",
    "interventions_treatment",
    "victim_safety",
    "contingency",
    "attendance",
)


def standing(person: Offender) -> RiskManagementPlan | None:
    """The plan in force with its people and flags, or None."""
    plans = person.plans.filter(state=PlanState.ENDORSED)
    people = plans.select_related("author", "decided_by", "interval_decided_by", "offender")
    return people.prefetch_related("flags").first()


def versions_page(
    person: Offender, *, after: Sequence[Any] | None = None, limit: int = 50
) -> Page[RiskManagementPlan]:
    """Every version that was handed in, with what it did with actions, newest first. Four reads."""
    people = person.plans.select_related(
        "author", "decided_by", "interval_decided_by", "assessment"
    )
    rows = people.prefetch_related(
        "flags",
        Prefetch("new_actions", PlanAction.objects.select_related("officer").order_by("pk")),
        Prefetch(
            "open_actions", PlanActionChoice.objects.select_related("case_action").order_by("pk")
        ),
    )
    return newest_first(rows, "submitted_on", after=after, limit=limit)


def open_actions(person: Offender) -> list[CaseAction]:
    """The actions of a person's plans that nobody finished, the first due first."""
    unfinished = CaseAction.objects.filter(offender=person, finished_on__isnull=True)
    return list(unfinished.exclude(pillar="").select_related("owner").order_by("due_on", "pk"))


def review_due(person: Offender) -> Obligation | None:
    """The review that is owed, or None."""
    owed = Obligation.objects.filter(offender=person, kind=Kind.PLAN_REVIEW, closed_at=None)
    return owed.first()


def before(task: Task) -> RiskManagementPlan | None:
    """The plan whose text a review starts from: in force, or handed in since and returned."""
    plans = RiskManagementPlan.objects.filter(
        offender=task.offender_id, state__in=[PlanState.ENDORSED, PlanState.RETURNED]
    )
    return plans.order_by("-pk").first()


def starts_from(task: Task) -> dict[str, Any]:
    """Values of the form: the text so far, a row for each system and each open action.

    What a returned plan asked for comes again without its days.
    """
    last = before(task)
    found: dict[str, Any] = {name: getattr(last, name) for name in TEXT} if last else {}
    if last is not None and last.state == PlanState.RETURNED:
        found["new_actions"] = [
            {"text": one.text, "owner": one.owner, "pillar": one.pillar, "factor": one.factor}
            for one in last.new_actions.select_related("officer").order_by("pk")
        ]
    return found | {
        "flags": [{"system": system} for system in FlagSystem.values],
        "open_actions": [
            {"action": str(one.public_id), "text": one.text}
            for one in (open_actions(task.offender) if task.offender else [])
        ],
    }


def starting_words(task: Task) -> str:
    """From which text the form starts; empty where there is none."""
    last = before(task)
    if last is None:
        return ""
    state = "which was returned" if last.state == PlanState.RETURNED else "in force"
    day = f"{last.submitted_on.day} {last.submitted_on:%B %Y}"
    return (
        f"The text is that of version {last.version}, handed in on {day}, {state}. "
        "Change what is not so any more. Flags, disclosure and the visit interval are asked anew."
    )


def written_by(task: Task) -> RiskManagementPlan | None:
    """The plan that a finished step handed in or decided on."""
    by, at = PEOPLE[task.step]
    mine = RiskManagementPlan.objects.filter(
        **{"offender": task.offender_id, by: task.owner_id, f"{at}__lte": task.finished}
    )
    return mine.order_by(f"-{at}", "-pk").first()


#: By step: who did it, and when.
PEOPLE = {
    "draft_plan": ("author", "submitted_at"),
    "endorse_plan": ("decided_by", "decided_at"),
    "approve_interval": ("interval_decided_by", "interval_decided_at"),
}
