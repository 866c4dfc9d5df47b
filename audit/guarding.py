"""Triggers that refuse changes to rows, on both databases: made, removed, and looked for.

SQLite drops triggers silently when Django rebuilds a table, and anyone who owns the database can
drop or switch them off. So the rooms that rely on some look again when they are checked and when
a server process starts.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

from django.core.checks import CheckMessage, Error
from django.db import connection as default_connection
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder


class Guard(NamedTuple):
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


#: What each trigger is and what its function does; `tgenabled` is "A" where it always fires.
#: Pretty-printed, so that the table is named without its schema.
_STANDING_ON_POSTGRESQL = (
    "SELECT t.tgname, pg_get_triggerdef(t.oid, true), p.prosrc, t.tgenabled::text"
    " FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal"
)


def raises(refusal: str) -> str:
    """The statement by which a function on PostgreSQL refuses, as an IntegrityError."""
    return f"RAISE EXCEPTION '{refusal}' USING ERRCODE = 'restrict_violation';"


#: What to do about triggers that are gone.
RESTORE = (
    "Run `manage.py migrate` on a new database, `manage.py restore_triggers` on one that has lost "
    "them."
)


@dataclass(frozen=True, slots=True)
class Guards:
    """The triggers of one room, by name.

    `sqlite`: when each refuses, from BEFORE to its WHEN. `error`: what `require` raises, with
    `lost` and then the names of those that are gone, and `restore`: what to do about it.
    """

    refusal: str
    sqlite: Mapping[str, str]
    postgresql: Mapping[str, Guard]
    error: type[Exception]
    lost: str
    restore: str = RESTORE

    @classmethod
    def of_what_is_never_changed(
        cls,
        *,
        table: str,
        name: str,
        keys: Sequence[str],
        refusal: str,
        error: type[Exception],
        lost: str,
    ) -> Self:
        """Of a table whose rows are inserted and never changed.

        `name`: how the triggers' names begin. `keys`: the columns of which a row has its own.
        """
        same = " OR ".join(f"{key} = NEW.{key}" for key in keys)
        refuses = f"BEGIN {raises(refusal)} END"
        return cls(
            refusal=refusal,
            sqlite={
                f"{name}_no_change": f"BEFORE UPDATE ON {table}",
                f"{name}_no_delete": f"BEFORE DELETE ON {table}",
                # INSERT OR REPLACE deletes the old row without firing DELETE triggers.
                f"{name}_no_replace": f"BEFORE INSERT ON {table} WHEN EXISTS"  # noqa: S608 - no input
                f" (SELECT 1 FROM {table} WHERE {same})",
            },
            postgresql={
                f"{name}_no_change": Guard(table, "DELETE OR UPDATE", refuses),
                f"{name}_no_truncate": Guard(table, "TRUNCATE", refuses),
            },
            error=error,
            lost=lost,
        )

    def create(self, connection: BaseDatabaseWrapper) -> None:
        """Make every trigger anew. Safe to run twice."""
        self.drop(connection)
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                for name in self.sqlite:
                    cursor.execute(self._on_sqlite(name))
                return
            for name, guard in self.postgresql.items():
                cursor.execute(
                    f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql"
                    f" AS $body${guard.source}$body$"
                )
                cursor.execute(guard.definition(name))
                # ALWAYS: session_replication_role = replica does not get past it.
                cursor.execute(f"ALTER TABLE {guard.table} ENABLE ALWAYS TRIGGER {name}")

    def drop(self, connection: BaseDatabaseWrapper) -> None:
        """Remove every trigger: to reverse the migration, and to empty a test database."""
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                for name in self.sqlite:
                    cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
                return
            for name, (table, *_) in self.postgresql.items():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
                cursor.execute(f"DROP FUNCTION IF EXISTS {name}()")

    def names(self, vendor: str) -> list[str]:
        """The triggers that a database of `vendor` ("sqlite", "postgresql") has."""
        return list(self.sqlite if vendor == "sqlite" else self.postgresql)

    def missing(self, connection: BaseDatabaseWrapper = default_connection) -> list[str]:
        """The names of the triggers that are gone, switched off or not what is said here."""
        wanted: dict[str, tuple[str, ...]]
        if connection.vendor == "sqlite":
            wanted = {name: (self._on_sqlite(name),) for name in self.sqlite}
            query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        else:
            wanted = {
                name: (guard.definition(name), guard.source, "A")
                for name, guard in self.postgresql.items()
            }
            query = _STANDING_ON_POSTGRESQL
        with connection.cursor() as cursor:
            cursor.execute(query)
            found = {name: tuple(said) for name, *said in cursor.fetchall()}
        return [name for name, said in wanted.items() if found.get(name) != said]

    def require(self, connection: BaseDatabaseWrapper = default_connection) -> None:
        """Raise `error` unless every trigger stands. Called when a server process starts."""
        if gone := self.missing(connection):
            raise self.error(f"{self.lost}: {', '.join(gone)}. {self.restore}")

    def _on_sqlite(self, name: str) -> str:
        when = self.sqlite[name]
        return f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, '{self.refusal}'); END"


def lost(
    databases: Sequence[str] | None,
    *,
    since: tuple[str, str],
    missing: Callable[[BaseDatabaseWrapper], list[str]],
    said: str,
    id: str,  # noqa: A002 - as Django's checks call it
) -> list[CheckMessage]:
    """An error for each guard that is not there. `said`: with the `{name}` of the guard.

    Silent until the migration `since` has run, which makes them: `migrate` runs the checks first.
    """
    return [
        Error(
            said.format(name=name),
            hint="Run `manage.py restore_triggers` and find out who removed it.",
            id=id,
        )
        for alias in databases or ()
        if since in MigrationRecorder(connections[alias]).applied_migrations()
        for name in missing(connections[alias])
    ]
