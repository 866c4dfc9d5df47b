"""What an officer decided about an indicator is kept: the database refuses to change it.

On both databases. Its check and from when it stands are written once, later, and never again; what
it started is inserted and never changed (`workflows.kept_starts`).
"""

from audit.errors import WallLost
from audit.guarding import Guard, Guards, raises

TRIAGE = "risk_indicatortriage"
REFUSAL = "the triage of an indicator is never changed"

#: What the officer said, and of what.
DECIDED = (
    "id",
    "public_id",
    "indicator_id",
    "offender_id",
    "confirmation_id",
    "severity",
    "outcome",
    "reason",
    "condition_id",
    "duplicate_of_id",
    "transferred_to",
    "takes_check",
    "triaged_on",
    "triaged_by_id",
)
#: SQLite keeps an instant as text, which Django writes again with more digits.
_MOVED_SQLITE = "julianday(OLD.{name}) IS NOT julianday(NEW.{name})"
_MOVED = "OLD.{name} IS DISTINCT FROM NEW.{name}"

#: What a supervisor said, once there is a decision; and from when it stands, once it does.
CHECKED = ("decision", "comment", "checked_by_id", "checked_for_id")


def _changed_later(differs: str, moved: str) -> str:
    """When an UPDATE of its check is refused. `moved`: how an instant differs, with its name."""
    checked = [f"OLD.{name} {differs} NEW.{name}" for name in CHECKED]
    checked.append(moved.format(name="checked_at"))
    stands = [f"OLD.stands_on {differs} NEW.stands_on", moved.format(name="stands_at")]
    return (
        f"(OLD.decision <> '' AND ({' OR '.join(checked)})"
        f" OR OLD.stands_at IS NOT NULL AND ({' OR '.join(stands)}))"
    )


def _changed(differs: str, moved: str) -> str:
    """When an UPDATE is refused. `differs`: a comparison that knows NULL; `moved`: as above."""
    compared = [f"OLD.{name} {differs} NEW.{name}" for name in DECIDED]
    return f"({' OR '.join([*compared, moved.format(name='recorded_at')])})"


#: INSERT OR REPLACE deletes the old row without firing DELETE triggers, hence "no_replace".
_SQLITE = {
    "triage_no_change": f"BEFORE UPDATE ON {TRIAGE} WHEN {_changed('IS NOT', _MOVED_SQLITE)}",
    "triage_check_no_change": f"BEFORE UPDATE ON {TRIAGE} WHEN"
    f" {_changed_later('IS NOT', _MOVED_SQLITE)}",
    "triage_no_delete": f"BEFORE DELETE ON {TRIAGE}",
    "triage_no_replace": f"BEFORE INSERT ON {TRIAGE} WHEN EXISTS (SELECT 1 FROM {TRIAGE}"  # noqa: S608 - no input
    " WHERE id = NEW.id OR public_id = NEW.public_id)",
}
_RAISE = raises(REFUSAL)
_POSTGRESQL = {
    "triage_no_change": Guard(
        TRIAGE,
        "UPDATE",
        f"BEGIN IF {_changed('IS DISTINCT FROM', _MOVED)} THEN {_RAISE} END IF; RETURN NEW; END",
    ),
    "triage_check_no_change": Guard(
        TRIAGE,
        "UPDATE",
        f"BEGIN IF {_changed_later('IS DISTINCT FROM', _MOVED)} THEN {_RAISE} END IF;"
        " RETURN NEW; END",
    ),
    "triage_no_delete": Guard(TRIAGE, "DELETE", f"BEGIN {_RAISE} END"),
    "triage_no_truncate": Guard(TRIAGE, "TRUNCATE", f"BEGIN {_RAISE} END"),
}


class TriagesUnguarded(WallLost):
    """The database would accept changes to what was decided about an indicator."""


_GUARDS = Guards(
    refusal=REFUSAL,
    sqlite=_SQLITE,
    postgresql=_POSTGRESQL,
    error=TriagesUnguarded,
    lost="Changes to the triage of indicators would be accepted",
)
create, drop, names = _GUARDS.create, _GUARDS.drop, _GUARDS.names
missing, require = _GUARDS.missing, _GUARDS.require
