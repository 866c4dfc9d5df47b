"""What officers said of the order of work is kept as they said it, on both databases.

One module holds the triggers' text, for the migration that makes them and for the look whether
they are still there.
"""

from audit.errors import WallLost
from audit.guarding import Guard, Guards, raises

TABLE = "workflows_prioritydisagreement"
REFUSAL = "what an officer said of the order of work is never changed"

_REFUSE = f"BEGIN {raises(REFUSAL)} END"


class WordsUnguarded(WallLost):
    """The database would accept changes to what officers said."""


_GUARDS = Guards(
    refusal=REFUSAL,
    sqlite={
        "disagreement_no_change": f"BEFORE UPDATE ON {TABLE}",
        "disagreement_no_delete": f"BEFORE DELETE ON {TABLE}",
        # INSERT OR REPLACE deletes the old row without firing DELETE triggers.
        "disagreement_no_replace": f"BEFORE INSERT ON {TABLE} WHEN EXISTS"  # noqa: S608 - no input
        f" (SELECT 1 FROM {TABLE} WHERE id = NEW.id OR public_id = NEW.public_id)",
    },
    postgresql={
        "disagreement_no_change": Guard(TABLE, "DELETE OR UPDATE", _REFUSE),
        "disagreement_no_truncate": Guard(TABLE, "TRUNCATE", _REFUSE),
    },
    error=WordsUnguarded,
    lost="Changes to what officers said would be accepted",
    restore="Run `manage.py migrate` on a new database, `manage.py restore_triggers` on one that "
    "has lost them.",
)
create, drop, names = _GUARDS.create, _GUARDS.drop, _GUARDS.names
missing, require = _GUARDS.missing, _GUARDS.require
