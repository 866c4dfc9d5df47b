"""The static scores of one person from what an officer types and what their record says."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from offenders.actions.status import DETAINED
from offenders.models import Offender
from risk import score_tables
from risk.static_scores.inputs import Inputs
from risk.static_scores.score import Score
from risk.static_scores.scoring import calculate
from workflows.queries.person import status_of


def inputs_of(person: Offender, typed: Mapping[str, Any], today: dt.date) -> Inputs:
    """What is put into a calculation. `typed`: of the form CalculateScores, without its tools."""
    status = status_of(person, today)
    return Inputs(
        sex=person.sex,
        born_on=person.date_of_birth,
        is_detained=status is not None and status.status in DETAINED,
        **typed,
    )


def scores_of(tools: list[str], inputs: Inputs, today: dt.date) -> list[Score]:
    """A score for each tool by the tables in force today. Keeps nothing.

    Raises as `risk.static_scores.scoring.calculate`.
    """
    tables = score_tables.known()
    return [calculate(tool, inputs, today, tables) for tool in tools]
