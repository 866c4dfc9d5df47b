"""On PostgreSQL the service's own role writes events and can neither change nor remove them."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from accounts.actor import Actor
from accounts.models import Force
from audit.models import Event, Operation
from audit.record import record

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL has roles"),
]

ROLE = "tests_service"


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.fixture
def _as_the_service() -> None:
    """From here on the test is the service's role, which the rollback takes away again."""
    run(f"CREATE ROLE {ROLE}")
    call_command("grant_service", ROLE, verbosity=0)
    run(f"SET LOCAL ROLE {ROLE}")


@pytest.mark.usefixtures("_as_the_service")
def test_it_works_and_writes_events():
    Force.objects.create(code="EXA", name="Example Constabulary")
    Force.objects.update(name="Renamed")
    record(
        by=Actor.system("tests"), action="task.view", operation=Operation.CONSULTATION, payload={}
    )
    assert Event.objects.get().action == "task.view"


@pytest.mark.usefixtures("_as_the_service")
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_event SET reason = 'changed'",
        "DELETE FROM audit_event",
        "TRUNCATE audit_event",
        "UPDATE audit_payload SET payload = NULL, salt = NULL",
        "DELETE FROM audit_payload",
        "TRUNCATE audit_payload",
    ],
)
def test_it_changes_nothing_of_the_record(sql: str):
    with pytest.raises(DatabaseError, match="permission denied"):
        run(sql)


@pytest.mark.usefixtures("_as_the_service")
@pytest.mark.parametrize(
    "sql",
    [
        "ALTER TABLE audit_event DISABLE TRIGGER ALL",
        "DROP TRIGGER audit_event_no_change ON audit_event",
        "DROP TABLE audit_event",
    ],
)
def test_it_owns_nothing_that_it_could_switch_off(sql: str):
    with pytest.raises(DatabaseError, match="must be owner"):
        run(sql)


@pytest.mark.parametrize("role", ["nobody_of_that_name", "postgres"])
def test_a_role_that_nothing_binds_is_refused(role: str):
    with pytest.raises(CommandError):
        call_command("grant_service", role)
