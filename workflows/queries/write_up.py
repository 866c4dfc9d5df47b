"""What a write-up goes through one by one, what a returned one says, and the evidence that visits
leave for assessments."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.utils import timezone

from offenders.models import Offender
from risk.factors import FACTORS
from workflows.models import FactorEvidence, Task, Visit, VisitWriteUp
from workflows.models.write_up_rows import NotifiedItem
from workflows.queries.holdings import Held, conditions_of, holdings_of
from workflows.queries.written import values_of
from workflows.steps import WriteUpVisit

#: The rows of a write-up, read with it.
WRITE_UP_ROWS = (
    "purpose_rows",
    "persons",
    "device_checks__checked",
    "account_checks__checked",
    "found_devices__found",
    "found_accounts__found",
    "details",
    "condition_checks__checked",
    "evidence",
    "actions__raised__owner",
)
#: The rows that the form goes through one by one, and what each is about.
GONE_THROUGH = {
    "device_checks": "device",
    "account_checks": "account",
    "details": "item",
    "condition_checks": "condition",
    "evidence": "factor",
}
#: Of these what was written stays, also where the form does not go through it any more: a device
#: that was seized at the visit is no longer held.
STAYS = ("device_checks", "account_checks")


class VisitEvidence(NamedTuple):
    """What one visit left on one factor of risk."""

    factor: str
    text: str
    visited_on: dt.date
    visit: str


def starts_from(task: Task) -> dict[str, Any]:
    """Values of the form: what is known, to be gone through; of a returned visit what was written.

    Nothing is answered beforehand in a new form (PRACTICE 12). What a supervisor returned is its
    writer's own words, days and answers among them; why somebody wrote for others is asked anew of
    somebody else.
    """
    begun, last = write_up_rows(task), returned(task)
    if last is None:
        return begun
    written = values_of(WriteUpVisit(), last)
    if last.written_by_id != task.owner_id:
        written["entry_reason"] = ""
    found = _found_at(last)
    for name, about in GONE_THROUGH.items():
        rows = [row for row in begun.get(name, ()) if row[about] not in found]
        written[name] = _over(rows, written[name], about, stays=name in STAYS)
    return {name: value for name, value in written.items() if value not in (None, "")}


def returned(task: Task) -> VisitWriteUp | None:
    """The write-up that a supervisor returned, which the task writes again; None for a first."""
    written = VisitWriteUp.objects.filter(visit=task.visit_id) if task.visit_id else None
    if written is None:
        return None
    rows = written.select_related("written_by").prefetch_related(*WRITE_UP_ROWS)
    return rows.order_by("-pk").first()


def starting_words(task: Task) -> str:
    """With whose words the form starts; empty where it starts without any."""
    last = returned(task)
    if last is None:
        return ""
    day = f"{timezone.localtime(last.written_at):%-d %B %Y}"
    return (
        f"The form starts with what {last.written_by.display_name} wrote on {day}, which was "
        "returned. Change what is not so. Actions that stay as they are are not raised again."
    )


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


def _over(
    rows: Iterable[Mapping[str, Any]],
    written: Iterable[Mapping[str, Any]],
    about: str,
    *,
    stays: bool,
) -> list[dict[str, Any]]:
    """`rows`, each with what was written of the same; with `stays` what else was written too."""
    said = {str(row[about]): {**row, about: str(row[about])} for row in written}
    found = [{**row, **said.pop(str(row[about]), {})} for row in rows]
    return [*found, *said.values()] if stays else found


def _found_at(record: VisitWriteUp) -> set[str]:
    """Public ids of what a write-up found undeclared: it stands there, and is not looked for."""
    devices = {str(row.found.public_id) for row in record.found_devices.all()}
    return devices | {str(row.found.public_id) for row in record.found_accounts.all()}
