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
from audit.record import record

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


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL can switch triggers off")
@pytest.mark.parametrize(
    "sql",
    [
        "ALTER TABLE audit_event DISABLE TRIGGER audit_event_no_change",
        "ALTER TABLE audit_event ENABLE TRIGGER audit_event_no_change",  # replicas pass it
        "CREATE OR REPLACE FUNCTION audit_event_no_change() RETURNS trigger LANGUAGE plpgsql"
        " AS 'BEGIN RETURN NEW; END'",
    ],
)
def test_a_trigger_that_is_off_or_hollow_is_noticed_on_postgresql(sql):
    run(sql)

    assert triggers.missing() == ["audit_event_no_change"]


def test_restoring_the_triggers_leaves_an_event_that_names_what_was_lost():
    lost = triggers.names(connection.vendor)[0]
    drop(lost)

    call_command("restore_audit_triggers", verbosity=0)

    triggers.require()
    event = Event.objects.get(action="audit.triggers_restored")
    assert Payload.objects.get(pk=event.pk).payload == {"missing": [lost]}


def drop(name: str) -> None:
    table = "audit_event" if name.startswith("audit_event") else "audit_payload"
    run(f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else f" ON {table}"))


def test_the_web_server_does_not_start_without_a_trigger():
    drop(triggers.names(connection.vendor)[0])

    with pytest.raises(TriggersMissing):
        runpy.run_module("config.wsgi")
