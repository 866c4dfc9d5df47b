"""Which file rows are of."""

import datetime as dt
from dataclasses import dataclass

from accounts.actor import Actor
from accounts.models import Force


@dataclass(frozen=True, slots=True)
class Extract:
    """Which file the rows are of: whose, read for whom, as at which day."""

    force: Force
    by: Actor
    as_of: dt.date
    #: What the audit record of each person points at.
    purpose: tuple[str, str]
