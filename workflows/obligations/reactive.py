"""Proposals to manage a person reactively, and the yearly review of those who are (PRACTICE 16)."""

import datetime as dt
from collections.abc import Iterator

from offenders.models import ManagementMode
from workflows.models.obligation import Kind
from workflows.obligations.due import Owed, Question


def proposals(asked: Question, today: dt.date) -> Iterator[Owed]:
    """A decision on each proposal that is not settled."""
    for proposed in asked.facts.reactive_proposals:
        if proposed.settled_on is None or proposed.settled_on > today:
            due = asked.due("reactive.decision", "proposed", proposed.on)
            about = f"proposal:{proposed.key}"
            yield Owed(Kind.REACTIVE_PROPOSAL, about, due.on, due.rule, due.inputs)


def review(asked: Question) -> Owed:
    """A year after the decision to manage reactively, then a year after each review."""
    newest = max(asked.facts.modes)
    assert newest.mode == ManagementMode.REACTIVE  # noqa: S101 - asked only of those
    name, since = "reactive", newest.on
    reviewed_on = asked.facts.last_reactive_review_on
    if reviewed_on is not None and reviewed_on >= since:
        name, since = "last_reactive_review", reviewed_on
    due = asked.due("reactive.review", name, since)
    return Owed(Kind.REACTIVE_REVIEW, "", due.on, due.rule, due.inputs)
