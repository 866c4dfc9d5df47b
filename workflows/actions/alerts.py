"""Telling officers what they should know (PRACTICE 10, 15), and their having read it."""

import datetime as dt
from collections.abc import Collection, Iterable
from uuid import UUID

from django.db import transaction
from django.utils import timezone

import audit.record as audit
from accounts.actor import Actor
from accounts.models import Role, User
from accounts.policy import Action, require
from audit.models import Operation
from rules import current
from workflows.errors import NotVisible
from workflows.models import Alert


def tell(alerts: Iterable[Alert]) -> int:
    """Insert what is not told yet. Returns how many were new.

    Called inside the action that it tells of, whose one event names the act; telling is no act.
    Safe to run twice: the same `subject` is told to an officer once (`alert_told_once`).
    """
    wanted = {(alert.to_id, alert.about, alert.subject): alert for alert in alerts}
    told = Alert.objects.filter(
        to__in={to for to, _, _ in wanted}, subject__in={subject for _, _, subject in wanted}
    )
    known = set(told.values_list("to_id", "about", "subject"))
    new = [alert for key, alert in wanted.items() if key not in known]
    Alert.objects.bulk_create(new)
    return len(new)


@transaction.atomic
def mark_seen(*, by: Actor, alerts: Collection[UUID]) -> int:
    """Note that the officer has read these alerts. Returns how many were unread until now.

    Safe to run twice. Raises NotPermitted, NotVisible where one was told to somebody else.
    """
    require(by, Action.ALERT_MARK_SEEN)
    wanted = set(alerts)
    found = list(Alert.objects.permitted(by, Action.ALERT_VIEW).filter(public_id__in=wanted))
    if len(found) != len(wanted):
        raise NotVisible
    unread = [alert.pk for alert in found if alert.seen_at is None]
    Alert.objects.filter(pk__in=unread).update(seen_at=timezone.now())
    audit.record(
        by=by,
        action=Action.ALERT_MARK_SEEN,
        operation=Operation.ALTERATION,
        row_count=len(unread),
        payload={"alerts": sorted(str(alert.public_id) for alert in found)},
    )
    return len(unread)


def warn_of_vetting(*, today: dt.date | None = None) -> int:
    """Tell officers, and their teams' supervisors, that vetting is about to end.

    As early as rule `vetting.warning` says, once for each last day. Returns how many alerts were
    new. Safe to run twice.
    """
    day = today or timezone.localdate()
    warning, calendar = current.in_force(day).rule("vetting.warning"), current.calendar()
    vetted = User.objects.filter(is_active=True, vetting_expires_on__gte=day)
    # The rule says how long before a day, in words of its own: asked of each day there is.
    days = vetted.order_by().values_list("vetting_expires_on", flat=True).distinct()
    near = [last for last in days if last and warning.due(last, calendar) <= day]
    ending = vetted.filter(vetting_expires_on__in=near)
    supervisors: dict[int, list[User]] = {}
    senior = User.objects.filter(is_active=True, role=Role.SUPERVISOR, team__isnull=False)
    for supervisor in senior.filter(team__in=ending.values("team")):
        supervisors.setdefault(supervisor.team_id or 0, []).append(supervisor)
    alerts = [
        Alert(
            to=to,
            about=Alert.About.VETTING_ENDS,
            subject=f"user:{officer.public_id}:{officer.vetting_expires_on}",
            officer=officer,
            on=officer.vetting_expires_on or day,
        )
        for officer in ending
        for to in {officer, *supervisors.get(officer.team_id or 0, [])}
    ]
    with transaction.atomic():
        return tell(alerts)
