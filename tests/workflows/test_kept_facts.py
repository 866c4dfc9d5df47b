"""Whatever decides what is owed and is changed in place leaves behind what it said before."""

import ast
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from offenders import history
from offenders.models import Notification, OffenderWas, Order, OrderWas
from tests import make
from tests.workflows.moments import moment
from workflows.facts import stream

pytestmark = pytest.mark.django_db

on_sqlite = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="SQLite tells which columns a statement reads"
)


@pytest.fixture
def person():
    made_on = timezone.localdate() - timedelta(days=700)
    return make.person(order_kind="shpo", order_made_on=made_on)


#: Instants that say when a fact was recorded, decided or ended: each is set once.
INSTANTS = {
    "recorded_at",
    "voided_at",
    "found_ineffective_at",
    "withdrawn_at",
    "decided_at",
    "finished_at",
    "settled_at",
    "reported_at",
    "closed_at",
    "ended_at",
    "checked_at",
    "interval_decided_at",
    "decision_recorded_at",
    "closing_recorded_at",
    "stands_at",
}
#: What never changes: keys, and whose the row is.
KEYS = {"id", "offender_id", "force_id", "fact_id", "stood_until"}
#: Read to find rows, and set once together with an instant that is read beside it.
WITH_ITS_INSTANT = {
    ("risk_riskassessment", "state"): "decided_at",
    ("workflows_caseaction", "finished_on"): "finished_at",
    ("workflows_reactiveproposal", "settled_on"): "settled_at",
    ("workflows_missingreport", "decided_on"): "decision_recorded_at",
    ("workflows_missingreport", "closed_on"): "closing_recorded_at",
    ("workflows_missingreport", "found_in"): "closing_recorded_at",
    ("workflows_deathreport", "decided_on"): "decision_recorded_at",
    ("workflows_entrywarrant", "decided_on"): "decision_recorded_at",
    ("risk_riskassessment", "decided_on"): "decided_at",
    ("risk_leveloverride", "ended_on"): "ended_at",
    ("risk_riskmanagementplan", "state"): "decided_at",
    ("risk_riskmanagementplan", "agreed_on"): "decided_at",
    ("risk_riskmanagementplan", "level"): "decided_at",
    ("workflows_dipsampleitem", "checked_on"): "checked_at",
    ("risk_indicatortriage", "stands_on"): "stands_at",
    # Inserted and never changed (`risk.as_received`).
    ("risk_matchdecision", "decision"): "recorded_at",
    # Inserted and never changed (`risk.kept_decisions`).
    ("risk_indicatordecision", "decision"): "decided_at",
    # Inserted and withdrawn; tasks have a column of that name.
    ("workflows_detailchange", "changed_on"): "withdrawn_at",
    # What is secret is left out of every answer, of the past as well: it is its named users' alone.
    ("risk_indicator", "is_secret"): "decided_at",
}


def read_by_facts(person) -> set[tuple[str, str]]:
    """Every (table, column) that reading facts reads, as SQLite itself tells it."""
    seen: set[tuple[str, str]] = set()

    def note(action, table, column, *_):
        if action == sqlite3.SQLITE_READ and column:
            seen.add((table, column))
        return sqlite3.SQLITE_OK

    at = moment()
    connection.connection.set_authorizer(note)
    try:
        list(stream(offender_ids=[person.pk]))
        list(stream(offender_ids=[person.pk], known_at=at))
    finally:
        connection.connection.set_authorizer(None)
    return {(table, column) for table, column in seen if not table.endswith("was")}


def written_in_place() -> dict[str, set[str]]:
    """Every column name that the rooms' code writes to a row that is there already, and where."""
    found: dict[str, set[str]] = {}
    for room in ("offenders", "risk", "workflows", "accounts"):
        for path in (settings.BASE_DIR / room).rglob("*.py"):
            if "migrations" in path.parts:
                continue
            for name in _columns(ast.parse(path.read_text(encoding="utf-8"))):
                found.setdefault(name, set()).add(str(Path(path).relative_to(settings.BASE_DIR)))
    return found


def _columns(tree: ast.AST):
    for part in ast.walk(tree):
        if isinstance(part, ast.Attribute) and isinstance(part.ctx, ast.Store):
            yield part.attr
        elif isinstance(part, ast.Call):
            yield from _named_in(part)


def _named_in(call: ast.Call):
    """Columns that a call writes: by keyword, or by name in a list."""
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    if name == "update":
        yield from (keyword.arg for keyword in call.keywords if keyword.arg)
    elif name in {"save", "save_changed", "stamp", "bulk_update"}:
        for value in [*call.args, *(keyword.value for keyword in call.keywords)]:
            for part in ast.walk(value):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value


#: Columns of the same name that other tables have, and the files that write those.
OTHERS = {
    # Of a stay, which is kept; a release check has one of its own.
    "release_expected_on": {"offenders/actions/status.py"},
    # The level that tasks and people carry as a copy of the newest decision.
    "level": {
        "workflows/engine/bulk.py",
        "risk/actions/assessments.py",
        "risk/actions/plans.py",
    },
    "due_on": {"workflows/engine/bulk.py", "workflows/engine/nodes.py", "workflows/reconcile.py"},
    # Reports of missing and dead people and warrants, each with its instant.
    "decided_on": {
        "workflows/actions/deaths.py",
        "workflows/actions/missing.py",
        "workflows/actions/warrants.py",
        "risk/actions/assessments.py",
    },
    # Of an action.
    "outcome": {
        "workflows/actions/case_actions.py",
        "workflows/actions/plans.py",
        # Of an indicator, when its triage stands.
        "risk/actions/triage.py",
    },
    # Of a dip sample's item.
    "checked_on": {"workflows/actions/case_reviews.py"},
    # Of an integration.
    "expires_on": {"accounts/actions.py"},
    # Obligations, tasks, import jobs, proposals and versions of the rules.
    "status": {"offenders/actions/restating.py", "workflows/imports/running.py"},
    "kind": {"workflows/engine/bulk.py", "workflows/flows/base.py"},
}


def forgotten(person, kept) -> dict[tuple[str, str], set[str]]:
    """What facts read that is changed in place and leaves nothing behind, and where."""
    written = written_in_place()
    found = {}
    for table, column in sorted(read_by_facts(person)):
        is_kept = column in kept.get(table, ())
        if is_kept or column in INSTANTS | KEYS or (table, column) in WITH_ITS_INSTANT:
            continue
        if places := written.get(column, set()) - OTHERS.get(column, set()):
            found[table, column] = places
    return found


@on_sqlite
def test_whatever_facts_read_is_kept_when_it_changes(person):
    """A new fact that is changed in place must be in `offenders.history.KEPT`, or end by an
    instant; one that is only ever added to needs neither."""
    assert not forgotten(person, history.KEPT)


@on_sqlite
def test_a_fact_that_forgets_is_found_out(person):
    found = {f"{table}.{column}" for table, column in forgotten(person, {})}
    assert found >= {
        "offenders_order.ends_on",
        "offenders_statusinterval.until_on",
        "offenders_address.until_on",
        "offenders_notificationbasis.relevant_date",
        "offenders_offender.registration_ended_on",
    }


@on_sqlite
def test_the_watch_sees_what_facts_read(person):
    seen = read_by_facts(person)
    assert ("offenders_statusinterval", "until_on") in seen
    assert ("workflows_visit", "found_ineffective_at") in seen
    assert ("risk_riskassessment", "state") in seen
    assert {table for table, _ in seen} > set(history.KEPT) | {"workflows_releasecheck"}


def test_each_kept_column_is_one_that_its_table_and_the_copy_have():
    with connection.cursor() as cursor:
        for table, columns in history.KEPT.items():
            for name in (table, f"{table}was"):
                told = connection.introspection.get_table_description(cursor, name)
                assert set(columns) <= {column.name for column in told}


def test_a_row_of_the_past_is_never_changed(person):
    Order.objects.filter(offender=person).update(ends_on=timezone.localdate())
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        OrderWas.objects.update(ends_on=None)


def test_what_does_not_differ_leaves_nothing_behind(person):
    order = Order.objects.get(offender=person)
    order.save()
    person.save()
    Notification.objects.filter(offender=person).update(station="Tean")
    assert not OrderWas.objects.exists()
    assert not OffenderWas.objects.exists()


def test_every_trigger_stands_when_all_migrations_have_run():
    """On SQLite a migration that rebuilds one of the tables must make them again."""
    history.require()


def test_losing_a_trigger_is_found_out():
    history.drop(connection)
    with pytest.raises(history.HistoryUnguarded):
        history.require()
    history.create(connection)
    history.require()
