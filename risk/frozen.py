"""What was handed in is kept as it was: the database refuses to change it, on both databases.

An assessment is decided on once, by another, and its level once; nothing else of it ever changes,
nor of its ratings and of the versions of the tools. It must be by a tool that there is. One module
holds the triggers' text, for the migration that makes them and for the look that finds out whether
they are still there.
"""

from audit.errors import WallLost
from audit.guarding import Guard, Guards, raises

ASSESSMENT, RATING, TOOL = "risk_riskassessment", "risk_factorrating", "risk_toolversion"
REFUSAL = "what was assessed is never changed, and its tool must be known"

#: What is handed in.
HANDED_IN = (
    "id",
    "public_id",
    "offender_id",
    "tool",
    "template_id",
    "assessed_on",
    "priority",
    "formulation",
    "proposed_level",
    "author_id",
    "started_at",
    "submitted_at",
    "recorded_at",
)
#: What another says of it, once.
DECISION = (
    "state",
    "endorser_id",
    "endorser_for_id",
    "decided_at",
    "decided_on",
    "decision_comment",
)
LEVEL = (
    "level",
    "level_decided_by_id",
    "level_decided_for_id",
    "level_decided_at",
    "level_reason",
)

KNOWN = f"EXISTS (SELECT 1 FROM {TOOL} WHERE code = NEW.tool)"  # noqa: S608 - no input


def _differ(columns: tuple[str, ...], differs: str) -> str:
    return "(" + " OR ".join(f"OLD.{name} {differs} NEW.{name}" for name in columns) + ")"


def _changed(level: tuple[str, ...], differs: str) -> str:
    """When an UPDATE of an assessment is refused. `differs`: a comparison that knows NULL."""
    return (
        f"({_differ(HANDED_IN, differs)}"
        f" OR (OLD.state <> 'submitted' AND {_differ(DECISION, differs)})"
        f" OR (OLD.level <> '' AND {_differ(level, differs)}))"
    )


def _replaces(table: str, same: str) -> str:
    return f"BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608 - no input


#: INSERT OR REPLACE deletes the old row without firing DELETE triggers, hence "no_replace".
def _sqlite(level: tuple[str, ...]) -> dict[str, str]:
    return {
        "assessment_tool_known": f"BEFORE INSERT ON {ASSESSMENT} WHEN NOT {KNOWN}",
        "assessment_no_change": f"BEFORE UPDATE ON {ASSESSMENT} WHEN {_changed(level, 'IS NOT')}",
        "assessment_no_delete": f"BEFORE DELETE ON {ASSESSMENT}",
        "assessment_no_replace": _replaces(ASSESSMENT, "id = NEW.id OR public_id = NEW.public_id"),
        "factor_rating_no_change": f"BEFORE UPDATE ON {RATING}",
        "factor_rating_no_delete": f"BEFORE DELETE ON {RATING}",
        "factor_rating_no_replace": _replaces(
            RATING, "id = NEW.id OR (assessment_id = NEW.assessment_id AND factor = NEW.factor)"
        ),
        "tool_version_no_change": f"BEFORE UPDATE ON {TOOL}",
        "tool_version_no_delete": f"BEFORE DELETE ON {TOOL}",
        "tool_version_no_replace": _replaces(
            TOOL, "id = NEW.id OR (code = NEW.code AND number = NEW.number)"
        ),
    }


_RAISE = raises(REFUSAL)
_REFUSE = f"BEGIN {_RAISE} END"


def _unless(fine: str) -> str:
    return f"BEGIN IF NOT {fine} THEN {_RAISE} END IF; RETURN NEW; END"


def _postgresql(level: tuple[str, ...]) -> dict[str, Guard]:
    return {
        "assessment_tool_known": Guard(ASSESSMENT, "INSERT", _unless(KNOWN)),
        "assessment_no_change": Guard(
            ASSESSMENT, "UPDATE", _unless(f"(NOT {_changed(level, 'IS DISTINCT FROM')})")
        ),
        "assessment_no_delete": Guard(ASSESSMENT, "DELETE", _REFUSE),
        "assessment_no_truncate": Guard(ASSESSMENT, "TRUNCATE", _REFUSE),
        "factor_rating_no_change": Guard(RATING, "DELETE OR UPDATE", _REFUSE),
        "factor_rating_no_truncate": Guard(RATING, "TRUNCATE", _REFUSE),
        "tool_version_no_change": Guard(TOOL, "DELETE OR UPDATE", _REFUSE),
        "tool_version_no_truncate": Guard(TOOL, "TRUNCATE", _REFUSE),
    }


class AssessmentsUnguarded(WallLost):
    """The database would accept changes to what was assessed."""


def guards(level: tuple[str, ...] = LEVEL) -> Guards:
    """The triggers. `level`: of what is decided on the level; a migration names what it was."""
    return Guards(
        refusal=REFUSAL,
        sqlite=_sqlite(level),
        postgresql=_postgresql(level),
        error=AssessmentsUnguarded,
        lost="Changes to what was assessed would be accepted",
    )


_GUARDS = guards()
create, drop, names = _GUARDS.create, _GUARDS.drop, _GUARDS.names
missing, require = _GUARDS.missing, _GUARDS.require
