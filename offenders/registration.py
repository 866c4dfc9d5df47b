"""When registration ends, and what still holds a person on the register. Pure.

Every basis has its own period (SOA 2003 s.82) and the latest counts. A sexual harm prevention
order holds a person on the register until it ends, whatever their period (s.103G).
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

from rules.dates import beginning_with
from rules.period import Period
from rules.ruleset import INDEFINITE, PERIOD_OF_DISCHARGE, RuleSet

ADULT_YEARS = 18
ONE_DAY = dt.timedelta(days=1)


class Basis(NamedTuple):
    """What registers a person: a disposal and its relevant date.

    `discharge_months` is the length of a conditional discharge, and nothing else has one.
    """

    relevant_date: dt.date
    disposal: str
    discharge_months: int | None = None


class HoldingOrder(NamedTuple):
    """An order of a kind that holds (`Order.HOLDS`). `ends_on` None: until further order."""

    made_on: dt.date
    kind: str
    ends_on: dt.date | None = None
    discharged_on: dt.date | None = None

    @property
    def last_day(self) -> dt.date | None:
        """The last day on which it holds; on the day a court discharges it, it no longer does."""
        if self.discharged_on is None:
            return self.ends_on
        discharged = self.discharged_on - ONE_DAY
        return discharged if self.ends_on is None else min(self.ends_on, discharged)

    def outlasts(self, day: dt.date) -> bool:
        """Whether it still holds after `day`."""
        return self.last_day is None or self.last_day > day


class Registration(NamedTuple):
    """How long a person is registered, and why.

    `ends_on`: the last day of the last notification period; None is indefinite (or no basis).
    `held_by`: the live order that holds the person longest past that day.
    `over_on`: the last day on the register, orders counted; None while that is not known.
    `reasons`: (code, values) for a page to put into words: `period` (disposal, relevant date,
    last day), `under_18` the same, `held_by` (kind, made on, ends on), `no_basis`.
    """

    ends_on: dt.date | None
    held_by: HoldingOrder | None
    over_on: dt.date | None
    has_ended: bool
    reasons: tuple[tuple[str, tuple[Any, ...]], ...]


def registration(
    bases: Iterable[Basis],
    orders: Iterable[HoldingOrder],
    date_of_birth: dt.date,
    rules: RuleSet,
    today: dt.date,
) -> Registration:
    """The registration of a person as it stands on `today`. Nothing here ends it: two people do.

    Orders made after `today` are left out. Raises UnknownRule for a disposal the rules lack.
    """
    last_days: list[dt.date | None] = []
    reasons: list[tuple[str, tuple[Any, ...]]] = []
    for basis in bases:
        young = is_under_18(date_of_birth, basis.relevant_date)
        last_day = period_ends_on(basis, rules, under_18=young)
        last_days.append(last_day)
        reasons.append(
            ("under_18" if young else "period", (basis.disposal, basis.relevant_date, last_day))
        )
    if not last_days:
        return Registration(None, None, None, False, (("no_basis", ()),))
    known = [day for day in last_days if day is not None]
    if len(known) < len(last_days):
        return Registration(None, None, None, False, tuple(reasons))
    return _with_orders(max(known), orders, today, reasons)


def period_ends_on(basis: Basis, rules: RuleSet, *, under_18: bool) -> dt.date | None:
    """The last day of one notification period, which begins with the relevant date (s.82).

    None: indefinite, or a conditional discharge whose length nobody recorded.
    """
    months = rules.notification_months(basis.disposal, under_18=under_18)
    if months == PERIOD_OF_DISCHARGE:
        if basis.discharge_months is None:
            return None
        months = basis.discharge_months
    if months == INDEFINITE:
        return None
    return beginning_with(basis.relevant_date, Period(int(months), "m"))


def is_under_18(date_of_birth: dt.date, on: dt.date) -> bool:
    """Whether someone is under 18 on a day. Born on 29 February: 18 on 1 March."""
    years = on.year - date_of_birth.year
    if (on.month, on.day) < (date_of_birth.month, date_of_birth.day):
        years -= 1
    return years < ADULT_YEARS


def _with_orders(
    ends_on: dt.date,
    orders: Iterable[HoldingOrder],
    today: dt.date,
    reasons: list[tuple[str, tuple[Any, ...]]],
) -> Registration:
    over_on: dt.date | None = ends_on
    longest: HoldingOrder | None = None
    for order in orders:
        if order.made_on <= today and over_on is not None and order.outlasts(over_on):
            over_on, longest = order.last_day, order
    held_by = longest if over_on is None or over_on >= today else None
    if held_by is not None:
        reasons.append(("held_by", (held_by.kind, held_by.made_on, held_by.ends_on)))
    return Registration(
        ends_on=ends_on,
        held_by=held_by,
        over_on=over_on,
        has_ended=over_on is not None and over_on < today,
        reasons=tuple(reasons),
    )
