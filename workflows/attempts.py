"""When another attempt at a home visit is wanted, after one that failed (PRACTICE 4).

It follows from the visits that stand, and is never put down once and for all: an attempt that is
voided, or that lies before an effective visit, asks for nothing.
"""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from offenders.models import ManagementLevel
from rules import current
from workflows.models import Obligation, Visit

#: Which rule asks for another attempt after a failed one (PRACTICE 3, 4).
RULES = {
    ManagementLevel.VERY_HIGH: "visit.after_failed_attempt.very_high",
    ManagementLevel.HIGH: "visit.after_failed_attempt.high",
    ManagementLevel.NOT_ASSESSED: "visit.after_failed_attempt.high",
}
OTHERS = "visit.after_failed_attempt.other"


def last_failed_on(offender_ids: Iterable[int]) -> dict[int, dt.date]:
    """The day of each person's last failed attempt since they were last visited effectively.

    Of attempts at visits that came to be owed no more, as in custody, none counts. One statement.
    """
    later = Q(occurred_on__gt=OuterRef("occurred_on")) | Q(occurred_at__gte=OuterRef("occurred_at"))
    seen = Visit.objects.effective().filter(later, offender=OuterRef("offender"))
    dropped = Obligation.ClosedBecause.NOT_OWED
    failed = (
        Visit.objects.filter(~Exists(seen), offender__in=list(offender_ids))
        .filter(voided_at__isnull=True)
        .exclude(outcome=Visit.Outcome.EFFECTIVE)
        .exclude(process__obligation__closed_because=dropped)
    )
    return dict(failed.order_by("occurred_on").values_list("offender", "occurred_on"))


def again_by(level: str, failed_on: dt.date) -> dt.date:
    """By when another attempt is wanted, at a level, after one that failed on a London date."""
    rule = RULES.get(ManagementLevel(level), OTHERS)
    return current.in_force(failed_on).rule(rule).due(failed_on, current.calendar())
