"""Absences: who is away and who covers.

Nothing changes hands: the offender manager stays, and the work of an officer who is away is shown
to who covers and to the supervisor as it is read (`workflows.queries.absences`).
"""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils import timezone

import audit.record as audit
from accounts import standing_in
from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.models import Absence, Role, User
from accounts.policy import Action, Reach, require
from audit.models import Operation
from offenders.errors import Invalid, RuleBroken
from workflows.actions.alerts import tell
from workflows.actions.locking import lock_officers
from workflows.actions.locking import officer as signed_in
from workflows.actions.receiving import can_take
from workflows.models import Alert
from workflows.queries import absences as reads

#: Whose absence leaves work behind.
AWAY_ROLES = (Role.OFFENDER_MANAGER, Role.SUPERVISOR, Role.INSPECTOR)
#: Where nobody of the force has a staff number that was typed.
UNKNOWN = "No officer whom you may choose has that staff number."


@transaction.atomic
def record_absence(
    *,
    by: Actor,
    kind: Absence.Kind,
    from_on: dt.date,
    until_on: dt.date,
    officer: str = "",
    cover: str = "",
) -> Absence:
    """Record that an officer is away, oneself where `officer` is empty; `until_on` is the day back.

    Officers and cover are named by staff number. Whoever covers and the team's supervisors are told
    once. Raises NotPermitted, TaskBusy; Invalid: `unknown_officer`, `ends_before_it_begins`,
    `in_past`; RuleBroken: `not_yours`, `already_absent`, `cannot_cover`, `cover_is_absent`.
    """
    require(by, Action.ABSENCE_RECORD)
    recorder = signed_in(by)
    away = _named(by, officer, field="officer") if officer.strip() else recorder
    _refuse_beyond_reach(by, away, Action.ABSENCE_RECORD)
    _refuse_impossible(from_on, until_on)
    covering = _named(by, cover, field="cover") if cover.strip() else None
    locked = {user.pk: user for user in lock_officers({away.pk, *_keys(covering)})}
    away, covering = locked[away.pk], locked.get(covering.pk) if covering else None
    _refuse_overlap(away, from_on, until_on)
    if covering is not None:
        _refuse_cover(covering, away, from_on, until_on)
    absence = standing_in.record_absence(
        officer=away,
        kind=kind,
        from_on=from_on,
        until_on=until_on,
        cover=covering,
        recorded_by=recorder,
    )
    _tell_both(absence, recorder)
    _record(by, absence, Action.ABSENCE_RECORD)
    return absence


@transaction.atomic
def cancel_absence(*, by: Actor, absence: UUID) -> Absence:
    """Call an absence off, or end it early. Its cover loses the work with the next request.

    Raises NotVisible, NotPermitted, TaskBusy; RuleBroken: `not_yours`, `absence_over`.
    """
    require(by, Action.ABSENCE_CANCEL)
    lock_officers([reads.visible(by, absence).officer_id])
    found = reads.visible(by, absence)
    _refuse_beyond_reach(by, found.officer, Action.ABSENCE_CANCEL)
    if found.cancelled_at is not None or found.until_on <= timezone.localdate():
        raise RuleBroken("absence_over", "That absence is over already.")
    standing_in.cancel_absence(absence=found, cancelled_by=signed_in(by))
    _record(by, found, Action.ABSENCE_CANCEL)
    return found


def warn_of_uncovered(*, today: dt.date | None = None) -> int:
    """Tell supervisors of officers who are away without cover and have work due.

    Once for each absence, whenever work first falls due in it. Returns how many alerts were new.
    Safe to run twice.
    """
    day = today or timezone.localdate()
    waiting = reads.uncovered_with_work(day)
    alerts = [
        Alert(
            to=to,
            about=Alert.About.ABSENT_NO_COVER,
            subject=f"absence:{absence.public_id}",
            officer=absence.officer,
            people=people,
            on=absence.from_on,
        )
        for absence, people in waiting
        for to in told_of(absence.officer, day)
    ]
    with transaction.atomic():
        return tell(alerts)


def told_of(away: User, day: dt.date) -> list[User]:
    """Who answers for the work of an absent officer: supervisors of the team who are there.

    Where there are none, the inspectors of the force. Never the officer.
    """
    able = User.objects.filter(is_active=True, force=away.force).exclude(pk=away.pk)
    there = able.exclude(pk__in=Absence.objects.on(day).values("officer")).order_by("pk")
    supervisors = there.filter(role=Role.SUPERVISOR, team=away.team, team__isnull=False)
    return _current(supervisors, day) or _current(there.filter(role=Role.INSPECTOR), day)


def _current(users: Iterable[User], day: dt.date) -> list[User]:
    return [user for user in users if Actor.of_user(user, day).is_current]


def _keys(user: User | None) -> set[int]:
    return set() if user is None else {user.pk}


def _named(by: Actor, staff_number: str, *, field: str) -> User:
    """The officer of the actor's force with that number, in a role that has work here."""
    numbered = User.objects.filter(staff_number=staff_number.strip(), role__in=AWAY_ROLES)
    found = numbered.filter(force_id=by.force_id).first() if by.force_id else None
    if found is None:
        raise Invalid("unknown_officer", UNKNOWN, field=field)
    return found


def _refuse_beyond_reach(by: Actor, away: User, action: Action) -> None:
    """Oneself always; the team's supervisor for the team, an inspector for the force."""
    if away.pk == by.user_id:
        return
    reach = require(by, action).reach
    if reach is Reach.OWN:
        raise RuleBroken("not_yours", "Only the officer or a supervisor says when they are away.")
    if reach is Reach.TEAM and away.team_id not in by.team_ids:
        raise NotPermitted("That officer is of another team.", action=action)


def _refuse_impossible(from_on: dt.date, until_on: dt.date) -> None:
    if until_on <= from_on:
        raise Invalid(
            "ends_before_it_begins", "The first day back comes after the first day away.",
            field="until_on",
        )  # fmt: skip
    if until_on <= timezone.localdate():
        raise Invalid(
            "in_past", "They are back already: nothing is to be covered.", field="until_on"
        )


def _refuse_overlap(away: User, from_on: dt.date, until_on: dt.date) -> None:
    """The officer's account is locked: two absences of one officer are never recorded at once."""
    if _absent_between(away, from_on, until_on):
        raise RuleBroken("already_absent", "They are away on some of these days already.")


def _refuse_cover(cover: User, away: User, from_on: dt.date, until_on: dt.date) -> None:
    if cover.pk == away.pk or cover.team_id != away.team_id or not can_take(cover):
        raise RuleBroken(
            "cannot_cover",
            "Someone else of the same team covers: an offender manager or a supervisor whose "
            "account is open and whose vetting is in date.",
        )
    if _absent_between(cover, from_on, until_on):
        raise RuleBroken("cover_is_absent", "Whoever covers is away on some of these days.")


def _absent_between(user: User, from_on: dt.date, until_on: dt.date) -> bool:
    other = Absence.objects.live().filter(officer=user)
    return other.filter(from_on__lt=until_on, until_on__gt=from_on).exists()


def _tell_both(absence: Absence, recorder: User) -> None:
    """Who covers, and who answers for the team; not whoever recorded it themselves."""
    told = {user: Alert.About.OFFICER_ABSENT for user in told_of(absence.officer, absence.from_on)}
    if absence.cover is not None:
        told[absence.cover] = Alert.About.COVER_GIVEN
    tell(
        Alert(
            to=to,
            about=about,
            subject=f"absence:{absence.public_id}",
            officer=absence.officer,
            on=absence.from_on,
        )
        for to, about in told.items()
        if to.pk != recorder.pk
    )


def _record(by: Actor, absence: Absence, action: Action) -> None:
    """One event. Why somebody is away is in the row alone."""
    audit.record(
        by=by,
        action=action,
        operation=Operation.ALTERATION,
        subject=f"absence:{absence.public_id}",
        payload={
            "officer": absence.officer.staff_number,
            "from_on": absence.from_on,
            "until_on": absence.until_on,
            "cover": absence.cover.staff_number if absence.cover else "",
        },
    )
