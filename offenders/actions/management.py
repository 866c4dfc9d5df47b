"""Decisions on how a person is managed. Each is kept; the newest stands, copied for lists."""

import datetime as dt

from django.db.models import Q

from accounts.models import User
from offenders.actions.counting import refuse_future, save_changed
from offenders.errors import RuleBroken
from offenders.models import (
    LevelDecision,
    ManagementLevel,
    ManagementMode,
    ModeDecision,
    Offender,
)
from offenders.models.management import DecisionOrigin


def change_level(
    *,
    offender: Offender,
    level: ManagementLevel,
    decided_on: dt.date,
    decided_by: User,
    reason: str,
) -> LevelDecision:
    """Decide on a person's management level.

    Raises Invalid `in_future`; RuleBroken: `level_unchanged`, `decided_before_the_last`.
    """
    refuse_future(decided_on, field="decided_on")
    if offender.management_level == level:
        raise RuleBroken("level_unchanged", "That is the level already.")
    if offender.levels.filter(decided_on__gt=decided_on).exists():
        raise RuleBroken("decided_before_the_last", "A later decision already stands.")
    decision = LevelDecision.objects.create(
        offender=offender,
        level=level,
        decided_on=decided_on,
        decided_by=decided_by,
        reason=reason,
    )
    offender.management_level = level
    save_changed(offender, "management_level")
    return decision


def change_mode(
    *,
    offender: Offender,
    mode: ManagementMode,
    decided_on: dt.date,
    decided_by: User | None,
    reason: str,
) -> ModeDecision:
    """Decide to manage a person actively or reactively (PRACTICE 16).

    By nobody where a file says what ends reactive management: no officer here decided it.

    Raises Invalid `in_future`; RuleBroken: `mode_unchanged`, `decided_before_the_last`, and for
    reactive management `level_missing`, `order_is_live`.
    """
    refuse_future(decided_on, field="decided_on")
    if offender.management_mode == mode:
        raise RuleBroken("mode_unchanged", "That is how the person is managed already.")
    if offender.modes.filter(decided_on__gt=decided_on).exists():
        raise RuleBroken("decided_before_the_last", "A later decision already stands.")
    if mode == ManagementMode.REACTIVE:
        _refuse_reactive(offender, decided_on)
    decision = ModeDecision.objects.create(
        offender=offender,
        mode=mode,
        decided_on=decided_on,
        decided_by=decided_by,
        origin=DecisionOrigin.IMPORTED if decided_by is None else DecisionOrigin.DECIDED,
        reason=reason,
    )
    offender.management_mode = mode
    save_changed(offender, "management_mode")
    return decision


def _refuse_reactive(offender: Offender, on: dt.date) -> None:
    if offender.management_level == ManagementLevel.NOT_ASSESSED:
        raise RuleBroken("level_missing", "Assess the management level first.")
    live = offender.orders.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on),
        Q(discharged_on__isnull=True) | Q(discharged_on__gt=on),
    )
    if live.exists():
        raise RuleBroken("order_is_live", "An order is in force.")
