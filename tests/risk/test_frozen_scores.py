"""A static score is kept with its inputs: the database refuses to change it."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import DatabaseError, IntegrityError, connection, transaction

from risk import frozen_scores
from risk.models import StaticScore
from tests import make
from workflows.actions.static_scores import void_score

pytestmark = pytest.mark.django_db


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.fixture
def score() -> StaticScore:
    return make.static_score(make.person())


#: By column, another value than the score's.
CHANGES = {
    "id": "id + 1000",
    "public_id": "'00000000000040008000000000000000'",
    "offender_id": "offender_id + 1000",
    "tool": "'osp_iic'",
    "source": "'imported_official'",
    "scored_on": "'2020-01-01'",
    "band": "'low'",
    "adjusted_band": "'low'",
    "reduction": "'applied'",
    "points": "1",
    "percent": "1",
    "model_version": "'0.9'",
    "thresholds_version": "'0.9'",
    "is_provisional": "NOT is_provisional",
    "inputs": "'{}'",
    "working": "'{}'",
    "reference": "'OASys 8'",
    "recorded_by_id": "NULL",
    "recorded_by_label": "'Somebody'",
    "recorded_at": "'2020-01-01T00:00:00Z'",
}


def test_every_column_is_kept_or_said_when_it_is_voided():
    columns = {field.column for field in StaticScore._meta.concrete_fields}

    assert set(frozen_scores.RECORDED + frozen_scores.VOID) == columns
    assert set(CHANGES) == set(frozen_scores.RECORDED)


@pytest.mark.parametrize("column", frozen_scores.RECORDED)
def test_what_was_calculated_never_changes(score, column):
    with pytest.raises(IntegrityError, match=frozen_scores.REFUSAL):
        run(f"UPDATE risk_staticscore SET {column} = {CHANGES[column]}")  # noqa: S608


def test_it_is_voided_once(score):
    person = score.offender
    void_score(
        by=make.actor(score.recorded_by),
        offender=person.public_id,
        score=score.public_id,
        reason="Counted a caution twice",
    )

    for change in ("void_reason = 'Else'", "voided_at = NULL, voided_by_id = NULL"):
        with pytest.raises(IntegrityError):
            run(f"UPDATE risk_staticscore SET {change}")  # noqa: S608


def test_it_does_not_go_away(score):
    with pytest.raises(DatabaseError):
        run("DELETE FROM risk_staticscore")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's way of overwriting")
def test_it_is_not_replaced_on_sqlite(score):
    with pytest.raises(DatabaseError):
        run("REPLACE INTO risk_staticscore SELECT * FROM risk_staticscore")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's way of emptying")
def test_its_table_is_not_emptied_on_postgresql():
    with pytest.raises(DatabaseError):
        run("TRUNCATE risk_staticscore CASCADE")


@pytest.mark.parametrize(
    "values",
    [
        {"tool": "tarot"},
        {"band": "none", "adjusted_band": "none"},
        {"band": "very_high", "adjusted_band": "medium"},
        {"band": "low", "adjusted_band": "medium"},
        {"points": 65},
        {"percent": 101},
        {"reduction": "applied"},
        {"source": "calculated_here"},
        {"is_provisional": True},
        {"void_reason": "Wrong"},
    ],
)
def test_what_cannot_be_so_is_refused(values):
    sound = {
        "offender": make.person(),
        "tool": "osp_dc",
        "source": "imported_official",
        "scored_on": dt.date(2026, 1, 5),
        "band": "high",
        "adjusted_band": "high",
        "reference": "OASys 1",
        "recorded_by_label": "S1",
    }
    StaticScore.objects.create(**sound)
    with pytest.raises(IntegrityError), transaction.atomic():
        StaticScore.objects.create(**sound | values)


@pytest.mark.parametrize("name", frozen_scores.names(connection.vendor))
def test_a_dropped_trigger_is_noticed_by_the_check_and_by_the_start(name):
    frozen_scores.require()
    call_command("check", databases=["default"])

    table = "" if connection.vendor == "sqlite" else f" ON {frozen_scores.SCORE}"
    run(f"DROP TRIGGER {name}{table}")

    assert frozen_scores.missing() == [name]
    with pytest.raises(SystemCheckError, match=name):
        call_command("check", databases=["default"])
    with pytest.raises(frozen_scores.ScoresUnguarded, match=name):
        frozen_scores.require()
    call_command("restore_triggers", verbosity=0)
    frozen_scores.require()
