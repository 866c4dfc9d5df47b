"""Notifications, the end of registration, and somebody in custody."""

import datetime as dt
from typing import Any

from django.utils import timezone


def notification() -> dict[str, Any]:
    return {
        "notified_on": timezone.localdate(),
        "station": "Example",
        "details_changed": "",
        "acknowledged": True,
    }


PROPOSAL = {"reason": "Period checked, no live order"}


def ending() -> dict[str, Any]:
    """A caution registers for two years: here they end in a month."""
    return {
        "basis": "caution",
        "relevant_date": timezone.localdate() - dt.timedelta(days=2 * 365 - 30),
    }


def detained() -> dict[str, Any]:
    """In custody for some weeks, with no date of release."""
    return {"status": "custody", "status_since": timezone.localdate() - dt.timedelta(days=40)}
