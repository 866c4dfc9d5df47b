"""What officers said of the order of work is kept as they said it, on both databases.

One module holds the triggers' text, for the migration that makes them and for the look whether
they are still there.
"""

from audit.errors import WallLost
from audit.guarding import Guards

TABLE = "workflows_prioritydisagreement"
REFUSAL = "what an officer said of the order of work is never changed"


class WordsUnguarded(WallLost):
    """The database would accept changes to what officers said."""


_GUARDS = Guards.of_what_is_never_changed(
    table=TABLE,
    name="disagreement",
    keys=["id", "public_id"],
    refusal=REFUSAL,
    error=WordsUnguarded,
    lost="Changes to what officers said would be accepted",
)
create, drop, names = _GUARDS.create, _GUARDS.drop, _GUARDS.names
missing, require = _GUARDS.missing, _GUARDS.require
