"""Intervals of one owner that never overlap: the database refuses it, on both databases.

PostgreSQL has an exclusion constraint over date ranges; SQLite, which has none, two triggers. The
rooms say of which table (`Apart`), for the migration that makes them and for the look that finds
out whether they are still there: SQLite drops triggers silently when Django rebuilds a table.
"""

from dataclasses import dataclass

from django.db import connection as default_connection
from django.db.backends.base.base import BaseDatabaseWrapper

#: Pairs that a message names; more are counted.
NAMED = 20


class Overlapping(RuntimeError):
    """Rows overlap already, so nothing can be made that refuses it. The message has their ids."""


@dataclass(frozen=True, slots=True)
class Apart:
    """Rows of `table` of one `owner`, each from `from_on` up to, not including, `until_on`.

    `constraint` and `trigger` name what refuses, `refusal` says it. `live`: the column that is
    null while a row counts, where not all do. `error`: what `require` raises, with `lost`.
    `mend`: what to do about rows that overlap.
    """

    table: str
    owner: str
    constraint: str
    trigger: str
    refusal: str
    error: type[Exception]
    lost: str
    mend: str
    live: str = ""

    def create(self, connection: BaseDatabaseWrapper) -> None:
        """Make the constraint or the triggers anew. Safe to run twice. Raises Overlapping."""
        if pairs := self.overlapping(connection):
            raise Overlapping(self._told(pairs))
        self.drop(connection)
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                for statement in self._on_sqlite().values():
                    cursor.execute(statement)
                return
            cursor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
            cursor.execute(
                f"ALTER TABLE {self.table} ADD CONSTRAINT {self.constraint} {self._exclude()}"
            )

    def drop(self, connection: BaseDatabaseWrapper) -> None:
        """Remove them, for reversing the migration."""
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                for name in self._on_sqlite():
                    cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
                return
            cursor.execute(f"ALTER TABLE {self.table} DROP CONSTRAINT IF EXISTS {self.constraint}")

    def overlapping(
        self, connection: BaseDatabaseWrapper = default_connection
    ) -> list[tuple[int, int]]:
        """The ids of each two rows that overlap, in order."""
        live = f" AND a.{self.live} IS NULL AND b.{self.live} IS NULL" if self.live else ""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT a.id, b.id FROM {self.table} a JOIN {self.table} b"  # noqa: S608 - no input
                f" ON a.{self.owner} = b.{self.owner} AND a.id < b.id{live}"
                " AND (a.until_on IS NULL OR b.from_on < a.until_on)"
                " AND (b.until_on IS NULL OR a.from_on < b.until_on) ORDER BY a.id, b.id"
            )
            return [(first, second) for first, second in cursor.fetchall()]

    def missing(self, connection: BaseDatabaseWrapper = default_connection) -> list[str]:
        """The names of what is gone or not what is said here."""
        if connection.vendor == "sqlite":
            query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
            wanted = self._on_sqlite()
        else:
            query = (
                "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"  # noqa: S608 - no input
                f" WHERE conrelid = to_regclass('{self.table}') AND convalidated"
            )
            wanted = {self.constraint: self._exclude()}
        with connection.cursor() as cursor:
            cursor.execute(query)
            found = dict(cursor.fetchall())
        return [name for name, text in wanted.items() if found.get(name) != text]

    def require(self, connection: BaseDatabaseWrapper = default_connection) -> None:
        """Raise `error` unless all stand. Called when a server process starts."""
        if names := self.missing(connection):
            raise self.error(
                f"{self.lost}: {', '.join(names)}. Run `manage.py migrate` on a new database, "
                "`manage.py restore_triggers` on one that has lost them."
            )

    def _told(self, pairs: list[tuple[int, int]]) -> str:
        named = ", ".join(f"{first} and {second}" for first, second in pairs[:NAMED])
        more = f", and {len(pairs) - NAMED} more" if len(pairs) > NAMED else ""
        return (
            f"{self.refusal}, but rows of {self.table} do, by their ids: {named}{more}. {self.mend}"
        )

    def _exclude(self) -> str:
        """As PostgreSQL says it."""
        live = f" WHERE (({self.live} IS NULL))" if self.live else ""
        return (
            f"EXCLUDE USING gist ({self.owner} WITH =, "
            f"daterange(from_on, until_on, '[)'::text) WITH &&){live}"
        )

    def _on_sqlite(self) -> dict[str, str]:
        insert, update = f"{self.trigger}_insert_apart", f"{self.trigger}_update_apart"
        return {
            insert: self._refuses(insert, "INSERT"),
            update: self._refuses(update, "UPDATE", " AND other.id <> OLD.id"),
        }

    def _refuses(self, name: str, timing: str, other_than: str = "") -> str:
        when = f"NEW.{self.live} IS NULL AND " if self.live else ""
        other_than += f" AND other.{self.live} IS NULL" if self.live else ""
        return (
            f"CREATE TRIGGER {name} BEFORE {timing} ON {self.table} FOR EACH ROW WHEN {when}EXISTS"  # noqa: S608 - no input
            f" (SELECT 1 FROM {self.table} AS other"
            f" WHERE other.{self.owner} = NEW.{self.owner}{other_than}"
            " AND (other.until_on IS NULL OR NEW.from_on < other.until_on)"
            " AND (NEW.until_on IS NULL OR other.from_on < NEW.until_on))"
            f" BEGIN SELECT RAISE(ABORT, '{self.refusal}'); END"
        )
