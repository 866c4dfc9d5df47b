"""Short ways for a test to make a risk management plan as officers do."""

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.models import Role, User
from offenders.models import Offender
from risk.models import FlagSystem, RiskManagementPlan
from tests import make
from tests.workflows import doing

ASSESSMENT = {
    "tool": "structured_judgement",
    "priority": "medium",
    "formulation": "Settled.",
    "proposed_level": "medium",
}
AGREED = {"decision": "endorse", "comment": "Agreed"}


def flags(**states: str) -> list[dict[str, Any]]:
    """Every system looked up today; set unless said otherwise."""
    today = timezone.localdate()
    return [
        {"system": system, "state": states.get(system, "set"), "checked_on": today}
        for system in FlagSystem.values
    ]


def values(**typed: Any) -> dict[str, Any]:
    """Validated values of a plan that leaves the interval to the level."""
    return {
        "supervision": "Visits by two officers.",
        "monitoring_control": "Devices looked at on each visit.",
        "interventions_treatment": "Sees a counsellor.",
        "victim_safety": "No contact with the family.",
        "contingency": "If work is lost, visit within a week.",
        "attendance": "Two officers, one of them a woman",
        "disclosure_considered": True,
        "disclosure_reasoning": "The employer need not know.",
        "flags": flags(),
        "visit_every": "level",
        "interval_reason": "Because" if typed.get("visit_every", "level") != "level" else "",
        "open_actions": [],
        "new_actions": [],
        "review": "First plan.",
    } | typed


def new_action(text: str = "Ask the landlord.", ahead: int = 10, **more: Any) -> dict[str, Any]:
    """A row of a new action."""
    return {
        "text": text,
        "due_on": timezone.localdate() + dt.timedelta(days=ahead),
        "owner": "",
        "pillar": "supervision",
        "factor": "",
    } | more


def assessed(person: Offender, *, supervisor: User, level: str = "medium") -> None:
    """An assessment endorsed just now, which asks for a plan."""
    manager = make.activate(person.offender_manager)
    typed = ASSESSMENT | {"proposed_level": level, "priority": level}
    doing.complete(person, "assess", typed, by=manager)
    doing.complete(person, "endorse", AGREED, by=supervisor)


def supervised(**facts: Any) -> tuple[Offender, User]:
    """A person who owes a plan, and the supervisor of their team."""
    person = make.person(**facts)
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    level = str(facts.get("management_level", "medium"))
    assessed(person, supervisor=supervisor, level=level)
    return person, supervisor


def draft(person: Offender, *, by: User | None = None, **typed: Any) -> RiskManagementPlan:
    """The offender manager, or `by`, hands in a plan."""
    officer = by or person.offender_manager
    doing.complete(person, "draft_plan", values(**typed), by=officer)
    return person.plans.latest("pk")


def agreed(person: Offender, supervisor: User, **typed: Any) -> RiskManagementPlan:
    """A plan in force, endorsed just now."""
    plan = draft(person, **typed)
    doing.complete(person, "endorse_plan", AGREED, by=supervisor)
    plan.refresh_from_db()
    return plan
