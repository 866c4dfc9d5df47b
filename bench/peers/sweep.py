"""The sweep as a loop over people: facts by related managers, `get_or_create`, `save`."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from offenders.models import Address, Offender, Order
from offenders.registration import Basis, HoldingOrder
from rules import current
from workflows.engine import bulk
from workflows.models import Obligation, ObligationMove, Visit
from workflows.obligations import (
    Direction,
    Facts,
    LevelDecided,
    ModeDecided,
    Owed,
    ReleaseChecked,
    Stay,
    owed,
)


def sweep(people: Iterable[Offender], today: dt.date) -> int:
    """Bring each person's obligations in line, one after another. Returns how many were written."""
    rules, calendar = current.in_force(today), current.calendar()
    written = 0
    for person in people:
        owing = owed(facts_of(person, today), rules, calendar, today)
        with transaction.atomic():
            written += sum(_settle(person, item, today) for item in owing)
            written += _close_others(person, owing)
    return written


def _settle(person: Offender, item: Owed, today: dt.date) -> int:
    obligation, is_new = Obligation.objects.get_or_create(
        offender=person,
        kind=item.kind,
        about=item.about,
        closed_at=None,
        defaults={
            "force_id": person.force_id,
            "due_on": item.due_on,
            "original_due_on": item.due_on,
            "rule": item.rule,
        },
    )
    if is_new:
        bulk.open_work([obligation.pk])
        return 1
    if (obligation.due_on, obligation.rule) == (item.due_on, item.rule):
        return 0
    if obligation.due_on != item.due_on:
        ObligationMove.objects.create(
            obligation=obligation,
            from_on=obligation.due_on,
            to_on=item.due_on,
            rule=item.rule,
            because="sweep",
        )
    obligation.due_on, obligation.rule = item.due_on, item.rule
    obligation.version += 1
    obligation.save()
    bulk.refresh_tasks([person.pk])
    return 1


def _close_others(person: Offender, owing: Iterable[Owed]) -> int:
    wanted = {(item.kind, item.about) for item in owing}
    closed = 0
    for obligation in person.obligations.filter(closed_at__isnull=True):
        if (obligation.kind, obligation.about) not in wanted:
            obligation.closed_at, obligation.closed_because = timezone.now(), "not_owed"
            obligation.save()
            bulk.withdraw_work([obligation.pk])
            closed += 1
    return closed


def facts_of(person: Offender, today: dt.date) -> Facts:
    """What `owed` needs, read through the related managers of one person."""
    notified = person.notifications.filter(voided_at=None, notified_on__lte=today)
    visited = person.visits.filter(
        voided_at=None,
        found_ineffective_at=None,
        outcome=Visit.Outcome.EFFECTIVE,
        occurred_on__lte=today,
    )
    assessed = person.assessments.filter(state__in=["imported", "endorsed"], assessed_on__lte=today)
    last_notified = notified.order_by("-notified_on").first()
    last_visited = visited.order_by("-occurred_on").first()
    last_assessed = assessed.order_by("-assessed_on").first()
    home = person.addresses.filter(until_on=None, kind__in=Address.HOME).first()
    reviewed = person.case_reviews.filter(kind="supervisor_review", reviewed_on__lte=today)
    last_reviewed = reviewed.order_by("-reviewed_on").first()
    return Facts(
        offender_id=person.pk,
        force_id=person.force_id,
        date_of_birth=person.date_of_birth,
        known_on=timezone.localdate(person.recorded_at),
        last_reviewed_on=last_reviewed and last_reviewed.reviewed_on,
        registration_ended_on=person.registration_ended_on,
        bases=tuple(
            Basis(
                disposal=row.disposal,
                relevant_date=row.relevant_date,
                discharge_months=row.discharge_months,
            )
            for row in person.bases.all()
        ),
        orders=tuple(
            HoldingOrder(
                kind=row.kind,
                made_on=row.made_on,
                ends_on=row.ends_on,
                discharged_on=row.discharged_on,
            )
            for row in person.orders.filter(kind__in=Order.HOLDS)
        ),
        stays=tuple(
            Stay(
                row.from_on,
                row.until_on,
                row.status,
                row.began_with_release,
                row.release_expected_on,
            )
            for row in person.statuses.all()
        ),
        levels=tuple(
            LevelDecided(row.decided_on, row.pk, row.level) for row in person.levels.all()
        ),
        modes=tuple(ModeDecided(row.decided_on, row.pk, row.mode) for row in person.modes.all()),
        directions=tuple(
            Direction(row.given_on, row.visit_by)
            for row in person.visit_directions.filter(withdrawn_at=None)
        ),
        release_checks=tuple(
            ReleaseChecked(row.checked_on, row.pk, row.release_expected_on)
            for row in person.release_checks.all()
        ),
        last_notified_on=last_notified and last_notified.notified_on,
        last_visited_on=last_visited and last_visited.occurred_on,
        last_assessed_on=last_assessed and last_assessed.assessed_on,
        is_regularly_found=home is not None and home.kind == Address.Kind.REGULARLY_FOUND,
    )
