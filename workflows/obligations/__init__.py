"""What is owed to a person, worked out from facts and dated rules. Pure: reads nothing, counts
nothing, remembers nothing. The same facts give the same answer however often it is asked.
"""

from workflows.obligations.due import Owed
from workflows.obligations.owing import has_ended, is_active, owed
from workflows.obligations.person import (
    Direction,
    Facts,
    LevelDecided,
    ModeDecided,
    ReleaseChecked,
    Stay,
)

__all__ = [
    "Direction",
    "Facts",
    "LevelDecided",
    "ModeDecided",
    "Owed",
    "ReleaseChecked",
    "Stay",
    "has_ended",
    "is_active",
    "owed",
]
