"""What is owed to a person, worked out from facts and dated rules. Pure: reads nothing, counts
nothing, remembers nothing. The same facts give the same answer however often it is asked.
"""

from workflows.obligations.due import Owed
from workflows.obligations.owing import is_active, owed
from workflows.obligations.person import (
    ActionRaised,
    Direction,
    Facts,
    LevelDecided,
    ModeDecided,
    ReleaseChecked,
    SampleDrawn,
    Stay,
)

__all__ = [
    "ActionRaised",
    "Direction",
    "Facts",
    "LevelDecided",
    "ModeDecided",
    "Owed",
    "ReleaseChecked",
    "SampleDrawn",
    "Stay",
    "is_active",
    "owed",
]
