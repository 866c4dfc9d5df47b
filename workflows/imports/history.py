"""Visits, assessments and notifications that an extract states: only what is news."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.db.models import Max, Q

from offenders.actions import take_over_notifications
from offenders.models import Offender
from risk.actions import take_over_assessments
from workflows.imports.row import Row
from workflows.models import Kind, Obligation, Visit


@dataclass(slots=True)
class Fulfilled:
    """Open obligations that the history settles: (kind, about) by person, and their ids."""

    by_person: dict[int, list[tuple[str, str]]] = field(default_factory=dict)
    obligation_ids: list[int] = field(default_factory=list)


def take_over_history(people: Sequence[tuple[Offender, Row]]) -> Fulfilled:
    """Add what is later than anything known, and say which open obligations that settles.

    An earlier date replaces nothing. A visit inside a stay in custody is kept as stated.
    """
    visited = _take_over_visits(
        [(p, row.last_effective_visit_on) for p, row in people if row.last_effective_visit_on]
    )
    assessed = take_over_assessments(
        [(p, row.last_assessment_on) for p, row in people if row.last_assessment_on]
    )
    notified = take_over_notifications(
        [(p, row.last_notification_on) for p, row in people if row.last_notification_on]
    )
    return _fulfilled(
        {
            Kind.HOME_VISIT: visited,
            Kind.RISK_REASSESSMENT: assessed,
            Kind.INITIAL_NOTIFICATION: notified,
            Kind.PERIODIC_NOTIFICATION: notified,
        }
    )


def _take_over_visits(visited: Sequence[tuple[Offender, dt.date]]) -> set[int]:
    """Add each effective visit later than the last. Returns the ids of those people.

    One that was taken over and voided here is not taken over again.
    """
    days = dict(visited)
    voided = Visit.objects.filter(
        offender__in=days, origin=Visit.Origin.IMPORTED, voided_at__isnull=False
    )
    wrong = set(voided.values_list("offender_id", "occurred_on"))
    live = Visit.objects.filter(
        offender__in=days,
        outcome=Visit.Outcome.EFFECTIVE,
        voided_at__isnull=True,
        found_ineffective_at__isnull=True,
    )
    latest = live.values("offender_id").annotate(latest=Max("occurred_on"))
    known = dict(latest.values_list("offender_id", "latest"))
    later = [
        Visit(
            offender=offender,
            occurred_on=day,
            outcome=Visit.Outcome.EFFECTIVE,
            origin=Visit.Origin.IMPORTED,
        )
        for offender, day in days.items()
        if (offender.pk not in known or day > known[offender.pk])
        and (offender.pk, day) not in wrong
    ]
    Visit.objects.bulk_create(later)
    return {visit.offender_id for visit in later}


def _fulfilled(news: dict[Kind, Collection[int]]) -> Fulfilled:
    settled = Q()
    for kind, ids in news.items():
        if ids:
            settled |= Q(kind=kind, offender__in=ids)
    found = Fulfilled()
    if not settled:
        return found
    rows = Obligation.objects.filter(settled, closed_at__isnull=True)
    for key, offender_id, *settles in rows.values_list("pk", "offender_id", "kind", "about"):
        found.by_person.setdefault(offender_id, []).append((settles[0], settles[1]))
        found.obligation_ids.append(key)
    return found
