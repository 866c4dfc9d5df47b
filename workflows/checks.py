"""System checks on the flows."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from workflows.engine.locks import blocking_lock
from workflows.engine.nodes import Step
from workflows.flows import FLOWS
from workflows.steps import FORMS


@register()
def flows_are_sound(**kwargs: Any) -> list[CheckMessage]:
    """Every flow takes the blocking lock (T1), and every step has its form and no stray one."""
    faults: list[CheckMessage] = []
    steps: dict[str, Any] = {}
    for flow in set(FLOWS.values()):
        if flow.lock_impl is not blocking_lock:
            faults.append(
                Error(f"{flow.__name__} does not take the blocking lock", id="mosovo.E001")
            )
        for node in flow.instance.nodes():
            if isinstance(node, Step):
                steps[node.name] = node.form
    if steps != FORMS:
        faults.append(
            Error("workflows.steps.FORMS is not the forms of the flows", id="mosovo.E002")
        )
    return faults
