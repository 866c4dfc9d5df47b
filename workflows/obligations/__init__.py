"""What is owed to a person, worked out from facts and dated rules. Pure: reads nothing, counts
nothing, remembers nothing. The same facts give the same answer however often it is asked.
"""

from workflows.obligations.due import Owed
from workflows.obligations.owing import awaits_visit, has_ended, is_active, owed
from workflows.obligations.person import (
    ActionRaised,
    AssessmentEndorsed,
    Changed,
    DetailChanged,
    Direction,
    Facts,
    IndicatorConfirmed,
    LevelDecided,
    ModeDecided,
    Overridden,
    PlanAgreed,
    ReactiveProposed,
    ReleaseChecked,
    SampleDrawn,
    Stay,
)
from workflows.obligations.unfound import Attempt, DeathReported, Enquired, MissingReported

__all__ = [
    "ActionRaised",
    "AssessmentEndorsed",
    "Attempt",
    "Changed",
    "DeathReported",
    "DetailChanged",
    "Direction",
    "Enquired",
    "Facts",
    "IndicatorConfirmed",
    "LevelDecided",
    "MissingReported",
    "ModeDecided",
    "Overridden",
    "Owed",
    "PlanAgreed",
    "ReactiveProposed",
    "ReleaseChecked",
    "SampleDrawn",
    "Stay",
    "awaits_visit",
    "has_ended",
    "is_active",
    "owed",
]
