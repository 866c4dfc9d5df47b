"""A static score is kept as it was: the database refuses to change it, on both databases.

It is voided once, with who and why; nothing else of it ever changes. One module holds the
triggers' text, for the migration that makes them and for the look whether they are still there.
"""

from audit.errors import WallLost
from audit.guarding import Guard, Guards, raises

SCORE = "risk_staticscore"
REFUSAL = "a static score is never changed"

#: What was written down.
RECORDED = (
    "id",
    "public_id",
    "offender_id",
    "tool",
    "source",
    "scored_on",
    "band",
    "adjusted_band",
    "reduction",
    "points",
    "percent",
    "model_version",
    "thresholds_version",
    "is_provisional",
    "inputs",
    "working",
    "reference",
    "recorded_by_id",
    "recorded_by_label",
    "recorded_at",
)
#: What is said when it is voided, once.
VOID = ("voided_at", "voided_by_id", "void_reason")


def _differ(columns: tuple[str, ...], differs: str) -> str:
    return "(" + " OR ".join(f"OLD.{name} {differs} NEW.{name}" for name in columns) + ")"


def _changed(differs: str) -> str:
    """When an UPDATE is refused. `differs`: a comparison that knows NULL."""
    voided_again = f"(OLD.voided_at IS NOT NULL AND {_differ(VOID, differs)})"
    return f"({_differ(RECORDED, differs)} OR {voided_again})"


_SAME = f"SELECT 1 FROM {SCORE} WHERE id = NEW.id OR public_id = NEW.public_id"  # noqa: S608 - no input

#: INSERT OR REPLACE deletes the old row without firing DELETE triggers, hence "no_replace".
_SQLITE = {
    "static_score_no_change": f"BEFORE UPDATE ON {SCORE} WHEN {_changed('IS NOT')}",
    "static_score_no_delete": f"BEFORE DELETE ON {SCORE}",
    "static_score_no_replace": f"BEFORE INSERT ON {SCORE} WHEN EXISTS ({_SAME})",
}

_RAISE = raises(REFUSAL)
_REFUSE = f"BEGIN {_RAISE} END"
_REFUSE_CHANGE = f"BEGIN IF {_changed('IS DISTINCT FROM')} THEN {_RAISE} END IF; RETURN NEW; END"

_POSTGRESQL = {
    "static_score_no_change": Guard(SCORE, "UPDATE", _REFUSE_CHANGE),
    "static_score_no_delete": Guard(SCORE, "DELETE", _REFUSE),
    "static_score_no_truncate": Guard(SCORE, "TRUNCATE", _REFUSE),
}


class ScoresUnguarded(WallLost):
    """The database would accept changes to static scores."""


_GUARDS = Guards(
    refusal=REFUSAL,
    sqlite=_SQLITE,
    postgresql=_POSTGRESQL,
    error=ScoresUnguarded,
    lost="Changes to static scores would be accepted",
)
create, drop, names = _GUARDS.create, _GUARDS.drop, _GUARDS.names
missing, require = _GUARDS.missing, _GUARDS.require
