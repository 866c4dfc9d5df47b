"""Officers who are away, and decisions that were given to another."""

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.actor import Actor
from accounts.models import Role, User
from offenders.models import Offender
from tests import make
from tests.api.scenes.scene import WHY, Scene
from workflows.actions import absences, delegations


def an_absence(scene: Scene) -> tuple[str, Offender]:
    """The manager is away, and the second officer covers."""
    away = absences.record_absence(
        by=scene.by(),
        kind="leave",
        from_on=timezone.localdate(),
        until_on=timezone.localdate() + dt.timedelta(days=7),
        cover=scene.second.staff_number,
    )
    return str(away.public_id), scene.person()


def a_delegation(scene: Scene) -> tuple[str, Offender]:
    """A supervisor of the team gave their decisions to another."""
    giver, taker = (make.officer(Role.SUPERVISOR, team=scene.team) for _ in range(2))
    given = delegations.grant_delegation(by=Actor.of_user(giver), **decisions_to(taker))
    return str(given.public_id), scene.person()


def decisions_to(taker: User) -> dict[str, Any]:
    """What gives somebody's decisions to `taker` for a week from now."""
    now = timezone.now()
    return {
        "to": taker.staff_number,
        "from_at": now,
        "until_at": now + dt.timedelta(days=7),
        "reason": WHY,
    }
