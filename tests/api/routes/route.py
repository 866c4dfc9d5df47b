"""One route of the API: how it is called, on what, and what permits it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from accounts.models import Role
from accounts.policy import Action
from tests.api.scenes.scene import (
    Record,
    Scene,
    a_person,
    nothing,
    spoken,
)

VIEW_TASK, VIEW_PERSON = Action.TASK_VIEW, Action.OFFENDER_VIEW


@dataclass(frozen=True)
class Route:
    """One route: how it is called, on what, and what permits it.

    `seen_by` is what makes its record visible: without it the answer is 404, with it but without
    `action` 403. Lists and routes without a record have none.
    """

    method: str
    path: str
    action: Action
    record: Record = nothing
    body: Callable[[Scene], Any] = lambda scene: {}
    seen_by: Action | None = None
    ok: int = 200
    #: What is asked for before the record is looked up, where it is less than `action`.
    door: Action | None = None
    #: Roles that the table lets through and a rule of the action then refuses (409).
    rule_refuses: frozenset[Role] = frozenset()
    #: What it shows is more than the short card: who sees the card alone is refused.
    is_beyond_card: bool = False


def about_step(
    name: str, action: Action, record: Record, body: Callable[[], dict[str, Any]]
) -> Route:
    return Route(
        "POST",
        f"tasks/{{}}/{name}",
        action,
        record,
        lambda scene: spoken(body()),
        Action.TASK_VIEW,
        door=Action.TASK_VIEW,
    )


def about_task(name: str, action: Action, record: Record, body: Callable[[Scene], Any]) -> Route:
    return Route("POST", f"tasks/{{}}/{name}", action, record, body, Action.TASK_VIEW)


def about_person(name: str, action: Action, body: Callable[[Scene], Any], ok: int = 200) -> Route:
    return Route("POST", f"offenders/{{}}/{name}", action, a_person, body, Action.OFFENDER_VIEW, ok)


def records_of(name: str, record: Record = a_person) -> Route:
    seen_by = Action.OFFENDER_VIEW
    return Route(
        "GET", f"offenders/{{}}/{name}", seen_by, record, seen_by=seen_by, is_beyond_card=True
    )
