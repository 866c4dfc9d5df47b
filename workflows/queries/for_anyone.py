"""What waits for somebody like the actor, whoever it will be."""

import datetime as dt
from functools import lru_cache

from accounts.actor import Actor
from accounts.policy import Action, grant
from workflows.engine.nodes import Step
from workflows.flows import FLOWS
from workflows.models import Kind
from workflows.queries.sql import Clause, placeholders

#: From so many days before it is due a supervisor's review counts as waiting for somebody.
NEAR_DAYS = 28


def for_anyone(actor: Actor, today: dt.date) -> Clause:
    """What waits for somebody like the actor: steps that their role does at all, and no
    supervisor's review that is weeks ahead, as everyone managed always has one."""
    near = today + dt.timedelta(days=NEAR_DAYS)
    waits = Clause("(t.kind <> %s OR t.due_on <= %s)", (Kind.SUPERVISOR_REVIEW, near))
    others = tuple(step for step, action in _step_actions() if grant(actor, action) is None)
    # Another system completes no step, and asks what is free for those who do.
    if actor.user_id is None or not others:
        return waits
    return waits & Clause(f"t.step NOT IN ({placeholders(others)})", others)


@lru_cache(maxsize=1)
def _step_actions() -> tuple[tuple[str, Action], ...]:
    """Every step with the line of the permission table that says who completes it."""
    nodes = [node for flow in set(FLOWS.values()) for node in flow.instance.nodes()]
    return tuple(sorted({(node.name, node.action) for node in nodes if isinstance(node, Step)}))
