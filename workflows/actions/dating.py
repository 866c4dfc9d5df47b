"""Days on which an act cannot have happened, whatever it was."""

import datetime as dt

from offenders.errors import Invalid
from offenders.models import Offender


def refuse_before_registration(person: Offender, day: dt.date, *, field: str) -> None:
    """Raise Invalid `before_relevant_date` for a London date before the person was registered.

    Registered from the earliest relevant date (SOA 2003 s.82(6)).
    """
    first = person.bases.order_by("relevant_date").first()
    if first is not None and day < first.relevant_date:
        raise Invalid("before_relevant_date", "That is before the duty began.", field=field)
