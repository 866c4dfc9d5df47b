"""The factors of ARMS by name: seven of risk, four that protect.

The names are facts that have been published; what anchors a rating, and the forms, are the
College of Policing's and are not here. Visits keep evidence by these codes, assessments rate them.
"""

from enum import StrEnum
from typing import NamedTuple


class Side(StrEnum):
    """Which way a factor works."""

    RISK = "risk"
    PROTECTIVE = "protective"


class Factor(NamedTuple):
    """One factor of a tool."""

    code: str
    name: str
    side: Side


FACTORS = (
    Factor("opportunity", "Opportunity to offend", Side.RISK),
    Factor("sexual_preoccupation", "Sexual preoccupation", Side.RISK),
    Factor("offence_related_interests", "Offence-related sexual interests", Side.RISK),
    Factor("emotional_congruence", "Emotional congruence with children", Side.RISK),
    Factor("hostile_orientation", "Hostile orientation", Side.RISK),
    Factor("self_management", "Poor self-management", Side.RISK),
    Factor("social_influences", "Negative social influences", Side.RISK),
    Factor("commitment_to_desist", "Commitment to desist", Side.PROTECTIVE),
    Factor("intimate_relationship", "Intimate relationship", Side.PROTECTIVE),
    Factor("employment_or_routine", "Employment or positive routine", Side.PROTECTIVE),
    Factor("social_investment", "Social investment", Side.PROTECTIVE),
)
