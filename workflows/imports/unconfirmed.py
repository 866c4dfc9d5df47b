"""What a file says by which a person would be visited less: not before someone here confirms it.

A file hides no overdue visit and ends no search (PRACTICE 13, 16). The person stays as they are
and the job carries a remark, for a supervisor to decide on.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import replace

from django.db.models import Q
from django.utils import timezone

from offenders.intake import Amendment, Intake, Remark
from offenders.models import ManagementLevel, ManagementMode, Order, Status
from workflows.models import Kind, Obligation


def held_back(amendments: Iterable[Amendment]) -> tuple[list[Amendment], list[Remark]]:
    """The amendments without what needs confirming, and a remark for each thing held back.

    `reactive_unconfirmed`: reactive management of someone who fails a criterion. Of
    `missing_unconfirmed`, a supervisor must confirm that someone is missing.
    """
    amendments = list(amendments)
    failing = _failing([a.offender.pk for a in amendments if _turns_reactive(a)])
    kept, remarks = [], []
    for amendment in amendments:
        before, after = amendment.before, amendment.after
        if _turns_reactive(amendment) and amendment.offender.pk in failing:
            after = replace(after, management_mode=ManagementMode.ACTIVE)
            remarks.append(Remark(after.source_ref, "reactive_unconfirmed"))
        if before is not None and _goes_missing(before, after):
            after = replace(after, whereabouts=before.whereabouts)
            remarks.append(Remark(after.source_ref, "missing_unconfirmed"))
        kept.append(Amendment(amendment.offender, before, after))
    return kept, remarks


def fails_criteria(intake: Intake, on: dt.date) -> bool:
    """Whether someone taken over in reactive management lacks a level or has a live order.

    They are taken over all the same, for a supervisor to look at (PRACTICE 16).
    """
    order = intake.order
    is_live = order is not None and (order.ends_on is None or order.ends_on >= on)
    lacks_level = intake.management_level == ManagementLevel.NOT_ASSESSED
    return intake.management_mode == ManagementMode.REACTIVE and (lacks_level or is_live)


def _turns_reactive(amendment: Amendment) -> bool:
    stands = amendment.offender.management_mode
    return amendment.after.management_mode == ManagementMode.REACTIVE != stands


def _goes_missing(before: Intake, after: Intake) -> bool:
    return after.whereabouts.status == Status.MISSING != before.whereabouts.status


def _failing(offender_ids: Collection[int]) -> set[int]:
    """Of these, who has an overdue visit, no level, or a live order. Nothing asked for nobody."""
    if not offender_ids:
        return set()
    today = timezone.localdate()
    late = Obligation.objects.filter(
        offender__in=offender_ids, kind=Kind.HOME_VISIT, closed_at=None, due_on__lt=today
    )
    live = Order.objects.filter(offender__in=offender_ids, discharged_on=None)
    bound = live.filter(Q(ends_on=None) | Q(ends_on__gte=today))
    unassessed = Q(offender__management_level=ManagementLevel.NOT_ASSESSED)
    lacking = Obligation.objects.filter(unassessed, offender__in=offender_ids, closed_at=None)
    rows = (late, bound, lacking)
    return {key for found in rows for key in found.values_list("offender_id", flat=True)}
