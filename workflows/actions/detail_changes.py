"""Notified details that are no longer as they were notified: each asks for a notification."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from accounts.models import User
from offenders.actions.counting import stamp
from offenders.errors import Invalid
from workflows.models import DetailChange, Visit, VisitWriteUp
from workflows.models.write_up_rows import ItemFinding


def note_changed(record: VisitWriteUp, user: User, details: Iterable[Mapping[str, Any]]) -> None:
    """Keep what a write-up found changed, and withdraw what an earlier one of the visit said.

    Raises Invalid: `not_changed`, `after_the_visit`.
    """
    visit = record.visit
    said = _changed(visit, details)
    for row in DetailChange.objects.filter(visit=visit, withdrawn_at__isnull=True):
        if said.get(row.item) == row.changed_on:
            said.pop(row.item)
        else:
            stamp(row, "withdrawn_at")
    for item, changed_on in said.items():
        DetailChange.objects.create(
            offender_id=visit.offender_id,
            item=item,
            changed_on=changed_on,
            found_on=visit.occurred_on,
            visit=visit,
            recorded_by=user,
        )


def withdraw_changed(visit: Visit) -> None:
    """What a visit that is void found asks for nothing."""
    for row in DetailChange.objects.filter(visit=visit, withdrawn_at__isnull=True):
        stamp(row, "withdrawn_at")


def _changed(visit: Visit, details: Iterable[Mapping[str, Any]]) -> dict[str, dt.date]:
    """Since when each detail that changed is another: the day of the visit, unless it is said."""
    found = {}
    for place, row in enumerate(details):
        day, field = row.get("changed_on"), f"details.{place}.changed_on"
        if row["finding"] != ItemFinding.CHANGED:
            if day is not None:
                said = "Say that it changed, or leave the day empty."
                raise Invalid("not_changed", said, field=field)
            continue
        if day is not None and day > visit.occurred_on:
            raise Invalid("after_the_visit", "The visit was before that day.", field=field)
        found[row["item"]] = day or visit.occurred_on
    return found
