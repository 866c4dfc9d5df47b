"""An indicator of online risk beside the form of its triage: how it may be handled comes first."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts.actor import Actor
from accounts.policy import Action, require, shows_all
from risk.indicator_codes import Severity
from risk.indicator_types import type_of
from risk.models import Indicator
from ui.views.indicator_facts import Fact, received
from ui.views.looking import must_say_why
from ui.views.task_parts import person_of
from workflows.models import Kind, Task
from workflows.queries.triage import asked_back, opened


def indicator(by: Actor, task: Task) -> dict[str, Any] | None:
    """What is to be triaged, for who may open it; that it is restricted, for others.

    Whoever must say why they look is sent to its own page, which asks. None for any other task.
    """
    if task.kind != Kind.INDICATOR_TRIAGE or not shows_all(by, Action.TASK_VIEW):
        return None
    found = opened(by, task)
    if found is None:
        return {"is_restricted": True, "facts": [], "is_late": False, "url": "", "seen": None}
    late = task.is_open and found.triage_by < timezone.now()
    whole = {"is_restricted": False, "facts": [], "is_late": late, "url": "", "seen": None}
    if must_say_why(by, require(by, Action.INDICATOR_VIEW, reason="asked there"), person_of(task)):
        return whole | {"url": reverse("ui:indicator", args=[found.public_id])}
    return whole | {"facts": _facts(found), "seen": found.public_id}


def _facts(found: Indicator) -> list[Fact]:
    """What was received, how it may be handled first, and what the triage is decided by."""
    kind = type_of(found.code)
    asked = asked_back(found)
    return [
        *([Fact("Its source takes it back", asked.reason)] if asked else []),
        *received(found),
        Fact("Type", kind.name),
        Fact("Severity", str(Severity(found.severity).label)),
        Fact("Triage by", at=found.triage_by),
        Fact("Usually leads to", f"{kind.leads_to.label}. {kind.note}".removesuffix(". ")),
    ]
