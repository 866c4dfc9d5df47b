"""What speaks against directing that the next home visit be made by an earlier day (PRACTICE 4)."""

import datetime as dt

from django.utils import timezone

from offenders.errors import Invalid, RuleBroken
from offenders.models import Offender
from workflows.models import Kind, Visit


def refuse_direction(person: Offender, visit_by: dt.date, *, besides: str = "") -> None:
    """Raise what speaks against it; nothing where the visit would be brought forward.

    `besides`: what to do where it is due by then already. Raises RuleBroken: `no_visit_owed`,
    `visited_today`; Invalid: `in_past`, `not_earlier`.
    """
    today = timezone.localdate()
    visit = person.obligations.filter(kind=Kind.HOME_VISIT, closed_at__isnull=True).first()
    if visit is None:
        raise RuleBroken("no_visit_owed", "No home visit is owed to this person now.")
    if visit_by < today:
        raise Invalid("in_past", "That day is past.", field="visit_by")
    if visit_by >= visit.due_on:
        said = f"The visit is due by then already. {besides}".strip()
        raise Invalid("not_earlier", said, field="visit_by")
    if Visit.objects.effective().filter(offender=person, occurred_on=today).exists():
        raise RuleBroken("visited_today", "Visited today: a direction can be given tomorrow.")
