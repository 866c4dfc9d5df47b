"""Notifications, the end of registration, and somebody in custody."""

import datetime as dt
from typing import Any

from django.utils import timezone

from offenders.models import Offender
from tests import make
from tests.api.scenes.scene import Scene, spoken


def notification() -> dict[str, Any]:
    return {
        "notified_on": timezone.localdate(),
        "station": "Example",
        "details_changed": "",
        "acknowledged": True,
    }


def notified_before(scene: Scene) -> tuple[str, Offender]:
    """Somebody who notified some weeks ago."""
    last = timezone.localdate() - dt.timedelta(days=40)
    person = scene.person(last_notification_on=last)
    return str(person.public_id), person


PROPOSAL = {"reason": "Period checked, no live order"}


def ending() -> dict[str, Any]:
    """A caution registers for two years: here they end in a month."""
    return {
        "basis": "caution",
        "relevant_date": timezone.localdate() - dt.timedelta(days=2 * 365 - 30),
    }


def registering(scene: Scene) -> dict[str, Any]:
    """Somebody new for the scene's team."""
    said = spoken(make.registering())
    return {name: value for name, value in said.items() if value is not None} | {
        "team": str(scene.team.public_id)
    }


def detained() -> dict[str, Any]:
    """In custody for some weeks, with no date of release."""
    return {"status": "custody", "status_since": timezone.localdate() - dt.timedelta(days=40)}
