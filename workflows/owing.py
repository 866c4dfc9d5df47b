"""What is owed to everyone of a force on a day, as a table to compare with another system's."""

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.models import Force
from offenders.models import Offender
from offenders.registration import registration
from rules import current
from workflows.facts import stream
from workflows.models import Kind, Obligation
from workflows.obligations import owed

#: The kinds that are told, in their order.
TOLD = (
    Kind.HOME_VISIT,
    Kind.RISK_REASSESSMENT,
    Kind.PERIODIC_NOTIFICATION,
    Kind.INITIAL_NOTIFICATION,
)

Answer = dict[str, str | bool | None]


def answers(*, force: Force, as_of: dt.date, today: dt.date | None = None) -> dict[str, Answer]:
    """By reference: when registration ends and each thing is due, and whether it has ended.

    Today's due dates are read from the open obligations; another day's are worked out from the
    facts dated up to that day. The two never differ on one day.
    """
    refs = dict(Offender.objects.filter(force=force).values_list("pk", "source_ref"))
    rules, calendar = current.in_force(as_of), current.calendar()
    rows = _open_rows(force) if as_of == (today or timezone.localdate()) else None
    found: dict[str, Answer] = {}
    for facts in stream(force_id=force.pk, as_of=as_of):
        if rows is not None:
            due = rows.get(facts.offender_id, {})
        else:
            due = {item.kind: item.due_on for item in owed(facts, rules, calendar, as_of)}
        standing = registration(facts.bases, facts.orders, facts.date_of_birth, rules, as_of)
        answer: Answer = {"registration_ends_on": _iso(standing.ends_on)}
        answer.update({kind.value: _iso(due.get(kind)) for kind in TOLD})
        if standing.has_ended:
            answer["ended"] = True
        found[refs[facts.offender_id]] = answer
    return found


def _open_rows(force: Force) -> dict[int, dict[str, dt.date]]:
    rows = Obligation.objects.filter(force=force, closed_at__isnull=True)
    found: dict[int, dict[str, Any]] = {}
    for offender_id, kind, due_on in rows.values_list("offender_id", "kind", "due_on"):
        found.setdefault(offender_id, {})[kind] = due_on
    return found


def _iso(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()
