"""The database refuses to change what a version says, and start-up notices if it would not."""

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import DatabaseError, connection, transaction

from rules import guards
from rules.models import RuleSetVersion
from tests.rules.proposing import approve, propose, withdraw

pytestmark = pytest.mark.django_db


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("state", ["shipped", "proposed", "approved", "withdrawn"])
@pytest.mark.parametrize(
    "change",
    [
        "document = '{}'",
        "digest = reason",
        "effective_from = '2030-01-01'",
        "number = 9",
        "title = 'Another'",
        "reason = 'Another'",
        "proposed_by_id = approved_by_id, based_on_id = id",
    ],
)
def test_what_a_version_says_never_changes(state, change):
    version = RuleSetVersion.objects.get() if state == "shipped" else propose()
    if state == "approved":
        approve(version)
    if state == "withdrawn":
        withdraw(version)
    with pytest.raises(DatabaseError):
        run(f"UPDATE rules_rulesetversion SET {change} WHERE id = {version.pk}")  # noqa: S608


@pytest.mark.parametrize(
    "change",
    [
        "state = 'proposed', approved_by_id = NULL, approved_at = NULL, approved_on = NULL",
        "approval_reason = 'Another'",
        "approved_by_id = proposed_by_id",
    ],
)
def test_an_approval_never_changes(change):
    version = approve(propose())
    with pytest.raises(DatabaseError):
        run(f"UPDATE rules_rulesetversion SET {change} WHERE id = {version.pk}")  # noqa: S608


def test_what_was_withdrawn_stays_so():
    version = withdraw(propose())
    with pytest.raises(DatabaseError):
        run(f"UPDATE rules_rulesetversion SET state = 'proposed' WHERE id = {version.pk}")  # noqa: S608


def test_a_version_never_goes_away():
    propose()
    with pytest.raises(DatabaseError):
        run("DELETE FROM rules_rulesetversion")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's way of overwriting")
def test_a_version_cannot_be_replaced_on_sqlite():
    with pytest.raises(DatabaseError):
        run("REPLACE INTO rules_rulesetversion SELECT * FROM rules_rulesetversion")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's way of emptying")
@pytest.mark.parametrize("role", ["origin", "replica"])
def test_the_table_cannot_be_emptied_on_postgresql(role):
    run(f"SET LOCAL session_replication_role = {role}")
    with pytest.raises(DatabaseError):
        run("TRUNCATE rules_rulesetversion CASCADE")


@pytest.mark.parametrize("name", guards.names(connection.vendor))
def test_a_dropped_trigger_is_noticed_by_the_check_and_by_the_start(name):
    guards.require()
    call_command("check", databases=["default"])

    table = "" if connection.vendor == "sqlite" else f" ON {guards.TABLE}"
    run(f"DROP TRIGGER {name}{table}")

    assert guards.missing() == [name]
    with pytest.raises(SystemCheckError, match=name):
        call_command("check", databases=["default"])
    with pytest.raises(guards.VersionsUnguarded, match=name):
        guards.require()
