"""When a supervisor looks at how a person is managed: their review, and the checks of a sample."""

import datetime as dt
from collections.abc import Iterator

from offenders.models import ManagementLevel
from workflows.models.obligation import Kind
from workflows.obligations.due import Due, Owed, Question
from workflows.obligations.intervals import level_at

AFTER_RAISE = "supervisor.case_review.after_level_raised"


def supervisor_review(asked: Question) -> Due:
    """The next review of someone who is managed, in the community or missing, reactively too.

    From the last review; of who was never reviewed, from the day we registered the person or took
    them over, so that nobody is late with what they could not have done. Between very high and any
    other level the date moves as that of a visit does (PRACTICE 3).
    """
    facts = asked.facts
    name, since = "taken_over", facts.known_on
    if facts.last_reviewed_on is not None:
        name, since = "last_supervisor_review", facts.last_reviewed_on
    level = level_at(facts.levels, since)
    due = _from(asked, name, since, level)
    for decided in sorted(facts.levels):
        if decided.on <= since:
            continue
        before, level = level, decided.level
        if _is_very_high(level) and not _is_very_high(before):
            limit = asked.due(AFTER_RAISE, "level_raised", decided.on)
            due = min(due, max(_from(asked, name, since, level), limit))
        elif _is_very_high(before) and not _is_very_high(level):
            is_overdue = asked.after_stay(due, or_missing=False).on < decided.on
            due = due if is_overdue else _from(asked, name, since, level)
    return asked.after_stay(due, or_missing=False)


def sample_checks(asked: Question, today: dt.date) -> Iterator[Owed]:
    """One for each sample in which the person is not checked yet, wherever they are."""
    for drawn in asked.facts.samples:
        if drawn.checked_on is None or drawn.checked_on > today:
            due = asked.due("dip_sample.check", "drawn", drawn.on)
            yield Owed(Kind.DIP_SAMPLE, f"sample:{drawn.key}", due.on, due.rule, due.inputs)


def _from(asked: Question, name: str, since: dt.date, level: str) -> Due:
    rule = "very_high" if _is_very_high(level) else "other"
    on, cited_rule, cited = asked.due(f"supervisor.case_review.{rule}", name, since)
    return Due(on, cited_rule, (*cited, ("level", level)))


def _is_very_high(level: str) -> bool:
    return level == ManagementLevel.VERY_HIGH
