"""Counting the changes to a person, whose version an ETag is made of; and stamping facts."""

import datetime as dt

from django.db.models import Model
from django.db.models.functions import Now
from django.utils import timezone

from offenders.errors import Invalid
from offenders.models import Offender


def save_changed(offender: Offender, *fields: str) -> None:
    """Save `fields` and count one change. The caller holds the person's lock."""
    offender.version += 1
    offender.save(update_fields=[*fields, "version"])


def stamp(row: Model, field: str, *others: str) -> None:
    """Set an instant of `row` by the database clock, as `recorded_at` is, and save `others` too.

    What ends, voids or decides a fact is compared with when others were recorded: one clock alone
    can say what was known at an instant.
    """
    setattr(row, field, Now())
    row.save(update_fields=[field, *others])
    row.refresh_from_db(fields=[field])


def refuse_future(day: dt.date, *, field: str) -> None:
    """Raise Invalid `in_future` for a London date that is still to come."""
    if day > timezone.localdate():
        raise Invalid("in_future", "That day has not come yet.", field=field)
