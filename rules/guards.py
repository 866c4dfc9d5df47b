"""What a version of the rules says never changes: the database refuses it, on both databases.

From the day it is proposed, so that what was read is what is approved. The only changes are its
approval and its withdrawal, each once; a version never goes away. One module holds the triggers'
text, for the migration that makes them and for the look that finds out whether they are still
there: SQLite drops triggers silently when Django rebuilds a table.
"""

from django.db import connection as default_connection
from django.db.backends.base.base import BaseDatabaseWrapper

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
_RAISE = f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation';"
#: For each trigger on PostgreSQL: what fires it, and the source of its function.
_POSTGRESQL = {
    "ruleset_version_no_change": (
        "UPDATE",
        f"BEGIN IF {_refused('IS DISTINCT FROM')} THEN {_RAISE} END IF; RETURN NEW; END",
    ),
    "ruleset_version_no_delete": ("DELETE", f"BEGIN {_RAISE} END"),
    "ruleset_version_no_truncate": ("TRUNCATE", f"BEGIN {_RAISE} END"),
}


class VersionsUnguarded(RuntimeError):
    """The database would accept changes to a version of the rules."""


def create(connection: BaseDatabaseWrapper) -> None:
    """Make every trigger anew. Safe to run twice."""
    drop(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in _SQLITE:
                cursor.execute(_on_sqlite(name))
            return
        for name, (event, source) in _POSTGRESQL.items():
            each = "STATEMENT" if event == "TRUNCATE" else "ROW"
            cursor.execute(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $body${source}$body$"
            )
            cursor.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON {TABLE} FOR EACH {each}"
                f" EXECUTE FUNCTION {name}()"
            )
            # ALWAYS: session_replication_role = replica does not get past it.
            cursor.execute(f"ALTER TABLE {TABLE} ENABLE ALWAYS TRIGGER {name}")


def drop(connection: BaseDatabaseWrapper) -> None:
    """Remove every trigger: for reversing the migration, and for emptying a test database."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in _SQLITE:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            return
        for name in _POSTGRESQL:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {TABLE}")
            cursor.execute(f"DROP FUNCTION IF EXISTS {name}()")


def names(vendor: str) -> list[str]:
    """The triggers that a database of `vendor` ("sqlite", "postgresql") has."""
    return list(_SQLITE if vendor == "sqlite" else _POSTGRESQL)


def missing(connection: BaseDatabaseWrapper = default_connection) -> list[str]:
    """The names of the triggers that are gone, switched off or not what this module says."""
    if connection.vendor == "sqlite":
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        wanted = {name: _on_sqlite(name) for name in _SQLITE}
    else:
        query = (
            "SELECT t.tgname, p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE NOT t.tgisinternal AND t.tgenabled = 'A'"
            " AND t.tgrelid = to_regclass('rules_rulesetversion')"
        )
        wanted = {name: source for name, (_, source) in _POSTGRESQL.items()}
    with connection.cursor() as cursor:
        cursor.execute(query)
        found = dict(cursor.fetchall())
    return [name for name, text in wanted.items() if found.get(name) != text]


def require(connection: BaseDatabaseWrapper = default_connection) -> None:
    """Raise VersionsUnguarded unless every trigger stands. Called when a server process starts."""
    if lost := missing(connection):
        raise VersionsUnguarded(
            f"Changes to the rules in force would be accepted: {', '.join(lost)}. Run "
            "`manage.py migrate` on a new database; on one that has lost them, "
            "`manage.py migrate rules 0005` and then `manage.py migrate`."
        )


def _on_sqlite(name: str) -> str:
    return f"CREATE TRIGGER {name} {_SQLITE[name]} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
