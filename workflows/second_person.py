"""The steps that take a second person: read off the permission table, never listed by hand."""

from collections.abc import Mapping
from typing import Any

from accounts.policy import RULES, Action
from workflows.engine.nodes import Step
from workflows.flows import FLOWS

#: Decisions by which a second person gives work back, whatever the step calls it.
GIVES_BACK = frozenset({"return", "returned", "void", "ineffective", "refuse", "refused"})


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


def is_given_back(step: str, values: Mapping[str, Any]) -> bool:
    """Whether the `values` of the form of `step` give somebody's work back to them."""
    return step in ACTIONS and values.get("decision") in GIVES_BACK
