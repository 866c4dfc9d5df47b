"""What the triage of an indicator started is kept: the database refuses to change it.

On both databases. One module holds the triggers' text, for the migration that makes them and for
the look whether they are still there.
"""

from audit.errors import WallLost
from audit.guarding import Guard, Guards, raises

TABLE = "workflows_triagestart"
REFUSAL = "what the triage of an indicator started is never changed"

_REFUSE = f"BEGIN {raises(REFUSAL)} END"


class StartsUnguarded(WallLost):
    """The database would accept changes to what the triage of an indicator started."""


_GUARDS = Guards(
    refusal=REFUSAL,
    sqlite={
        "triage_start_no_change": f"BEFORE UPDATE ON {TABLE}",
        "triage_start_no_delete": f"BEFORE DELETE ON {TABLE}",
        # INSERT OR REPLACE deletes the old row without firing DELETE triggers.
        "triage_start_no_replace": f"BEFORE INSERT ON {TABLE} WHEN EXISTS"  # noqa: S608 - no input
        f" (SELECT 1 FROM {TABLE} WHERE id = NEW.id OR triage_id = NEW.triage_id)",
    },
    postgresql={
        "triage_start_no_change": Guard(TABLE, "DELETE OR UPDATE", _REFUSE),
        "triage_start_no_truncate": Guard(TABLE, "TRUNCATE", _REFUSE),
    },
    error=StartsUnguarded,
    lost="Changes to what the triage of indicators started would be accepted",
    restore="Run `manage.py migrate` on a new database, `manage.py restore_triggers` on one that "
    "has lost them.",
)
create, drop, names = _GUARDS.create, _GUARDS.drop, _GUARDS.names
missing, require = _GUARDS.missing, _GUARDS.require
