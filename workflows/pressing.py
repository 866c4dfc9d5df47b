"""What presses about a person beside the due date: an order that ends, a change not assessed yet.

Both are copied onto the open steps, as the level is, so that no list reads orders and changes.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from django.db.models import Exists, Min, OuterRef
from django.utils import timezone

from offenders.models import Order
from risk.models import RiskAssessment, SignificantChange
from workflows.knowing import Record, Row
from workflows.models import Task

#: Assessments that stand (`workflows.facts.people`).
STANDING = (RiskAssessment.State.IMPORTED, RiskAssessment.State.ENDORSED)
ONE_DAY = dt.timedelta(days=1)
#: Steps that are compared together.
CHUNK = 2000


class Pressing(NamedTuple):
    """`order_ends_on`: the last day of the live order that ends first.

    `changed_on`: when the oldest significant change was known that no assessment has answered. An
    assessment of that day or later answers it, as with the reassessment it asks for
    (`obligations.reassessments`).
    """

    order_ends_on: dt.date | None
    changed_on: dt.date | None


NOT_PRESSING = Pressing(None, None)


def pressing_of(offender_ids: Collection[int], today: dt.date | None = None) -> dict[int, Pressing]:
    """What presses on a London date, by person; who is not there has nothing. Two statements."""
    if not offender_ids:
        return {}
    day, ids = today or timezone.localdate(), list(offender_ids)
    orders = Order.objects.filter(offender__in=ids).exclude(ends_on=None, discharged_on=None)
    ends = first_to_end(orders.values_list("offender", "ends_on", "discharged_on"), day)
    changed = oldest_unanswered(ids, day)
    return {key: Pressing(ends.get(key), changed.get(key)) for key in {**ends, **changed}}


def pressed_otherwise(today: dt.date) -> Iterator[list[int]]:
    """The people whose open steps have other copies than what presses, step by step, in chunks.

    Three statements a chunk. Writes nothing.
    """
    last = 0
    fields = ("pk", "offender_id", "order_ends_on", "changed_on")
    steps = Task.objects.open().filter(flow_task_type="HUMAN").order_by("pk")
    while rows := list(steps.filter(pk__gt=last).values_list(*fields)[:CHUNK]):
        last = rows[-1][0]
        found = pressing_of({row[1] for row in rows}, today)
        yield [
            person
            for _, person, ends_on, changed_on in rows
            if found.get(person, NOT_PRESSING) != (ends_on, changed_on)
        ]


def first_to_end(rows: Iterable[Row], day: dt.date) -> dict[int, dt.date]:
    """The last day of that live order which ends first, by person. Pure.

    `rows`: (person, last day, day of discharge). On the day a court discharges one it no longer
    binds: the day before was its last.
    """
    found: dict[int, dt.date] = {}
    for key, ends_on, discharged_on in rows:
        ends = [day for day in (ends_on, discharged_on and discharged_on - ONE_DAY) if day]
        if ends and min(ends) >= day:
            found[key] = min(found.get(key, dt.date.max), *ends)
    return found


def oldest_unanswered(
    ids: Collection[int], day: dt.date, record: Record | None = None
) -> dict[int, dt.date]:
    """The day on which the oldest change was known that no assessment has answered, by person.

    `record`: as it stood at an instant. One statement.
    """
    known = record or Record()
    standing = RiskAssessment.objects.filter(state__in=STANDING)
    answered = known.since(known.of(standing), "decided_at").filter(
        offender=OuterRef("offender"), assessed_on__gte=OuterRef("known_on"), assessed_on__lte=day
    )
    changes = known.of(SignificantChange.objects.filter(offender__in=ids, known_on__lte=day))
    oldest = changes.filter(~Exists(answered)).values("offender").annotate(on=Min("known_on"))
    return dict(oldest.order_by().values_list("offender", "on"))
