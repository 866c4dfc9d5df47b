"""What is owed to a person, worked out from facts and dated rules. Pure: reads nothing, counts
nothing, remembers nothing. The same facts give the same answer however often it is asked.
"""

from workflows.obligations.due import Owed
from workflows.obligations.owing import is_active, owed
from workflows.obligations.person import (
    ActionRaised,
    Changed,
    Direction,
    Facts,
    LevelDecided,
    ModeDecided,
    Overridden,
    ReleaseChecked,
    Stay,
)

__all__ = [
    "ActionRaised",
    "Changed",
    "Direction",
    "Facts",
    "LevelDecided",
    "ModeDecided",
    "Overridden",
    "Owed",
    "ReleaseChecked",
    "Stay",
    "is_active",
    "owed",
]
