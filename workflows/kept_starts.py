"""What the triage of an indicator started is kept: the database refuses to change it.

On both databases. One module holds the triggers' text, for the migration that makes them and for
the look whether they are still there.
"""

from audit.errors import WallLost
from audit.guarding import Guards

TABLE = "workflows_triagestart"
REFUSAL = "what the triage of an indicator started is never changed"


class StartsUnguarded(WallLost):
    """The database would accept changes to what the triage of an indicator started."""


_GUARDS = Guards.of_what_is_never_changed(
    table=TABLE,
    name="triage_start",
    keys=["id", "triage_id"],
    refusal=REFUSAL,
    error=StartsUnguarded,
    lost="Changes to what the triage of indicators started would be accepted",
)
create, drop, names = _GUARDS.create, _GUARDS.drop, _GUARDS.names
missing, require = _GUARDS.missing, _GUARDS.require
