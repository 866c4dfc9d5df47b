"""Which visits a supervisor looks at, and who took part in one (PRACTICE 10, 11)."""

from collections.abc import Collection
from functools import reduce
from operator import or_
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
    found = reduce(or_, _written_causes().values())
    written = VisitWriteUp.objects.filter(found, visit__in=asked)
    return said | set(written.values_list("visit_id", flat=True))


def causes_of(visit: Visit) -> list[str]:
    """What it is that gives cause, by codes that `words.CAUSES` of the pages has; none where none.

    `concern`, `alone`, `orders`, `condition`, `detail`, `device`, `account`. By what makes a visit
    one of `giving_cause`. Six statements, for one visit.
    """
    written = VisitWriteUp.objects.filter(visit=visit)
    found = [code for code, said in _written_causes().items() if written.filter(said).exists()]
    if visit.concern and "concern" not in found:
        found.insert(0, "concern")
    return found + (["alone"] if visit.lone and not visit.lone_authorised else [])


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


def _written_causes() -> dict[str, Q]:
    """What of a write-up gives cause: a concern, orders or conditions not kept, details changed,
    and devices and accounts that nobody declared."""
    rows: dict[str, QuerySet[Any]] = {
        "condition": ConditionCheck.objects.filter(finding="not_kept"),
        "detail": DetailCheck.objects.filter(finding="changed"),
        "device": FoundDevice.objects.all(),
        "account": FoundAccount.objects.all(),
    }
    return {"concern": Q(concern=True), "orders": Q(orders_complied_with="no")} | {
        code: Q(Exists(found.filter(write_up=OuterRef("pk")))) for code, found in rows.items()
    }
