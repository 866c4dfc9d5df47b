"""Indicators as they are weighed: rows in, what the scale takes out. Nothing is written here."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When

from risk.indicator_types import half_lives
from risk.models import Indicator, IndicatorState
from risk.weights import IndicatorScale, Live
from rules import current


@dataclass(frozen=True, slots=True)
class LiveRow:
    """One live indicator as it is weighed, and to whom it is open."""

    key: int
    offender_id: int
    live: Live
    is_restricted: bool
    is_secret: bool


def live_rows(
    rows: "QuerySet[Indicator]", today: dt.date, *, as_at: dt.datetime | None = None
) -> list[LiveRow]:
    """`rows` as they are weighed on a London date, in the order of their keys. One statement.

    `as_at`: as triage stood at that instant, with what was not triaged yet as untriaged.
    """
    columns = (
        *("pk", "offender_id", "code", "severity", "source_grade", "assessment_grade", "state"),
        *("triaged_at", "decays_from", "engages", "is_restricted", "is_secret"),
    )
    engaged = rows.annotate(engages=_engages(today)).order_by("pk")
    return [_live_row(as_at, *row) for row in engaged.values_list(*columns)]


def scale_of(today: dt.date) -> IndicatorScale:
    """The figures by which indicators are weighed on a London date. One statement."""
    return IndicatorScale.of(current.in_force(today), half_lives())


def _live_row(as_at: dt.datetime | None, key: int, offender: int, *row: Any) -> LiveRow:
    code, severity, source, assessment, state, triaged_at, since, engages, restricted, secret = row
    is_untriaged = state == IndicatorState.UNTRIAGED
    if as_at is not None:
        is_untriaged = triaged_at is None or triaged_at > as_at
        since = since if since is not None and since <= as_at else None
    live = Live(code, severity, f"{source}{assessment}", bool(engages), is_untriaged, since)
    return LiveRow(key, offender, live, restricted, secret)


def _engages(today: dt.date) -> Case:
    """Whether its condition binds on the day: neither voided nor over, and nor is its order."""
    condition = Q(condition__voided_at__isnull=True, condition__starts_on__lte=today) & (
        Q(condition__ends_on__isnull=True) | Q(condition__ends_on__gte=today)
    )
    order = Q(condition__order__made_on__lte=today)
    order &= Q(condition__order__ends_on__isnull=True) | Q(condition__order__ends_on__gte=today)
    order &= Q(condition__order__discharged_on__isnull=True) | Q(
        condition__order__discharged_on__gt=today
    )
    has_one = Q(condition__isnull=False)
    return Case(
        When(has_one & condition & order, then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
