"""The steps that take a second person: read off the permission table, never listed by hand."""

from collections.abc import Mapping
from typing import Any

from accounts.policy import RULES, Action
from workflows.engine.nodes import Step
from workflows.flows import FLOWS

#: By step: the field of its form that decides, the choices that go against what was written, and
#: the field that says why. A step that is not here always settles what was written.
AGAINST: dict[str, tuple[str, frozenset[str], str]] = {
    "review": ("decision", frozenset({"returned", "ineffective"}), "comment"),
    "endorse": ("decision", frozenset({"return"}), "comment"),
    "check_notification": ("decision", frozenset({"void"}), "comment"),
    "endorse_end": ("decision", frozenset({"return"}), "comment"),
    "confirm_missing": ("decision", frozenset({"refuse"}), "comment"),
    "verify_death": ("decision", frozenset({"refuted"}), "comment"),
    "decide_warrant": ("decision", frozenset({"not_applied"}), "decision_reason"),
    "endorse_plan": ("decision", frozenset({"return"}), "comment"),
    "approve_interval": ("interval_decision", frozenset({"refuse"}), "interval_comment"),
    "recommend_reactive": (
        "recommendation",
        frozenset({"not_recommended"}),
        "recommendation_comment",
    ),
    "check_triage": ("decision", frozenset({"returned"}), "comment"),
    "authorise_reactive": ("authority", frozenset({"refused"}), "authority_comment"),
}


def takes_two(action: Action) -> bool:
    """Whether whoever does `action` may not have done what it settles."""
    return any(granted.second_person for granted in RULES[action].values())


def _steps() -> dict[str, Action]:
    return {
        node.name: node.action
        for flow in set(FLOWS.values())
        for node in flow.instance.nodes()
        if isinstance(node, Step) and takes_two(node.action)
    }


#: By the name of the step, the line of the permission table that says who may complete it.
ACTIONS: dict[str, Action] = dict(sorted(_steps().items()))
#: Their names.
STEPS: tuple[str, ...] = tuple(ACTIONS)


def given_back(step: str, values: Mapping[str, Any]) -> str | None:
    """Why somebody's work comes back to them, or None where it does not."""
    if step not in AGAINST:
        return None
    decides, against, why = AGAINST[step]
    return str(values[why]) if values.get(decides) in against else None
