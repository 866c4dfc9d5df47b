"""What a write-up goes through one by one, and the evidence that visits leave for assessments."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.utils import timezone

from offenders.models import Offender
from risk.factors import FACTORS
from workflows.models import FactorEvidence, Task, Visit
from workflows.models.write_up_rows import NotifiedItem
from workflows.queries.holdings import Held, conditions_of, holdings_of


class VisitEvidence(NamedTuple):
    """What one visit left on one factor of risk."""

    factor: str
    text: str
    visited_on: dt.date
    visit: str


def write_up_rows(task: Task) -> dict[str, Any]:
    """Rows of what is known: conditions that bound on the day, devices, details, factors.

    Nothing is answered beforehand (PRACTICE 12).
    """
    if task.offender is None:
        return {}
    day = task.visit.occurred_on if task.visit else timezone.localdate()
    devices, accounts = holdings_of(task.offender)
    return {
        "device_checks": _held(devices, "device"),
        "account_checks": _held(accounts, "account"),
        "details": [{"item": item.value} for item in NotifiedItem],
        "condition_checks": [
            {
                "condition": str(one.public_id),
                "label": f"{one.get_polarity_display()}: {one.text}",
            }
            for one in conditions_of(task.offender, day)
        ],
        "evidence": [{"factor": factor.code} for factor in FACTORS],
    }


def visit_evidence_of(offender: Offender, since: dt.date | None) -> list[VisitEvidence]:
    """What effective visits after `since` (all, for None) left on each factor, newest visit first.

    Of a visit written up more than once the last write-up stands; what was voided or found not
    effective leaves none. The caller has found the person in a `permitted` list.
    """
    rows = FactorEvidence.objects.filter(
        write_up__visit__offender=offender,
        write_up__visit__voided_at__isnull=True,
        write_up__visit__found_ineffective_at__isnull=True,
        write_up__visit__outcome=Visit.Outcome.EFFECTIVE,
    ).select_related("write_up__visit")
    if since is not None:
        rows = rows.filter(write_up__visit__occurred_on__gt=since)
    newest_first = rows.order_by("-write_up__visit__occurred_on", "-write_up_id", "pk")
    return [
        VisitEvidence(
            row.factor,
            row.text,
            row.write_up.visit.occurred_on,
            str(row.write_up.visit.public_id),
        )
        for row in _of_last_write_ups(newest_first)
    ]


def _of_last_write_ups(rows: Iterable[FactorEvidence]) -> list[FactorEvidence]:
    """Of each visit the rows of its last write-up."""
    found = list(rows)
    visits = {row.write_up.visit_id for row in found}
    last: dict[int, int] = {}
    for visit_id, key in Visit.objects.filter(pk__in=visits).values_list("pk", "write_ups__pk"):
        last[visit_id] = max(key, last.get(visit_id, 0))
    return [row for row in found if row.write_up_id == last[row.write_up.visit_id]]


def _held(holdings: Iterable[Held], name: str) -> list[dict[str, str]]:
    return [{name: str(one.id), "label": one.label} for one in holdings if one.is_held]
