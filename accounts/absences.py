"""Absences of one officer never overlap: the database refuses it (`audit.apart`).

One that was cancelled does not count: a day off that was called off may be taken after all.
"""

from audit.apart import Apart
from audit.errors import WallLost

TABLE = "accounts_absence"
CONSTRAINT = "absences_never_overlap"


class AbsencesUnguarded(WallLost):
    """The database would accept overlapping absences of one officer."""


_APART = Apart(
    table=TABLE,
    owner="officer_id",
    constraint=CONSTRAINT,
    trigger="absence",
    refusal="absences of one officer never overlap",
    error=AbsencesUnguarded,
    lost="Overlapping absences of one officer would be accepted",
    mend="Cancel one of each two: on its page while an earlier release still serves, else by "
    "setting cancelled_at and cancelled_by_id of its row together. Then begin again.",
    live="cancelled_at",
)
create, drop, overlapping = _APART.create, _APART.drop, _APART.overlapping
missing, require = _APART.missing, _APART.require
