"""An indicator of online risk beside the form of its triage: how it may be handled comes first."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts.actor import Actor
from accounts.policy import Action, require, shows_all
from risk.grading import Handling
from risk.indicator_codes import Severity
from risk.indicator_types import type_of
from risk.models import Indicator, IndicatorReference
from ui import words
from ui.views.indicator_parts import grade_words
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
    facts = [{"label": label, "words": said} for label, said in _facts(found) if said]
    return whole | {"facts": facts, "seen": found.public_id}


def _facts(found: Indicator) -> list[tuple[str, str]]:
    kind = type_of(found.code)
    asked = asked_back(found)
    return [
        ("Its source takes it back", asked.reason if asked else ""),
        ("Handling", str(Handling(found.handling).label)),
        ("Conditions of handling", found.handling_conditions),
        ("Type", kind.name),
        ("Severity", str(Severity(found.severity).label)),
        ("Grade", grade_words(found)),
        ("Source", f"{found.source}, {found.external_id}"),
        ("Happened", words.london_moment(found.occurred_at)),
        ("Received", words.london_moment(found.received_at)),
        ("Triage by", words.london_moment(found.triage_by)),
        ("What it says", found.text),
        ("Evidence", "\n".join(_evidence(one) for one in found.references.all())),
        ("Usually leads to", f"{kind.leads_to.label}. {kind.note}".removesuffix(". ")),
    ]


def _evidence(one: IndicatorReference) -> str:
    return f"{one.get_kind_display()}: {one.value}"
