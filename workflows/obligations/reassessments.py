"""When the next risk reassessment is due: the earliest of what asks for one (PRACTICE 7, 13, 17).

The initial one and the review after twelve months run by the calendar. A significant change, an
18th birthday, a critical indicator and the triage of any ask by themselves (`EVENTS`), and go on
asking while the person is missing. Only an assessment that was handed in on the day or later
answers them.
"""

import datetime as dt
from collections.abc import Callable, Iterator

from offenders.registration import ADULT_YEARS
from risk.indicator_codes import SETS_ASIDE, Severity, TriageOutcome
from workflows.obligations.due import Due, Question

#: A reassessment outside its turn: so long after what asks for it, and after a return.
SOON = "arms.review.change"
#: Somebody decided the day.
OVERRIDE = "override.expires"


def reassessment(asked: Question) -> Due:
    """The next reassessment of a person in the community."""
    return min([_in_turn(asked), *_overrides(asked), *_events(asked)])


def while_missing(asked: Question, today: dt.date) -> Due | None:
    """The reassessment of a missing person: of events that have happened alone (PRACTICE 13)."""
    happened = (due for due in _events(asked) if due.inputs[0][1] <= today.isoformat())
    return min(happened, default=None)


def _in_turn(asked: Question) -> Due:
    """From the submission of the newest standing assessment (PRACTICE 7), else the initial one."""
    last_on = asked.facts.last_assessed_on
    if last_on is not None:
        return asked.due("arms.review", "last_assessment", last_on)
    return asked.due("arms.initial", *asked.began())


def _overrides(asked: Question) -> Iterator[Due]:
    """A level that overrides the tool's priority is looked at by the day that was said."""
    for override in asked.facts.overrides:
        if override.ended_on is None:
            cited = (("override", override.on.isoformat()),)
            yield _put_off(asked, Due(override.expires_on, OVERRIDE, cited))


def _events(asked: Question) -> Iterator[Due]:
    for event in EVENTS:
        for due in event(asked):
            yield _put_off(asked, due)


def _significant_changes(asked: Question) -> Iterator[Due]:
    """Each change that no assessment has answered, from the day on which it was known."""
    last_on = asked.facts.last_assessed_on
    for change in asked.facts.changes:
        if last_on is None or last_on < change.known_on:
            due = asked.due(SOON, "significant_change", change.known_on)
            yield due._replace(inputs=(*due.inputs, ("what", change.what)))


def _eighteenth_birthday(asked: Question) -> Iterator[Due]:
    """The tools are others from then on (PRACTICE 17). Else the initial assessment is owed."""
    last_on, born = asked.facts.last_assessed_on, asked.facts.date_of_birth
    birthday = _birthday(born, ADULT_YEARS)
    if last_on is not None and last_on < birthday:
        yield asked.due(SOON, "eighteenth_birthday", birthday)


def _critical_indicators(asked: Question) -> Iterator[Due]:
    """Each that no assessment has answered, from the day it was matched, triaged or not.

    Not one that two people set aside, or that was taken back. What an enquiry found answers
    nothing: risk is assessed.
    """
    last_on = asked.facts.last_assessed_on
    for told in asked.facts.indicators:
        set_aside = told.outcome in SETS_ASIDE or told.is_retracted
        if told.severity != Severity.CRITICAL or set_aside:
            continue
        if last_on is None or last_on < told.on:
            yield asked.due(SOON, "critical_indicator", told.on)


def _triaged_indicators(asked: Question) -> Iterator[Due]:
    """Each whose triage asked for one, from the day of that, also where it is taken back since."""
    last_on = asked.facts.last_assessed_on
    for told in asked.facts.indicators:
        if told.triaged_on is None or told.outcome != TriageOutcome.REASSESSMENT:
            continue
        if last_on is None or last_on < told.triaged_on:
            yield asked.due(SOON, "indicator_triaged", told.triaged_on)


#: What asks for a reassessment by itself.
EVENTS: tuple[Callable[[Question], Iterator[Due]], ...] = (
    _significant_changes,
    _eighteenth_birthday,
    _critical_indicators,
    _triaged_indicators,
)


def _put_off(asked: Question, due: Due) -> Due:
    """What fell due while the person was away is due so long after the return (our default).

    What was overdue already when they went stays overdue (as PRACTICE 5 has it of visits).
    """
    for away in asked.where.away:
        if away.until is not None and away.holds(due.on):
            back = asked.due(SOON, "returned", away.until)
            due = back._replace(inputs=(*due.inputs, *back.inputs))
    return due


def _birthday(born: dt.date, years: int) -> dt.date:
    """Born on 29 February: on 1 March where there is none (`registration.is_under_18`)."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return dt.date(born.year + years, 3, 1)
