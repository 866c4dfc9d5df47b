"""When a warrant to enter the home is to be considered (SOA 2003 s.96B; PRACTICE 9)."""

import datetime as dt
from collections.abc import Iterable

from rules.ruleset import RuleSet
from workflows.models.obligation import Kind
from workflows.models.visit import VisitOutcome
from workflows.obligations.due import Owed, Question
from workflows.obligations.unfound import Attempt

#: How many failed entries the Act asks for.
FAILED_VISITS = "entry.warrant.failed_visits"

#: Failed entries that count (s.96B(2)(d)): nobody answered, or entry was refused.
ENTRY_FAILED = (VisitOutcome.NO_ANSWER, VisitOutcome.REFUSED)


def entry_warrant(asked: Question) -> list[Owed]:
    """Owed once entry has failed often enough, until an inspector decides; anew after another.

    For somebody who is not in custody, hospital or abroad, which the Act excludes; of a person who
    has come back since, the days are counted from their return.
    """
    counted = counting(asked.facts.attempts)
    undecided = [attempt.on for attempt in counted if not attempt.warrant_decided]
    enough_on = failed_often_enough_on(counted, asked.rules)
    if enough_on is None or not undecided:
        return []
    since = max(enough_on, min(undecided))
    back_on = max((back.on for back in asked.where.returns), default=dt.date.min)
    name = "return" if back_on > since else "failed_entry"
    due = asked.due("entry.warrant.consider", name, max(since, back_on))
    return [Owed(Kind.ENTRY_WARRANT, "", due.on, due.rule, due.inputs)]


def failed_often_enough_on(counted: Iterable[Attempt], rules: RuleSet) -> dt.date | None:
    """The day on which entry had failed on as many days as the Act asks; None before that.

    `counted`: those that are `counting`. Whether to apply stays an officer's decision.
    """
    days = sorted({attempt.on for attempt in counted})
    times = rules.rule(FAILED_VISITS).times
    return days[times - 1] if len(days) >= times else None


def counting(attempts: Iterable[Attempt]) -> list[Attempt]:
    """Those at the last notified address, to assess risk, since entry was last gained."""
    return [attempt for attempt in attempts if counts(attempt)]


def counts(attempt: Attempt) -> bool:
    """Whether a failed visit since entry was last gained is one that the Act counts."""
    return attempt.outcome in ENTRY_FAILED and attempt.at_home and attempt.to_assess
