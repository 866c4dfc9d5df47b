"""System checks on the flows, and on what guards the reviews of visits."""

from collections.abc import Sequence
from typing import Any

from django.apps.config import AppConfig
from django.core.checks import CheckMessage, Error, Tags, register

from audit.guarding import lost
from workflows import insert_only, kept_starts, own_visits
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


@register(Tags.database)
def own_visits_are_guarded(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """An error for each guard that is not there."""
    return lost(
        databases,
        since=("workflows", "0009_decided_for_and_no_own_visit_reviewed"),
        missing=own_visits.missing,
        said="Reviews of one's own visits would be accepted: {name} is missing or altered.",
        id="mosovo.E003",
    )


@register(Tags.database)
def words_are_guarded(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """An error for each guard of what officers said that is not there."""
    return lost(
        databases,
        since=("workflows", "0020_disagreements_with_the_order_of_work"),
        missing=insert_only.missing,
        said="Changes to what officers said would be accepted: {name} is missing or altered.",
        id="mosovo.E004",
    )


@register(Tags.database)
def starts_are_kept(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """An error for each guard of what triages started that is not there."""
    return lost(
        databases,
        since=("workflows", "0025_what_triages_started_is_kept"),
        missing=kept_starts.missing,
        said="Changes to what triages started would be accepted: {name} is missing or altered.",
        id="mosovo.E005",
    )
