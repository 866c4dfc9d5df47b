"""What was decided about indicators stays as it was decided: the database refuses to change it."""

from audit.errors import WallLost
from audit.guarding import Guards

TABLE = "risk_indicatordecision"
REFUSAL = "what was decided about an indicator is never changed"


class DecisionsUnguarded(WallLost):
    """The database would accept changes to what was decided about indicators."""


_GUARDS = Guards.of_what_is_never_changed(
    table=TABLE,
    name="indicator_decision",
    keys=["id"],
    refusal=REFUSAL,
    error=DecisionsUnguarded,
    lost="Changes to what was decided about indicators would be accepted",
)
create, drop, names = _GUARDS.create, _GUARDS.drop, _GUARDS.names
missing, require = _GUARDS.missing, _GUARDS.require
