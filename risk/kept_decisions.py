"""What was decided about indicators stays as it was decided: the database refuses to change it."""

from audit.errors import WallLost
from audit.guarding import Guard, Guards, raises

TABLE = "risk_indicatordecision"
REFUSAL = "what was decided about an indicator is never changed"

_WHEN_SAME = f" WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id)"  # noqa: S608 - no input
_REFUSE = f"BEGIN {raises(REFUSAL)} END"


class DecisionsUnguarded(WallLost):
    """The database would accept changes to what was decided about indicators."""


_GUARDS = Guards(
    refusal=REFUSAL,
    sqlite={
        "indicator_decision_no_change": f"BEFORE UPDATE ON {TABLE}",
        "indicator_decision_no_delete": f"BEFORE DELETE ON {TABLE}",
        # INSERT OR REPLACE deletes the old row without firing DELETE triggers.
        "indicator_decision_no_replace": f"BEFORE INSERT ON {TABLE}{_WHEN_SAME}",
    },
    postgresql={
        "indicator_decision_no_change": Guard(TABLE, "DELETE OR UPDATE", _REFUSE),
        "indicator_decision_no_truncate": Guard(TABLE, "TRUNCATE", _REFUSE),
    },
    error=DecisionsUnguarded,
    lost="Changes to what was decided about indicators would be accepted",
    restore="Run `manage.py migrate` on a new database, `manage.py restore_triggers` on one that "
    "has lost them.",
)
create, drop, names = _GUARDS.create, _GUARDS.drop, _GUARDS.names
missing, require = _GUARDS.missing, _GUARDS.require
