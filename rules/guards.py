"""What a version of the rules says never changes: the database refuses it, on both databases.

From the day it is proposed, so that what was read is what is approved. The only changes are its
approval and its withdrawal, each once; a version never goes away. One module holds the triggers'
text, for the migration that makes them and for the look that finds out whether they are still
there: SQLite drops triggers silently when Django rebuilds a table.
"""

from audit.errors import WallLost
from audit.guarding import Guard, Guards, raises

TABLE = "rules_rulesetversion"
REFUSAL = "a version of the rules is never changed"

#: What a version says and who says so; approval and withdrawal leave all of it alone.
SAID = (
    "id",
    "number",
    "effective_from",
    "title",
    "source",
    "evidence",
    "document",
    "digest",
    "created_at",
    "origin",
    "based_on_id",
    "reason",
    "proposed_by_id",
)
APPROVAL = ("approved_by_id", "approved_at", "approved_on", "approval_reason")


def _kept(columns: tuple[str, ...], differs: str) -> str:
    return " OR ".join(f"OLD.{name} {differs} NEW.{name}" for name in columns)


def _refused(differs: str) -> str:
    """When an UPDATE is refused. `differs`: this database's comparison that knows NULL."""
    approved = "(OLD.state = 'proposed' AND NEW.state = 'approved')"
    withdrawn = (
        "(NEW.state = 'withdrawn' AND (OLD.state = 'proposed' OR OLD.state = 'approved')"
        f" AND NOT ({_kept(APPROVAL, differs)}))"
    )
    return f"({_kept(SAID, differs)} OR NOT ({approved} OR {withdrawn}))"


#: INSERT OR REPLACE deletes the old row without firing DELETE triggers, hence the third.
_SQLITE = {
    "ruleset_version_no_change": f"BEFORE UPDATE ON {TABLE} WHEN {_refused('IS NOT')}",
    "ruleset_version_no_delete": f"BEFORE DELETE ON {TABLE}",
    "ruleset_version_no_replace": f"BEFORE INSERT ON {TABLE} WHEN EXISTS"  # noqa: S608 - no input
    f" (SELECT 1 FROM {TABLE} WHERE id = NEW.id OR number = NEW.number)",
}
_RAISE = raises(REFUSAL)
_POSTGRESQL = {
    "ruleset_version_no_change": Guard(
        TABLE,
        "UPDATE",
        f"BEGIN IF {_refused('IS DISTINCT FROM')} THEN {_RAISE} END IF; RETURN NEW; END",
    ),
    "ruleset_version_no_delete": Guard(TABLE, "DELETE", f"BEGIN {_RAISE} END"),
    "ruleset_version_no_truncate": Guard(TABLE, "TRUNCATE", f"BEGIN {_RAISE} END"),
}


class VersionsUnguarded(WallLost):
    """The database would accept changes to a version of the rules."""


_GUARDS = Guards(
    refusal=REFUSAL,
    sqlite=_SQLITE,
    postgresql=_POSTGRESQL,
    error=VersionsUnguarded,
    lost="Changes to the rules in force would be accepted",
)
create, drop, names = _GUARDS.create, _GUARDS.drop, _GUARDS.names
missing, require = _GUARDS.missing, _GUARDS.require
