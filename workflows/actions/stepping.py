"""What a step's writer hands back to `complete_step`."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from accounts.models import User
from workflows.models import Task


@dataclass(frozen=True, slots=True)
class Written:
    """The facts one step wrote.

    `fulfilled`: (kind, about) of the obligations this act did. `payload`: detail for the audit
    record. `after`: run once what is owed has been worked out again.
    """

    fulfilled: tuple[tuple[str, str], ...] = ()
    occurred_at: dt.datetime | None = None
    reason: str = ""
    payload: dict[str, Any] = field(default_factory=dict)
    after: Callable[[Task], None] | None = None
    #: Who brought up what was decided on, where that was no step of the same work.
    raised_by: User | None = None
