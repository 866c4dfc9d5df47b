"""Counting the changes to a person: their version is what an ETag is made of."""

import datetime as dt

from django.utils import timezone

from offenders.errors import Invalid
from offenders.models import Offender


def save_changed(offender: Offender, *fields: str) -> None:
    """Save `fields` and count one change. The caller holds the person's lock."""
    offender.version += 1
    offender.save(update_fields=[*fields, "version"])


def refuse_future(day: dt.date, *, field: str) -> None:
    """Raise Invalid `in_future` for a London date that is still to come."""
    if day > timezone.localdate():
        raise Invalid("in_future", "That day has not come yet.", field=field)
