"""Going alone: with authority for one attempt, and never to some people (PRACTICE 11)."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from offenders.models import ManagementLevel, Offender, WarningMarker
from workflows.models import LoneVisitAuthority, Visit

#: Warning markers with which no one goes alone (PRACTICE 11).
NEVER_ALONE = (
    WarningMarker.Code.VI,
    WarningMarker.Code.FI,
    WarningMarker.Code.WE,
    WarningMarker.Code.AG,
)


def is_never_alone(person: Offender, on: dt.date) -> bool:
    """Whether, as far as is known of a London date, nobody was to visit the person alone.

    Very high risk by the newest decision up to that day, or a marker not yet withdrawn: since when
    a marker stood is not recorded, so it counts as always there.
    """
    decided = person.levels.filter(decided_on__lte=on).order_by("-decided_on", "-pk").first()
    if decided is not None and decided.level == ManagementLevel.VERY_HIGH:
        return True
    standing = Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=on)
    return person.markers.filter(standing, code__in=NEVER_ALONE).exists()


def unused(process_id: int) -> LoneVisitAuthority | None:
    """The authority of a piece of work under which nobody went yet. A void attempt was none."""
    went = Visit.objects.filter(lone_authority=OuterRef("pk"), voided_at__isnull=True)
    return LoneVisitAuthority.objects.filter(~Exists(went), process=process_id).first()


def used_by(
    officer: User, *, process_id: int, occurred_at: dt.datetime
) -> LoneVisitAuthority | None:
    """The authority that an attempt of `officer` alone uses: given before it, for that officer.

    One covers one attempt, whatever came of it.
    """
    found = unused(process_id)
    if found is None or found.officer_id != officer.pk or found.authorised_at > occurred_at:
        return None
    return found


def carry_over(*, from_process: int, to_process: int) -> None:
    """Leave an unused authority with the visit it was given for, when that goes to other work."""
    found = unused(from_process)
    if found is not None:
        found.process_id = to_process
        found.save(update_fields=["process"])
