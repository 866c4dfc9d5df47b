"""Absences with their cover, and delegations: the only code that writes them.

It neither audits nor tells anyone nor judges who may: `workflows.actions` does.
"""

import datetime as dt

from django.db.models import Q
from django.utils import timezone

from accounts.models import Absence, Delegation, Role, User


def record_absence(
    *,
    officer: User,
    kind: Absence.Kind,
    from_on: dt.date,
    until_on: dt.date,
    cover: User | None,
    recorded_by: User,
) -> Absence:
    """Note that an officer is away; `until_on` is the first day back."""
    return Absence.objects.create(
        officer=officer,
        kind=kind,
        from_on=from_on,
        until_on=until_on,
        cover=cover,
        recorded_by=recorded_by,
    )


def cancel_absence(*, absence: Absence, cancelled_by: User) -> Absence:
    """Call an absence off, or end it early: it held until now."""
    absence.cancelled_by, absence.cancelled_at = cancelled_by, timezone.now()
    absence.save(update_fields=["cancelled_by", "cancelled_at"])
    return absence


def grant_delegation(
    *,
    delegator: User,
    delegate: User,
    from_at: dt.datetime,
    until_at: dt.datetime,
    reason: str,
    granted_by: User,
) -> Delegation:
    """Give the delegator's decisions to the delegate for a while."""
    role = Role(delegator.role)
    return Delegation.objects.create(
        delegator=delegator,
        delegate=delegate,
        role=role,
        team_id=delegator.team_id if role is Role.SUPERVISOR else None,
        from_at=from_at,
        until_at=until_at,
        reason=reason,
        granted_by=granted_by,
    )


def revoke_delegation(*, delegation: Delegation, revoked_by: User) -> Delegation:
    """End a delegation. Whoever has it on loses it with their next request."""
    delegation.ended_because = Delegation.Ended.REVOKED
    delegation.ended_by, delegation.ended_at = revoked_by, timezone.now()
    delegation.save(update_fields=["ended_because", "ended_by", "ended_at"])
    return delegation


def end_all(user: User) -> tuple[list[Delegation], list[Absence]]:
    """End every delegation from or to `user`, and everything they cover.

    For an account that closed or vetting that lapsed (PRACTICE 15). Returns what ended; safe to
    run twice. Three statements at most.
    """
    now = timezone.now()
    either = Q(delegator=user) | Q(delegate=user)
    given = Delegation.objects.ending_after(now).filter(either)
    delegations = list(given.select_related("delegator", "delegate").order_by("pk"))
    Delegation.objects.filter(pk__in=[row.pk for row in delegations]).update(
        ended_because=Delegation.Ended.LAPSED, ended_at=now
    )
    covering = Absence.objects.ending_after(timezone.localdate(now)).covered().filter(cover=user)
    absences = list(covering.select_related("officer").order_by("pk"))
    Absence.objects.filter(pk__in=[row.pk for row in absences]).update(cover_ended_at=now)
    return delegations, absences
