"""Status intervals of one person never overlap: the database refuses it, on both databases.

PostgreSQL has an exclusion constraint over date ranges; SQLite, which has none, two triggers. One
module holds their text, for the migration that makes them and for the look that finds out whether
they are still there: SQLite drops triggers silently when Django rebuilds a table.
"""

from django.db import connection as default_connection
from django.db.backends.base.base import BaseDatabaseWrapper

from audit.errors import WallLost

TABLE = "offenders_statusinterval"
CONSTRAINT = "status_intervals_never_overlap"
REFUSAL = "status intervals of one person never overlap"

_EXCLUDE = (
    "EXCLUDE USING gist (offender_id WITH =, daterange(from_on, until_on, '[)'::text) WITH &&)"
)


def _trigger(name: str, timing: str, other_than: str = "") -> str:
    return (
        f"CREATE TRIGGER {name} BEFORE {timing} ON {TABLE} FOR EACH ROW WHEN EXISTS ("  # noqa: S608 - no input
        f"SELECT 1 FROM {TABLE} AS other WHERE other.offender_id = NEW.offender_id{other_than}"
        " AND (other.until_on IS NULL OR NEW.from_on < other.until_on)"
        " AND (NEW.until_on IS NULL OR other.from_on < NEW.until_on))"
        f" BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    )


_SQLITE = {
    "status_interval_insert_apart": _trigger("status_interval_insert_apart", "INSERT"),
    "status_interval_update_apart": _trigger(
        "status_interval_update_apart", "UPDATE", " AND other.id <> OLD.id"
    ),
}


class IntervalsUnguarded(WallLost):
    """The database would accept overlapping status intervals."""


def create(connection: BaseDatabaseWrapper) -> None:
    """Make the constraint or the triggers anew. Safe to run twice."""
    drop(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for statement in _SQLITE.values():
                cursor.execute(statement)
            return
        cursor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
        cursor.execute(f"ALTER TABLE {TABLE} ADD CONSTRAINT {CONSTRAINT} {_EXCLUDE}")


def drop(connection: BaseDatabaseWrapper) -> None:
    """Remove them, for reversing the migration."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in _SQLITE:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            return
        cursor.execute(f"ALTER TABLE {TABLE} DROP CONSTRAINT IF EXISTS {CONSTRAINT}")


def overlapping(connection: BaseDatabaseWrapper = default_connection) -> int:
    """How many people have intervals that overlap: while any has, nothing can guard them."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(DISTINCT a.offender_id) FROM {TABLE} a JOIN {TABLE} b"  # noqa: S608 - no input
            " ON a.offender_id = b.offender_id AND a.id < b.id"
            " AND (a.until_on IS NULL OR b.from_on < a.until_on)"
            " AND (b.until_on IS NULL OR a.from_on < b.until_on)"
        )
        return int(cursor.fetchone()[0])


def missing(connection: BaseDatabaseWrapper = default_connection) -> list[str]:
    """The names of what is gone or not what this module says."""
    if connection.vendor == "sqlite":
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        wanted = _SQLITE
    else:
        query = (
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid = to_regclass('offenders_statusinterval') AND convalidated"
        )
        wanted = {CONSTRAINT: _EXCLUDE}
    with connection.cursor() as cursor:
        cursor.execute(query)
        found = dict(cursor.fetchall())
    return [name for name, text in wanted.items() if found.get(name) != text]


def require(connection: BaseDatabaseWrapper = default_connection) -> None:
    """Raise IntervalsUnguarded unless all stand. Called when a server process starts."""
    if names := missing(connection):
        raise IntervalsUnguarded(
            f"Overlapping status intervals would be accepted: {', '.join(names)}. Run "
            "`manage.py migrate` on a new database, `manage.py restore_triggers` on one that has "
            "lost them."
        )
