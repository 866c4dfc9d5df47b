"""Particular actions that somebody raised, each by the day that was said."""

import datetime as dt
from collections.abc import Iterator

from workflows.models.obligation import Kind
from workflows.obligations.due import Owed
from workflows.obligations.person import Facts

#: No length of time: somebody decided the day.
RULE = "case_action.due"


def case_actions(facts: Facts, today: dt.date) -> Iterator[Owed]:
    """One for each action that was not finished by `today`, wherever the person is."""
    for raised in facts.case_actions:
        if raised.finished_on is None or raised.finished_on > today:
            cited = (("raised", raised.on.isoformat()),)
            yield Owed(Kind.CASE_ACTION, f"action:{raised.key}", raised.due_on, RULE, cited)
