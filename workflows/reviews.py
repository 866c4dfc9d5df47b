"""Which visits a supervisor looks at, and who took part in one (PRACTICE 10, 11)."""

from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from rules import current
from workflows.models import (
    ConditionCheck,
    DetailCheck,
    FoundAccount,
    FoundDevice,
    Visit,
    VisitAttendance,
    VisitReview,
    VisitWriteUp,
)

#: The figure that says how many of the visits that give no cause are endorsed, in percent.
SHARE = "visit.endorse_share"


def is_endorsed(visit: Visit) -> bool:
    """Whether a supervisor endorses the visit: always where it gives cause, else by the share.

    Which ones follows from the visit's own id, so that nobody can choose, and asking twice gives
    the same answer.
    """
    share = current.in_force(visit.occurred_on).figure(SHARE)
    return visit.public_id.int % 100 < share or gives_cause(visit)


def gives_cause(visit: Visit) -> bool:
    """Whether the visit is one of `giving_cause`."""
    return visit.pk in giving_cause([visit])


def giving_cause(visits: Collection[Visit]) -> set[int]:
    """The keys of those with concern, a lone visit without authority (PRACTICE 11), or a finding
    that asks for a decision. One statement at most.

    What an earlier write-up said stays said: writing it again does not take it away.
    """
    said = {
        visit.pk for visit in visits if visit.concern or (visit.lone and not visit.lone_authorised)
    }
    asked = [visit.pk for visit in visits if visit.pk not in said]
    if not asked:
        return said
    found = Q(concern=True) | Q(orders_complied_with="no")
    for rows in _findings():
        found |= Q(Exists(rows.filter(write_up=OuterRef("pk"))))
    written = VisitWriteUp.objects.filter(found, visit__in=asked)
    return said | set(written.values_list("visit_id", flat=True))


def decisions_on(visit: Visit) -> list[VisitReview.Decision]:
    """What can be decided on the visit (decision 0017).

    An attempt that failed is not written up, so there is nothing to return, and it never counted,
    so it is not found ineffective: it is accepted, with what is to be done.
    """
    if visit.outcome == Visit.Outcome.EFFECTIVE:
        return [*VisitReview.Decision]
    return [VisitReview.Decision.ACCEPTED]


def took_part(user: User | int, visit: Visit) -> bool:
    """Whether the visit is one of those in which `user` took part: someone else decides on it."""
    return visit.pk in taking_part(user, [visit])


def taking_part(user: User | int, visits: Collection[Visit]) -> set[int]:
    """The keys of those that `user`, or the officer of that key, attended, recorded or wrote up.

    One statement at most.
    """
    key = user if isinstance(user, int) else user.pk
    own = {visit.pk for visit in visits if visit.recorded_by_id == key}
    asked = [visit.pk for visit in visits if visit.pk not in own]
    if not asked:
        return own
    there = VisitAttendance.objects.filter(visit=OuterRef("pk"), user=key)
    written = VisitWriteUp.objects.filter(visit=OuterRef("pk"), written_by=key)
    rows = Visit.objects.filter(Exists(there) | Exists(written), pk__in=asked)
    return own | set(rows.values_list("pk", flat=True))


def has_reviewed(user: User, visit: Visit) -> bool:
    """Whether `user` decided on the visit, or somebody did for them: then they take no part in it.

    The database refuses it as well (`workflows.own_visits`).
    """
    return visit.reviews.filter(Q(reviewed_by=user) | Q(reviewed_for=user)).exists()


def _findings() -> tuple[QuerySet[Any], ...]:
    """Conditions not kept, details changed, and devices and accounts that nobody declared."""
    return (
        ConditionCheck.objects.filter(finding="not_kept"),
        DetailCheck.objects.filter(finding="changed"),
        FoundDevice.objects.all(),
        FoundAccount.objects.all(),
    )
