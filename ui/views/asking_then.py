"""Asking about another day, and by what was known when: the same fields on every such page."""

import datetime as dt
from typing import Any

from django.utils import timezone

from offenders.errors import Invalid
from workflows.queries.standing import AsKnown, as_known
from workflows.steps.fields import BoundedDateField, StrictSerializer

ONE_DAY = dt.timedelta(days=1)


class AskThen(StrictSerializer):
    """Which day, and by what was known when."""

    as_of = BoundedDateField(
        label="What was owed on",
        error_messages={"required": "Enter the day you ask about"},
    )
    known_on = BoundedDateField(
        label="As it was known at the end of",
        help_text="Leave empty for what is known now",
        required=False,
    )


def asked_of(typed: dict[str, Any]) -> AsKnown:
    """What was typed. Known at the end of a day is at the midnight after it; today it is now.

    Raises Invalid by the field of the page.
    """
    known_on = typed.get("known_on")
    try:
        return as_known(typed["as_of"], None if known_on is None else _end_of(known_on))
    except Invalid as error:
        field = "known_on" if error.field == "known_at" else "as_of"
        raise Invalid(error.code, error.message, field=field) from error


def _end_of(day: dt.date) -> dt.datetime:
    if day == timezone.localdate():
        return timezone.now()
    return timezone.make_aware(dt.datetime.combine(day + ONE_DAY, dt.time()))
