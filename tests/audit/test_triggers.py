"""The database itself refuses changes to the record, and we notice when it would not."""

import runpy

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import DatabaseError, connection, models, transaction

from accounts.actor import Actor
from audit import triggers
from audit.errors import TriggersMissing
from audit.models import Event, Operation, Payload
from audit.record import complete_stream, record

pytestmark = pytest.mark.django_db

BY = Actor.system("tests")


def an_event() -> Event:
    return record(
        by=BY,
        action="visit.record",
        operation=Operation.ALTERATION,
        payload={"outcome": "no_answer"},
    )


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_event SET action = 'visit.other' WHERE id = {id}",
        "UPDATE audit_event SET recorded_at = '2020-01-01' WHERE id = {id}",
        "UPDATE audit_event SET id = id + 1000000 WHERE id = {id}",
        "DELETE FROM audit_event WHERE id = {id}",
        "DELETE FROM audit_payload WHERE event_id = {id}",
        "UPDATE audit_payload SET payload = '{{}}' WHERE event_id = {id}",
        "UPDATE audit_payload SET salt = NULL WHERE event_id = {id}",
        "UPDATE audit_payload SET payload = NULL WHERE event_id = {id}",
        "UPDATE audit_payload SET payload = NULL, salt = NULL, event_id = 0 WHERE event_id = {id}",
    ],
)
def test_no_change_to_the_record_is_accepted(sql):
    event = an_event()

    with pytest.raises(DatabaseError):
        run(sql.format(id=event.pk))

    assert Event.objects.get().action == "visit.record"
    assert Payload.objects.get(pk=event.pk).payload == {"outcome": "no_answer"}


def test_orm_updates_and_deletes_are_refused_too():
    event = an_event()

    for change in (
        lambda: Event.objects.update(reason="changed"),
        event.delete,
        lambda: Payload.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's way of overwriting")
def test_a_row_cannot_be_replaced_on_sqlite():
    an_event()

    for table in ("audit_event", "audit_payload"):
        with pytest.raises(DatabaseError):
            run(f"REPLACE INTO {table} SELECT * FROM {table}")  # noqa: S608


def unique_keys() -> list[tuple[str, list[str]]]:
    """Table and columns of every unique key of the record, as the database has them."""
    with connection.cursor() as cursor:
        return [
            (table, key["columns"])
            for table in ("audit_event", "audit_payload")
            for key in connection.introspection.get_constraints(cursor, table).values()
            if key["unique"] or key["primary_key"]
        ]


def one_more_with_the_same(table: str, key: list[str]) -> str:
    """SQL that replaces a row by one that shares this unique key with it, and no other."""
    with connection.cursor() as cursor:
        names = [c.name for c in connection.introspection.get_table_description(cursor, table)]
    others = {name for of, columns in unique_keys() if of == table for name in columns} - set(key)
    values = [
        ("id + 1000" if name == "id" else "NULL") if name in others else name for name in names
    ]
    given = " AND ".join(f"{name} IS NOT NULL" for name in key)
    return (
        f"INSERT OR REPLACE INTO {table} ({', '.join(names)})"  # noqa: S608 - from the database
        f" SELECT {', '.join(values)} FROM {table} WHERE {given}"
    )


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's way of overwriting")
def test_no_unique_key_of_a_table_lets_a_row_be_replaced_on_sqlite():
    complete_stream(an_event(), by=BY, row_count=7)
    keys = unique_keys()
    assert ("audit_event", ["completes"]) in keys
    before = list(Event.objects.values()), list(Payload.objects.values())

    for table, key in keys:
        with pytest.raises(DatabaseError, match=triggers.REFUSAL):
            run(one_more_with_the_same(table, key))

    assert (list(Event.objects.values()), list(Payload.objects.values())) == before


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's way of emptying")
@pytest.mark.parametrize("role", ["origin", "replica"])
@pytest.mark.parametrize("table", ["audit_event", "audit_payload"])
def test_a_table_cannot_be_emptied_on_postgresql(table, role):
    an_event()
    run(f"SET LOCAL session_replication_role = {role}")

    with pytest.raises(DatabaseError):
        run(f"TRUNCATE {table} CASCADE")
    with pytest.raises(DatabaseError):
        run(f"DELETE FROM {table}")  # noqa: S608


def test_a_payload_is_erased_once_and_its_event_still_verifies():
    event = an_event()

    assert Payload.objects.filter(pk=event.pk).update(payload=None, salt=None) == 1

    assert Payload.objects.get(pk=event.pk).payload is None
    with pytest.raises(DatabaseError), transaction.atomic():
        Payload.objects.filter(pk=event.pk).update(payload=None, salt=None)


@pytest.mark.parametrize("name", triggers.names(connection.vendor))
def test_a_dropped_trigger_is_noticed_by_the_check_and_by_the_start(name):
    triggers.require()
    call_command("check", databases=["default"])

    drop(name)

    assert triggers.missing() == [name]
    with pytest.raises(SystemCheckError, match=name):
        call_command("check", databases=["default"])
    with pytest.raises(TriggersMissing, match=name):
        triggers.require()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite rebuilds tables to alter them")
@pytest.mark.django_db(transaction=True)
def test_a_later_migration_that_rebuilds_the_table_loses_triggers_and_is_noticed():
    constraint = models.CheckConstraint(name="later", condition=models.Q(id__gt=0))

    for change in ("add_constraint", "remove_constraint"):
        with connection.schema_editor() as editor:
            getattr(editor, change)(Event, constraint)

        assert triggers.missing() == [
            "audit_event_no_update",
            "audit_event_no_delete",
            "audit_event_no_replace",
        ]


#: The same name and the same function, always on, and yet another trigger.
MADE_AGAIN = (
    "DROP TRIGGER audit_event_no_change ON audit_event;"
    " CREATE TRIGGER audit_event_no_change {} ON audit_event FOR EACH ROW {}"
    " EXECUTE FUNCTION audit_event_no_change();"
    " ALTER TABLE audit_event ENABLE ALWAYS TRIGGER audit_event_no_change"
)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL can switch triggers off")
@pytest.mark.parametrize(
    "sql",
    [
        "ALTER TABLE audit_event DISABLE TRIGGER audit_event_no_change",
        "ALTER TABLE audit_event ENABLE TRIGGER audit_event_no_change",  # replicas pass it
        "CREATE OR REPLACE FUNCTION audit_event_no_change() RETURNS trigger LANGUAGE plpgsql"
        " AS 'BEGIN RETURN NEW; END'",
        MADE_AGAIN.format("BEFORE DELETE OR UPDATE", "WHEN (false)"),
        MADE_AGAIN.format("BEFORE DELETE", ""),
        MADE_AGAIN.format("AFTER DELETE OR UPDATE", ""),
        MADE_AGAIN.format("BEFORE UPDATE OF reason OR DELETE", ""),
    ],
)
def test_a_trigger_that_is_off_or_hollow_is_noticed_on_postgresql(sql):
    assert triggers.missing() == []

    run(sql)

    assert triggers.missing() == ["audit_event_no_change"]


def drop(name: str) -> None:
    table = "audit_event" if name.startswith("audit_event") else "audit_payload"
    run(f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else f" ON {table}"))


def test_the_web_server_does_not_start_without_a_trigger():
    drop(triggers.names(connection.vendor)[0])

    with pytest.raises(TriggersMissing):
        runpy.run_module("config.wsgi")
