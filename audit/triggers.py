"""The triggers that refuse changes to the record, on both databases.

One module holds their text, for the migration that makes them and for the look that finds out
whether they are still there. SQLite drops triggers when Django rebuilds a table, silently; and
anyone who owns the database can drop or switch them off. So `check --database default` and the
start of every server process look again (`require`).

Walls, weakest first: no code changes a row; these triggers; the hashes over `leaf_data`, which
an owner of the database cannot satisfy.
"""

from typing import NamedTuple

from django.db import connection as default_connection
from django.db.backends.base.base import BaseDatabaseWrapper

from audit.errors import TriggersMissing

REFUSAL = "the audit record is append-only"

#: The one permitted change: payload and salt to NULL together, once, in the same row.
IS_ERASURE = (
    "NEW.payload IS NULL AND NEW.salt IS NULL"
    " AND OLD.payload IS NOT NULL AND NEW.event_id = OLD.event_id"
)

#: When each trigger refuses. INSERT OR REPLACE deletes the old row without firing DELETE
#: triggers, whichever unique key the new row shares with it: each of them must stand in the two
#: for INSERT.
_SQLITE = {
    "audit_event_no_update": "BEFORE UPDATE ON audit_event",
    "audit_event_no_delete": "BEFORE DELETE ON audit_event",
    "audit_event_no_replace": "BEFORE INSERT ON audit_event"
    " WHEN EXISTS (SELECT 1 FROM audit_event WHERE id = NEW.id)"
    " OR EXISTS (SELECT 1 FROM audit_event WHERE completes = NEW.completes)",
    "audit_payload_erase_only": f"BEFORE UPDATE ON audit_payload WHEN NOT ({IS_ERASURE})",
    "audit_payload_no_delete": "BEFORE DELETE ON audit_payload",
    "audit_payload_no_replace": "BEFORE INSERT ON audit_payload"
    " WHEN EXISTS (SELECT 1 FROM audit_payload WHERE event_id = NEW.event_id)",
}


class _Guard(NamedTuple):
    """A trigger on PostgreSQL: its table, what fires it, and the source of its function.

    `event` is written in the order in which PostgreSQL gives it back.
    """

    table: str
    event: str
    source: str

    def definition(self, name: str) -> str:
        """The trigger as it is made and as `pg_get_triggerdef` says it."""
        each = "STATEMENT" if self.event == "TRUNCATE" else "ROW"
        return (
            f"CREATE TRIGGER {name} BEFORE {self.event} ON {self.table} FOR EACH {each}"
            f" EXECUTE FUNCTION {name}()"
        )


_RAISE = f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation';"
_REFUSE = f"BEGIN {_RAISE} END"
_ERASE_ONLY = f"BEGIN IF {IS_ERASURE} THEN RETURN NEW; END IF; {_RAISE} END"

_POSTGRESQL = {
    "audit_event_no_change": _Guard("audit_event", "DELETE OR UPDATE", _REFUSE),
    "audit_event_no_truncate": _Guard("audit_event", "TRUNCATE", _REFUSE),
    "audit_payload_erase_only": _Guard("audit_payload", "UPDATE", _ERASE_ONLY),
    "audit_payload_no_delete": _Guard("audit_payload", "DELETE", _REFUSE),
    "audit_payload_no_truncate": _Guard("audit_payload", "TRUNCATE", _REFUSE),
}

#: What each trigger is and what its function does; `tgenabled` is "A" where it always fires.
#: Pretty-printed, so that the table is named without its schema.
_STANDING_ON_POSTGRESQL = (
    "SELECT t.tgname, pg_get_triggerdef(t.oid, true), p.prosrc, t.tgenabled::text"
    " FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal"
    " AND t.tgrelid IN (to_regclass('audit_event'), to_regclass('audit_payload'))"
)


def create(connection: BaseDatabaseWrapper) -> None:
    """Make every trigger anew. Safe to run twice."""
    drop(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in _SQLITE:
                cursor.execute(_on_sqlite(name))
            return
        for name, guard in _POSTGRESQL.items():
            cursor.execute(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql"
                f" AS $body${guard.source}$body$"
            )
            cursor.execute(guard.definition(name))
            # ALWAYS: session_replication_role = replica does not get past it.
            cursor.execute(f"ALTER TABLE {guard.table} ENABLE ALWAYS TRIGGER {name}")


def drop(connection: BaseDatabaseWrapper) -> None:
    """Remove every trigger: for reversing the migration, and for emptying a test database."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in _SQLITE:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            return
        for name, (table, *_) in _POSTGRESQL.items():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
            cursor.execute(f"DROP FUNCTION IF EXISTS {name}()")


def names(vendor: str) -> list[str]:
    """The triggers that a database of `vendor` ("sqlite", "postgresql") has."""
    return list(_SQLITE if vendor == "sqlite" else _POSTGRESQL)


def missing(connection: BaseDatabaseWrapper = default_connection) -> list[str]:
    """The names of the triggers that are gone, switched off or not what this module says."""
    wanted: dict[str, tuple[str, ...]]
    if connection.vendor == "sqlite":
        wanted = {name: (_on_sqlite(name),) for name in _SQLITE}
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    else:
        wanted = {
            name: (guard.definition(name), guard.source, "A") for name, guard in _POSTGRESQL.items()
        }
        query = _STANDING_ON_POSTGRESQL
    with connection.cursor() as cursor:
        cursor.execute(query)
        found = {name: tuple(said) for name, *said in cursor.fetchall()}
    return [name for name, said in wanted.items() if found.get(name) != said]


def require(connection: BaseDatabaseWrapper = default_connection) -> None:
    """Raise TriggersMissing unless every trigger stands. Called when a server process starts."""
    if lost := missing(connection):
        raise TriggersMissing(
            f"The audit record is not protected: {', '.join(lost)}. Run `manage.py migrate` on a "
            "new database, `manage.py restore_triggers` on one that has lost them."
        )


def _on_sqlite(name: str) -> str:
    return f"CREATE TRIGGER {name} {_SQLITE[name]} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
