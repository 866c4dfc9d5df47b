"""Keeps what each person's indicators amount to in line with the indicators (docs/decisions/0024).

Derived, never counted: a standing is worked out from the live rows and written where it differs.
`keep_standings` runs in the transaction of whatever changed an indicator, a person or an order;
`settle_standings` at night, for what time and another rule set changed, and for what was missed.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from offenders.models import Offender
from risk.models import Indicator, IndicatorStanding
from risk.standing import Standing
from risk.weights import DAY, IndicatorScale
from workflows.actions.locking import lock_free
from workflows.weighing import LiveRow, live_rows, scale_of

#: People who are compared together, and rows in one INSERT or UPDATE.
CHUNK = 500
#: A ceiling that fell behind the score by more than this share is lowered at night, so that long
#: lists stop early; nothing depends on it.
SLACK = 0.125


def keep_standings(offender_ids: Iterable[int], *, today: dt.date | None = None) -> int:
    """Bring standings in line of people whose locks the caller holds. Returns how many differed.

    One statement where none of them has an indicator. Safe to run twice.
    """
    ids = _indicated(Offender.objects.filter(pk__in=list(offender_ids)))
    if not ids:
        return 0
    found = list(_differing(ids, today or timezone.localdate()))
    _write(found)
    return len(found)


def settle_standings(*, today: dt.date | None = None) -> int:
    """Bring everyone's standings in line with the day and its rules. Returns how many differed.

    Only who differs is locked and looked at again; who is being changed by somebody is left to
    them, or to the next run. Safe to run twice and to be killed.
    """
    day, last, written = today or timezone.localdate(), 0, 0
    while ids := _indicated(Offender.objects.filter(pk__gt=last), CHUNK):
        last = ids[-1]
        differing = [row.offender_id for row in _differing(ids, day, lowers=True)]
        if differing:
            with transaction.atomic():
                found = list(_differing(sorted(lock_free(differing)), day, lowers=True))
                _write(found)
            written += len(found)
    return written


def standings_that_differ(today: dt.date) -> int:
    """How many people's standings are not what their indicators give. Writes nothing."""
    last, count = 0, 0
    while ids := _indicated(Offender.objects.filter(pk__gt=last), CHUNK):
        last = ids[-1]
        count += sum(1 for _ in _differing(ids, today))
    return count


def _indicated(people: "QuerySet[Offender]", most: int | None = None) -> list[int]:
    """Those of `people` who have a live indicator or a standing, in ascending id."""
    live = Indicator.objects.live().filter(offender=OuterRef("pk"))
    kept = IndicatorStanding.objects.filter(offender=OuterRef("pk"))
    found = people.filter(Exists(live) | Exists(kept)).order_by("pk")
    return list(found.values_list("pk", flat=True)[:most])


def _differing(
    ids: Collection[int], today: dt.date, *, lowers: bool = False
) -> Iterator[IndicatorStanding]:
    """The standings, as they should be, of those whose row is another. Without terms: no row.

    `lowers`: those too whose ceiling is far above what is left. Three statements.
    """
    if not ids:
        return
    scale, at = scale_of(today), timezone.now()
    figures = scale.digest()
    rows: dict[int, list[LiveRow]] = defaultdict(list)
    for row in live_rows(Indicator.objects.live().filter(offender__in=ids, is_secret=False), today):
        rows[row.offender_id].append(row)
    kept = {row.offender_id: row for row in IndicatorStanding.objects.filter(offender__in=ids)}
    for offender_id in ids:
        fresh = _worked_out(offender_id, rows[offender_id], scale, figures, at)
        was = kept.get(offender_id)
        if was is None:
            if fresh.terms:
                yield fresh
        elif _content(was) != _content(fresh) or (lowers and _is_high(was, fresh)):
            fresh.pk = was.pk
            yield fresh


def _worked_out(
    offender_id: int,
    rows: Collection[LiveRow],
    scale: IndicatorScale,
    figures: str,
    at: dt.datetime,
) -> IndicatorStanding:
    whole = Standing.of([row.live for row in rows], scale)
    is_open = [row.live for row in rows if not row.is_restricted]
    return IndicatorStanding(
        offender_id=offender_id,
        terms=whole.written(),
        open_terms=None if len(is_open) == len(rows) else Standing.of(is_open, scale).written(),
        has_unactioned_critical=whole.has_unactioned_critical,
        # Of the day before: a list whose first page was read then goes on with its instant.
        ceiling=whole.ceiling(at - DAY),
        worked_out_at=at,
        figures=figures,
    )


def _content(row: IndicatorStanding) -> tuple[Any, ...]:
    return row.terms, row.open_terms, row.has_unactioned_critical, row.figures


def _is_high(was: IndicatorStanding, fresh: IndicatorStanding) -> bool:
    return was.ceiling * (1 - SLACK) > fresh.ceiling


def _write(found: Collection[IndicatorStanding]) -> None:
    gone = [row.pk for row in found if not row.terms]
    changed = [row for row in found if row.terms and row.pk is not None]
    if gone:
        IndicatorStanding.objects.filter(pk__in=gone).delete()
    if changed:
        fields = ["terms", "open_terms", "has_unactioned_critical", "ceiling", "worked_out_at"]
        IndicatorStanding.objects.bulk_update(changed, [*fields, "figures"], batch_size=CHUNK)
    IndicatorStanding.objects.bulk_create(
        [row for row in found if row.terms and row.pk is None], batch_size=CHUNK
    )
