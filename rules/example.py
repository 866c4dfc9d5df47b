"""Worked cases that a rule carries: from this trigger, this due date, and why."""

import datetime as dt
from typing import Annotated

from pydantic import Field, PlainSerializer, PlainValidator

from rules.pauses import Pause
from rules.strict import Strict


def _moment(value: object) -> dt.date:
    """A date, or an instant with its offset, written one way only: the digest is of the text."""
    if isinstance(value, dt.date):
        return value
    if not isinstance(value, str):
        raise ValueError("a date is written as text, such as 2026-11-23")
    is_instant = "T" in value
    read = dt.datetime.fromisoformat(value) if is_instant else dt.date.fromisoformat(value)
    if isinstance(read, dt.datetime) and read.tzinfo is None:
        raise ValueError("an instant needs its offset, such as 2026-03-28T20:00:00+00:00")
    if read.isoformat() != value:
        raise ValueError(f"write it as {read.isoformat()}")
    return read


def _day(value: object) -> dt.date:
    read = _moment(value)
    if isinstance(read, dt.datetime):
        raise ValueError("a stay begins and ends on a day")
    return read


Moment = Annotated[
    dt.date,
    PlainValidator(_moment),
    PlainSerializer(lambda moment: moment.isoformat(), return_type=str),
]
Day = Annotated[
    dt.date, PlainValidator(_day), PlainSerializer(lambda day: day.isoformat(), return_type=str)
]


class Away(Strict):
    """A stay in custody, hospital or abroad: `until` is the day of release."""

    since: Day
    until: Day


class Example(Strict):
    """From `trigger` the rule leads to `due`: London dates, or instants for a rule of hours."""

    trigger: Moment
    due: Moment
    away: tuple[Away, ...] = Field(default=(), strict=False)
    why: Annotated[str, Field(min_length=1, max_length=200)]

    @property
    def stays(self) -> list[Pause]:
        """The stays that lie in the way."""
        return [Pause(stay.since, stay.until) for stay in self.away]

    @property
    def is_of_instants(self) -> bool:
        """Whether both ends have a time of day. Raises ValueError where only one has."""
        timed = {isinstance(moment, dt.datetime) for moment in (self.trigger, self.due)}
        if len(timed) > 1:
            raise ValueError("write both as days or both as instants")
        return timed.pop()
