"""Which visits a supervisor looks at, and who took part in one (PRACTICE 10, 11)."""

from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from rules import current
from workflows.models import (
    ConditionCheck,
    DetailCheck,
    FoundAccount,
    FoundDevice,
    Visit,
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
    """Concern, a lone visit without authority (PRACTICE 11), or a finding that asks for a decision.

    What an earlier write-up said stays said: writing it again does not take it away.
    """
    alone = visit.lone and not visit.lone_authorised
    if alone or visit.concern or visit.write_ups.filter(concern=True).exists():
        return True
    if visit.write_ups.filter(orders_complied_with="no").exists():
        return True
    return any(rows.filter(write_up__visit=visit).exists() for rows in _findings())


def took_part(user: User | int, visit: Visit) -> bool:
    """Whether `user`, or the officer of that key, attended, recorded or wrote up the visit.

    Then someone else decides on it.
    """
    key = user if isinstance(user, int) else user.pk
    return (
        visit.recorded_by_id == key
        or visit.attendances.filter(user=key).exists()
        or visit.write_ups.filter(written_by=key).exists()
    )


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
