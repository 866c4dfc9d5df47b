"""What is owed to a person, worked out from facts and dated rules. Pure: reads nothing, counts
nothing, remembers nothing. The same facts give the same answer however often it is asked.
"""

from workflows.obligations.due import Owed
from workflows.obligations.owing import is_active, owed
from workflows.obligations.person import (
    ActionRaised,
    AssessmentEndorsed,
    Direction,
    Facts,
    LevelDecided,
    ModeDecided,
    PlanAgreed,
    ReleaseChecked,
    Stay,
)

__all__ = [
    "ActionRaised",
    "AssessmentEndorsed",
    "Direction",
    "Facts",
    "LevelDecided",
    "ModeDecided",
    "Owed",
    "PlanAgreed",
    "ReleaseChecked",
    "Stay",
    "is_active",
    "owed",
]
