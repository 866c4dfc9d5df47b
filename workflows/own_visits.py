"""Nobody decides on a visit in which they had a part: the database refuses it, on both databases.

A CHECK sees one row, and so no more of the visit than what the writer of the review copied into it.
These look at the visit itself: who recorded it, who was there and who wrote it up. And from the
other side, so that no order of writing gets past them: nobody who reviewed a visit, and nobody
acted for in that, is put into it afterwards (PRACTICE 10). One module holds the triggers' text, for
the migration that makes them and for the look that finds out whether they are still there.

A trigger on one of these tables names the others. SQLite refuses to rebuild a table that a trigger
elsewhere names: a migration that has it do so drops these first and makes them anew at its end.
"""

from audit.errors import WallLost
from audit.guarding import Guard, Guards, raises

VISIT, REVIEW = "workflows_visit", "workflows_visitreview"
ATTENDANCE, WRITE_UP = "workflows_visitattendance", "workflows_visitwriteup"
REFUSAL = "nobody who took part in a visit reviews it"

_DECIDERS = "(NEW.reviewed_by_id, NEW.reviewed_for_id)"


def _part(table: str, visit: str, officer: str) -> str:
    """Whether who reviews, or is acted for, is named in a row about the visit."""
    return (
        f"EXISTS (SELECT 1 FROM {table} p WHERE p.{visit} = NEW.visit_id"  # noqa: S608 - no input
        f" AND p.{officer} IN {_DECIDERS})"
    )


def _reviewed(visit: str, officer: str) -> str:
    """Whether an officer of the new row reviewed its visit, or was acted for in a review of it."""
    return (
        f"EXISTS (SELECT 1 FROM {REVIEW} r WHERE r.visit_id = NEW.{visit}"  # noqa: S608 - no input
        f" AND NEW.{officer} IN (r.reviewed_by_id, r.reviewed_for_id))"
    )


#: By table: when a new or changed row is refused.
_REFUSED = {
    REVIEW: (
        f"({_part(VISIT, 'id', 'recorded_by_id')}"
        f" OR {_part(ATTENDANCE, 'visit_id', 'user_id')}"
        f" OR {_part(WRITE_UP, 'visit_id', 'written_by_id')})"
    ),
    VISIT: _reviewed("id", "recorded_by_id"),
    ATTENDANCE: _reviewed("visit_id", "user_id"),
    WRITE_UP: _reviewed("visit_id", "written_by_id"),
}
_NAMES = {
    REVIEW: "visit_review_by_no_part",
    VISIT: "visit_recorded_by_no_reviewer",
    ATTENDANCE: "visit_attended_by_no_reviewer",
    WRITE_UP: "visit_written_up_by_no_reviewer",
}

_SQLITE = {
    f"{_NAMES[table]}_{event.lower()}": f"BEFORE {event} ON {table} WHEN {refused}"
    for table, refused in _REFUSED.items()
    for event in ("INSERT", "UPDATE")
}
_POSTGRESQL = {
    _NAMES[table]: Guard(
        table,
        "INSERT OR UPDATE",
        f"BEGIN IF {refused} THEN {raises(REFUSAL)} END IF; RETURN NEW; END",
    )
    for table, refused in _REFUSED.items()
}


class VisitsUnguarded(WallLost):
    """The database would accept that somebody reviews their own visit."""


_GUARDS = Guards(
    refusal=REFUSAL,
    sqlite=_SQLITE,
    postgresql=_POSTGRESQL,
    error=VisitsUnguarded,
    lost="Reviews of one's own visits would be accepted",
)
create, drop, names = _GUARDS.create, _GUARDS.drop, _GUARDS.names
missing, require = _GUARDS.missing, _GUARDS.require
