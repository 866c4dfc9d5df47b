"""The risk management plan on a person's page: facts in, words out."""

import datetime as dt
from typing import Any

from offenders.models import Offender
from risk.models import Pillar, RiskManagementPlan
from risk.models.plan import FlagState, FlagSystem
from ui import words
from workflows.models import CaseAction
from workflows.queries import plan as reads
from workflows.steps.plan import INTERVALS


def section(
    found: Offender, today: dt.date, *, review_by: dt.date | None, shows_text: bool
) -> dict[str, Any] | None:
    """The plan in force, its open actions by pillar and when it is reviewed; None without one.

    What somebody typed may hold an address: without `shows_text` none of it is in the lines.
    """
    plan = reads.standing(found)
    if plan is None:
        return None
    actions = reads.open_actions(found)
    return {
        "since": plan.agreed_on,
        "version": plan.version,
        "by": _people(plan),
        "interval": interval_words(plan),
        "interval_reason": plan.interval_reason if shows_text else "",
        "review_by": review_by,
        "pillars": [
            {
                "label": pillar.label,
                "words": getattr(plan, pillar.value) if shows_text else "",
                "actions": _actions(actions, pillar, today, shows_text=shows_text),
            }
            for pillar in Pillar
        ],
        "more": _more(plan) if shows_text else [],
    }


def interval_words(plan: RiskManagementPlan) -> str:
    """How often the plan has the person visited."""
    return dict(INTERVALS).get(plan.visit_every, f"Every {plan.visit_every}")


def _people(plan: RiskManagementPlan) -> str:
    said = [plan.author.display_name]
    if plan.decided_by:
        said.append(f"endorsed by {plan.decided_by.display_name}")
    if plan.interval_decided_by and plan.interval_decided_by != plan.decided_by:
        said.append(f"interval agreed by {plan.interval_decided_by.display_name}")
    return "; ".join(said)


def _actions(
    actions: list[CaseAction], pillar: Pillar, today: dt.date, *, shows_text: bool
) -> list[dict[str, Any]]:
    return [
        {
            "text": action.text if shows_text else "Action",
            "due_on": action.due_on,
            "late": words.due_words(action.due_on, today)[0] if action.due_on < today else "",
            "owner": action.owner.display_name if action.owner else "",
        }
        for action in actions
        if action.pillar == pillar
    ]


def _more(plan: RiskManagementPlan) -> list[dict[str, str]]:
    flags = [
        f"{FlagSystem(flag.system).label}: {str(FlagState(flag.state).label).lower()}, "
        f"looked up {words.long_day(flag.checked_on)}"
        for flag in plan.flags.all()
    ]
    considered = "Considered" if plan.disclosure_considered else "Not considered"
    return [
        {"label": "Contingency", "words": plan.contingency},
        {"label": "Who goes on visits", "words": plan.attendance},
        {"label": "Disclosure", "words": f"{considered}. {plan.disclosure_reasoning}"},
        {"label": "Flags", "words": "\n".join(flags)},
    ]
