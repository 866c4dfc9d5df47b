"""What is changed in place is kept as it was: the database writes it down, on both databases.

A list "as known on a day" must not change afterwards (ARCHITECTURE 7), so whatever decides what is
owed and is changed in place leaves the row as it was behind, with the instant until which it
stood. A trigger does it: an action, an import or a hand at the database cannot leave it out. One
module holds the triggers' text, for the migration that makes them and for the look that finds out
whether they are still there: SQLite drops triggers silently when Django rebuilds a table.
"""

from django.db import connection as default_connection
from django.db.backends.base.base import BaseDatabaseWrapper

from audit.errors import WallLost

#: By table, the columns whose change is kept. The rows go to the table of that name and "was".
KEPT: dict[str, tuple[str, ...]] = {
    "offenders_address": ("kind", "from_on", "until_on"),
    "offenders_notificationbasis": ("disposal", "relevant_date", "discharge_months"),
    "offenders_order": ("kind", "made_on", "ends_on", "discharged_on"),
    "offenders_statusinterval": (
        "status",
        "from_on",
        "until_on",
        "began_with_release",
        "release_expected_on",
        "release_expected_said_on",
        "taken_over_on",
    ),
    "offenders_offender": (
        "date_of_birth",
        "registration_ended_on",
        "team_id",
        "offender_manager_id",
    ),
}
REFUSAL = "what a row said before is never changed"


class HistoryUnguarded(WallLost):
    """The database would forget what a fact said before it was changed."""


def _parts(table: str, differs: str) -> tuple[str, str]:
    """When a change is kept, and the statement that keeps it."""
    columns = KEPT[table]
    changed = " OR ".join(f"OLD.{name} {differs} NEW.{name}" for name in columns)
    person = "id" if table == "offenders_offender" else "offender_id"
    kept = (
        f"INSERT INTO {table}was (fact_id, offender_id, {', '.join(columns)})"  # noqa: S608
        f" VALUES (OLD.id, OLD.{person}, {', '.join(f'OLD.{name}' for name in columns)});"
    )
    return changed, kept


def _of(table: str) -> str:
    return f" UPDATE OF {', '.join(KEPT[table])} ON {table}"


def _sqlite() -> dict[str, str]:
    found = {}
    for table in KEPT:
        changed, kept = _parts(table, "IS NOT")
        found[f"{table}_kept"] = (
            f"CREATE TRIGGER {table}_kept AFTER{_of(table)} FOR EACH ROW WHEN {changed}"
            f" BEGIN {kept} END"
        )
        found[f"{table}was_no_change"] = (
            f"CREATE TRIGGER {table}was_no_change BEFORE UPDATE ON {table}was"
            f" BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )
    return found


def _postgresql() -> dict[str, tuple[str, str, str]]:
    """For each trigger: when it fires, on which table, and the source of its function."""
    found = {}
    for table in KEPT:
        changed, kept = _parts(table, "IS DISTINCT FROM")
        found[f"{table}_kept"] = (
            f"AFTER{_of(table)}",
            table,
            f"BEGIN IF {changed} THEN {kept} END IF; RETURN NULL; END",
        )
        found[f"{table}was_no_change"] = (
            f"BEFORE UPDATE ON {table}was",
            f"{table}was",
            f"BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END",
        )
    return found


def create(connection: BaseDatabaseWrapper) -> None:
    """Make every trigger anew. Safe to run twice."""
    drop(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for statement in _sqlite().values():
                cursor.execute(statement)
            return
        for name, (fires, table, source) in _postgresql().items():
            cursor.execute(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $body${source}$body$"
            )
            cursor.execute(f"CREATE TRIGGER {name} {fires} FOR EACH ROW EXECUTE FUNCTION {name}()")
            # ALWAYS: session_replication_role = replica does not get past it.
            cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")


def drop(connection: BaseDatabaseWrapper) -> None:
    """Remove every trigger, for reversing the migration."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in _sqlite():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            return
        for name, (_, table, _source) in _postgresql().items():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
            cursor.execute(f"DROP FUNCTION IF EXISTS {name}()")


def missing(connection: BaseDatabaseWrapper = default_connection) -> list[str]:
    """The names of the triggers that are gone, switched off or not what this module says."""
    if connection.vendor == "sqlite":
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        wanted = _sqlite()
    else:
        query = (
            "SELECT t.tgname, p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE NOT t.tgisinternal AND t.tgenabled = 'A'"
        )
        wanted = {name: source for name, (_, _table, source) in _postgresql().items()}
    with connection.cursor() as cursor:
        cursor.execute(query)
        found = dict(cursor.fetchall())
    return [name for name, text in wanted.items() if found.get(name) != text]


def require(connection: BaseDatabaseWrapper = default_connection) -> None:
    """Raise HistoryUnguarded unless every trigger stands. Called when a server process starts."""
    if lost := missing(connection):
        raise HistoryUnguarded(
            f"What facts said before would be forgotten: {', '.join(lost)}. Run "
            "`manage.py migrate` on a new database, `manage.py restore_triggers` on one that has "
            "lost them."
        )
