"""An official value of a static score, as whoever is answerable for it gave it."""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal

from risk.models import ScoreBand, ScoreTool

#: The most that OSP/DC gives.
MOST_POINTS = 64
#: Per cent from 0 to 100, four decimals at the most.
PERCENT = re.compile(r"(?:100(?:\.0{1,4})?|[0-9]{1,2}(?:\.[0-9]{1,4})?)")


@dataclass(frozen=True, slots=True)
class OfficialValue:
    """One value. `percent`: the published likelihood, to four decimals."""

    tool: ScoreTool
    band: ScoreBand
    scored_on: dt.date
    reference: str = ""
    version: str = ""
    points: int | None = None
    percent: Decimal | None = None
