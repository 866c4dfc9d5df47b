"""What was handed in is frozen with its inputs: the database refuses to change it."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import Role
from risk import frozen
from risk.models import RiskAssessment
from tests import make
from tests.workflows import doing

pytestmark = pytest.mark.django_db


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def handed_in(state: str = "submitted") -> RiskAssessment:
    person = make.person()
    manager = make.activate(person.offender_manager)
    doing.complete(person, "assess", make.assessment(), by=manager)
    if state != "submitted":
        decision = {"endorsed": "endorse", "returned": "return"}[state]
        supervisor = make.officer(Role.SUPERVISOR, team=person.team)
        doing.complete(person, "endorse", {"decision": decision, "comment": "Read"}, by=supervisor)
    return person.assessments.get(state=state)


@pytest.mark.parametrize("state", ["submitted", "endorsed", "returned"])
@pytest.mark.parametrize(
    "change",
    [
        "priority = 'low'",
        "formulation = 'Better'",
        "proposed_level = 'low'",
        "assessed_on = '2026-01-01'",
        "tool = 'structured_judgement'",
        "template_id = NULL",
        "submitted_at = NULL, state = 'imported', author_id = NULL, endorser_id = NULL",
    ],
)
def test_what_was_handed_in_never_changes(state, change):
    assessment = handed_in(state)
    with pytest.raises(IntegrityError):
        run(f"UPDATE risk_riskassessment SET {change} WHERE id = {assessment.pk}")  # noqa: S608


@pytest.mark.parametrize("state", ["endorsed", "returned"])
@pytest.mark.parametrize(
    "change",
    ["decision_comment = 'Never said'", "decided_at = recorded_at", "state = 'submitted'"],
)
def test_a_decision_never_changes(state, change):
    assessment = handed_in(state)
    with pytest.raises(IntegrityError):
        run(f"UPDATE risk_riskassessment SET {change} WHERE id = {assessment.pk}")  # noqa: S608


@pytest.mark.parametrize("change", ["rating = 'high'", "evidence = 'Else'", "factor = 'mood'"])
def test_a_rating_never_changes(change):
    assessment = handed_in()
    with pytest.raises(IntegrityError):
        run(f"UPDATE risk_factorrating SET {change} WHERE assessment_id = {assessment.pk}")  # noqa: S608


@pytest.mark.parametrize("table", ["risk_factorrating", "risk_riskassessment"])
def test_nothing_assessed_goes_away(table):
    handed_in()
    with pytest.raises(DatabaseError):
        run(f"DELETE FROM {table}")  # noqa: S608


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's way of overwriting")
@pytest.mark.parametrize("table", ["risk_factorrating", "risk_riskassessment", "risk_toolversion"])
def test_no_row_is_replaced_on_sqlite(table):
    handed_in()
    with pytest.raises(DatabaseError):
        run(f"REPLACE INTO {table} SELECT * FROM {table}")  # noqa: S608


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's way of emptying")
@pytest.mark.parametrize("table", ["risk_factorrating", "risk_riskassessment", "risk_toolversion"])
def test_no_table_is_emptied_on_postgresql(table):
    with pytest.raises(DatabaseError):
        run(f"TRUNCATE {table} CASCADE")


def test_an_assessment_by_a_tool_that_there_is_not_is_refused():
    with pytest.raises(IntegrityError), transaction.atomic():
        RiskAssessment.objects.create(
            offender=make.person(), tool="tarot", state="imported", assessed_on=timezone.localdate()
        )


@pytest.mark.parametrize("name", frozen.names(connection.vendor))
def test_a_dropped_trigger_is_noticed_by_the_check_and_by_the_start(name):
    frozen.require()
    call_command("check", databases=["default"])

    table = next(t for t in (frozen.ASSESSMENT, frozen.RATING, frozen.TOOL) if name in on(t))
    run(f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else f" ON {table}"))

    assert frozen.missing() == [name]
    with pytest.raises(SystemCheckError, match=name):
        call_command("check", databases=["default"])
    with pytest.raises(frozen.AssessmentsUnguarded, match=name):
        frozen.require()
    call_command("restore_triggers", verbosity=0)
    frozen.require()


def on(table: str) -> list[str]:
    """The triggers of a table, by the beginnings of their names."""
    begin = {
        frozen.ASSESSMENT: "assessment_",
        frozen.RATING: "factor_rating_",
        frozen.TOOL: "tool_version_",
    }[table]
    return [name for name in frozen.names(connection.vendor) if name.startswith(begin)]


def test_what_was_assessed_stays_frozen_when_the_decision_for_another_is_taken_back():
    """Going back to the release before makes the triggers that it looks for."""
    assessment = handed_in("endorsed")
    migration = import_module("risk.migrations.0005_level_and_plan_decided_for")
    editor = SimpleNamespace(connection=connection)
    connection.check_constraints()
    migration.free(None, editor)
    migration.freeze_as_before(None, editor)

    assert frozen.guards(level=migration.LEVEL).missing() == []
    assert frozen.missing() == ["assessment_no_change"], "it knows nothing of for whom"
    for change in ("formulation = 'Better'", "level_reason = 'Never said'"):
        with pytest.raises(IntegrityError):
            run(f"UPDATE risk_riskassessment SET {change} WHERE id = {assessment.pk}")  # noqa: S608
    migration.freeze(None, editor)
    frozen.require()
