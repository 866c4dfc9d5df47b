"""Indicators of online risk that wait for their triage (PRACTICE 18)."""

import datetime as dt
from collections.abc import Iterator

from workflows.models.obligation import Kind
from workflows.obligations.due import Owed
from workflows.obligations.person import Facts


def indicator_triages(facts: Facts, today: dt.date) -> Iterator[Owed]:
    """One for each that no triage of `today` settles, wherever the person is and however managed.

    Reactive, missing, away, said to be dead, registered no more: it is the police's to look at.
    The deadline ran from when it was received; a match or a return of the triage moves it not.
    """
    for told in facts.indicators:
        if told.waits(today):
            cited = (("matched", told.on.isoformat()),)
            rule = f"indicator.triage.{told.severity}"
            yield Owed(Kind.INDICATOR_TRIAGE, about(told.key), told.triage_on, rule, cited)


def about(key: int) -> str:
    """What the obligation to triage the indicator of that key is about."""
    return f"indicator:{key}"
