"""Visits, assessments and notifications that an extract states: only what is news."""

import datetime as dt
from collections.abc import Collection, Sequence

from django.db.models import Max, Q

from offenders.actions import take_over_notifications
from offenders.models import Offender
from risk.actions import take_over_assessments
from workflows.imports.row import Row
from workflows.models import Kind, Obligation, Visit

#: What the history settles of each person, by key: (kind, about).
Settled = dict[int, list[tuple[str, str]]]


def take_over_history(people: Sequence[tuple[Offender, Row]]) -> Settled:
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
    return _settled(
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
    live = Visit.objects.effective().filter(offender__in=days)
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


def _settled(news: dict[Kind, Collection[int]]) -> Settled:
    """The open obligations of those kinds of the people who have news."""
    either = Q()
    for settles, ids in news.items():
        if ids:
            either |= Q(kind=settles, offender__in=ids)
    settled: Settled = {}
    if not either:
        return settled
    rows = Obligation.objects.filter(either, closed_at__isnull=True)
    for offender_id, kind, about in rows.values_list("offender_id", "kind", "about"):
        settled.setdefault(offender_id, []).append((kind, about))
    return settled
