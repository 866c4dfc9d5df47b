"""Status intervals of one person never overlap: the database refuses it (`audit.apart`)."""

from audit.apart import Apart
from audit.errors import WallLost

TABLE = "offenders_statusinterval"
CONSTRAINT = "status_intervals_never_overlap"


class IntervalsUnguarded(WallLost):
    """The database would accept overlapping status intervals."""


_APART = Apart(
    table=TABLE,
    owner="offender_id",
    constraint=CONSTRAINT,
    trigger="status_interval",
    refusal="status intervals of one person never overlap",
    error=IntervalsUnguarded,
    lost="Overlapping status intervals would be accepted",
    mend="End one of each two where the other begins. Then begin again.",
)
create, drop, overlapping = _APART.create, _APART.drop, _APART.overlapping
missing, require = _APART.missing, _APART.require
