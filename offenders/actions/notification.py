"""Occasions on which a person notified the police."""

import datetime as dt

from django.utils import timezone

from accounts.models import User
from offenders.actions.counting import save_changed, stamp
from offenders.models import Notification, Offender


def record_notification(
    *,
    offender: Offender,
    kind: Notification.Kind,
    notified_on: dt.date,
    recorded_by: User,
    station: str = "",
    details_changed: str = "",
    acknowledged: bool = False,
) -> Notification:
    """Record that a person notified."""
    notification = Notification.objects.create(
        offender=offender,
        kind=kind,
        notified_on=notified_on,
        station=station,
        details_changed=details_changed,
        acknowledged=acknowledged,
        recorded_by=recorded_by,
    )
    save_changed(offender)
    return notification


def check_notification(
    *, notification: Notification, checked_by: User, acting_for: int | None = None
) -> Notification:
    """Accept the record of a notification; not by or for who wrote it (constraints).

    `acting_for` is the key of whose decision the checker makes.
    """
    notification.checked_by, notification.checked_for_id = checked_by, acting_for
    notification.checked_at = timezone.now()
    notification.save(update_fields=["checked_by", "checked_for", "checked_at"])
    return notification


def void_notification(*, notification: Notification, voided_by: User, reason: str) -> Notification:
    """Void a wrong record, with why. It is kept, and counts no more."""
    notification.voided_by = voided_by
    notification.void_reason = reason
    stamp(notification, "voided_at", "voided_by", "void_reason")
    return notification
