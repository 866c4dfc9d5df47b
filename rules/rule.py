"""One rule: what starts the count, how long, and how it is counted."""

import datetime as dt
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, PlainSerializer, PlainValidator, model_validator

from rules import dates, pauses
from rules.errors import NotCounted
from rules.example import Example
from rules.period import Period
from rules.strict import Evidence, Name, Strict
from rules.workdays import Calendar

#: How a period is counted. default.yaml says what each word means.
Count = Literal[
    "beginning_with",
    "after",
    "before",
    "absolute",
    "accumulate",
    "threshold",
    "threshold_per_day",
    "occurrences",
]
Days = Literal["calendar", "working", "elapsed"]
Kind = Literal["statutory", "statutory_police", "guidance", "local"]
#: Remand, imprisonment or service detention, hospital detention, outside the United Kingdom.
PausedBy = Literal["custody_hospital_abroad"]

#: The units that each way of counting admits. A pair that is not here is refused.
_UNITS: dict[tuple[Count, Days | None], str] = {
    ("beginning_with", "calendar"): "dwmy",
    ("after", "calendar"): "dwmy",
    ("after", "working"): "d",
    ("after", "elapsed"): "h",
    ("before", "calendar"): "dwmy",
    ("before", "elapsed"): "h",
    ("absolute", "calendar"): "my",
    ("accumulate", "calendar"): "d",
    ("threshold", "calendar"): "dw",
    ("threshold_per_day", "elapsed"): "h",
}
_DATED: dict[Count, Callable[[dt.date, Period], dt.date]] = {
    "beginning_with": dates.beginning_with,
    "after": dates.after,
    "before": dates.before,
    "absolute": dates.absolute,
}


def _period(value: object) -> Period:
    if isinstance(value, Period):
        return value
    if isinstance(value, str):
        return Period.parse(value)
    raise ValueError("a period is written as text, such as 3d")


def _amount(value: object) -> Period | int | None:
    if value is None or (type(value) is int and value > 0):
        return value
    return _period(value)


def _as_written(value: Period | int | None) -> str | int | None:
    return str(value) if isinstance(value, Period) else value


PeriodText = Annotated[Period, PlainValidator(_period), PlainSerializer(str, return_type=str)]
Amount = Annotated[Period | int | None, PlainValidator(_amount), PlainSerializer(_as_written)]


class Extension(Strict):
    """When the last day falls in a stay named by `after`, `by` beginning with its end is added."""

    by: PeriodText
    after: PausedBy


class Rule(Strict):
    """One dated duty, allowance or interval, with where it comes from."""

    id: Name
    kind: Kind
    trigger: Name
    period: Amount
    count: Count
    days: Days | None = None
    #: Time that is disregarded. Asked for through `due_around`.
    pause: PausedBy | None = None
    extend: Extension | None = None
    #: The span in which an `accumulate` rule adds up its days.
    window: PeriodText | None = None
    #: The longest an `absolute` period may be set to instead.
    max_period: PeriodText | None = None
    source: Annotated[str, Field(min_length=1)]
    evidence: Evidence
    note: str = ""
    enabled: bool = True
    #: Worked cases, which must come out right before the version is approved.
    examples: tuple[Example, ...] = Field(default=(), strict=False)

    @model_validator(mode="after")
    def _counts_as_written(self) -> Self:
        if isinstance(self.period, Period):
            if self.period.unit not in _UNITS.get((self.count, self.days), ""):
                raise ValueError(f"{self.period} cannot be counted {self.count}, {self.days}")
        elif self.days or self.count != ("absolute" if self.period is None else "occurrences"):
            raise ValueError("only occurrences are a plain number, only an absolute has no period")
        return self

    @model_validator(mode="after")
    def _extras_belong(self) -> Self:
        if self.pause and (self.count != "beginning_with" or self.length.unit not in "dw"):
            raise ValueError("only days counted beginning_with can be paused")
        if self.extend and (self.count != "after" or self.days != "calendar" or self.pause):
            raise ValueError("only calendar periods counted after can be extended")
        if (self.window is not None) != (self.count == "accumulate"):
            raise ValueError("a window belongs to an accumulate rule, and to no other")
        if self.max_period and self.count != "absolute":
            raise ValueError("only an absolute period has a max_period")
        return self

    @model_validator(mode="after")
    def _examples_belong(self) -> Self:
        if self.examples and not self.leads_to:
            raise ValueError("a rule that leads to no date has no examples")
        if any(one.is_of_instants != (self.leads_to == "instant") for one in self.examples):
            raise ValueError("a rule of hours has examples of instants, any other of days")
        if any(one.away for one in self.examples) and not (self.pause or self.extend):
            raise ValueError("only where stays count can an example have them")
        return self

    @property
    def leads_to(self) -> Literal["date", "instant", ""]:
        """What the rule gives from a trigger: a day, an instant, or neither."""
        if self.days == "elapsed":
            return "instant" if self.count in ("after", "before") else ""
        return "date" if isinstance(self.period, Period) and self.count in _DATED else ""

    @property
    def length(self) -> Period:
        """The period itself. Raises NotCounted where the rule is a number of times or open."""
        if not isinstance(self.period, Period):
            raise NotCounted(f"{self.id} has no length of time.")
        return self.period

    @property
    def times(self) -> int:
        """How many occurrences. Raises NotCounted where the rule is a length of time."""
        if not isinstance(self.period, int):
            raise NotCounted(f"{self.id} is not a number of times.")
        return self.period

    @cached_property
    def _counted(self) -> Callable[[dt.date], dt.date] | None:
        count = _DATED.get(self.count)
        if count is None or self.days != "calendar":
            return None
        length = self.length
        return lambda trigger: count(trigger, length)

    def due(self, trigger: dt.date, calendar: Calendar) -> dt.date:
        """The date this rule leads to from `trigger`, as if no time were disregarded.

        Raises NotCounted for rules of hours, thresholds and occurrences, DateOutOfRange.
        """
        if self.days == "working":
            return calendar.after(trigger, self.length.number)
        if self._counted is None:
            raise NotCounted(f"{self.id} does not lead to a date.")
        return self._counted(trigger)

    def due_around(
        self, trigger: dt.date, calendar: Calendar, stays: Iterable[pauses.Pause]
    ) -> dt.date | None:
        """`due`, with stays in custody, hospital or abroad disregarded as the rule says.

        None while a stay without an end lies in the way. Raises as `due` does.
        """
        if self.pause:
            return pauses.beginning_with_disregarding(trigger, self.length, stays)
        last_day = self.due(trigger, calendar)
        return pauses.extended(last_day, self.extend.by, stays) if self.extend else last_day

    def due_at(self, trigger: dt.datetime) -> dt.datetime:
        """The instant (UTC) that a rule of hours on the clock leads to.

        24 hours are 24 hours on the nights the clocks change. Raises NotCounted for rules of days,
        ValueError for an instant without a time zone.
        """
        if trigger.tzinfo is None:
            raise ValueError("An instant needs a time zone.")
        if self.days != "elapsed" or self.count not in ("after", "before"):
            raise NotCounted(f"{self.id} does not lead to an instant.")
        hours = dt.timedelta(hours=self.length.hours)
        instant = trigger.astimezone(dt.UTC)
        return instant - hours if self.count == "before" else instant + hours
