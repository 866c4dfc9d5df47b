"""Contacts that are not visits."""

import datetime as dt

from django.utils import timezone

from accounts.models import User
from offenders.errors import Invalid
from offenders.models import ContactNote, Offender


def add_contact_note(
    *,
    offender: Offender,
    kind: ContactNote.Kind,
    occurred_at: dt.datetime,
    text: str,
    recorded_by: User,
) -> ContactNote:
    """Note a contact. It resets no clock. Raises Invalid `in_future`."""
    if occurred_at > timezone.now():
        raise Invalid("in_future", "It has not happened yet.", field="occurred_at")
    return ContactNote.objects.create(
        offender=offender, kind=kind, occurred_at=occurred_at, text=text, recorded_by=recorded_by
    )
