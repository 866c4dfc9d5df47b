"""One command puts back whatever guards the database, though every check fails until it has."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError
from django.db import connection, transaction

from accounts import absences
from audit import triggers
from audit.models import Event, Payload
from offenders import history, intervals
from offenders.models import Status, StatusInterval
from tests import make

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 3, 2)


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def lose_the_interval_guard() -> str:
    """The name of a guard that is now gone."""
    if connection.vendor == "sqlite":
        run("DROP TRIGGER status_interval_insert_apart")
        return "status_interval_insert_apart"
    run(f"ALTER TABLE {intervals.TABLE} DROP CONSTRAINT {intervals.CONSTRAINT}")
    return intervals.CONSTRAINT


def lose_an_audit_trigger() -> str:
    name = triggers.names(connection.vendor)[0]
    run(f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else " ON audit_event"))
    return name


def test_both_are_restored_and_the_event_names_what_was_lost():
    lost = [lose_an_audit_trigger(), lose_the_interval_guard()]

    call_command("restore_triggers", verbosity=0)

    triggers.require()
    intervals.require()
    event = Event.objects.get(action="audit.triggers_restored")
    assert Payload.objects.get(pk=event.pk).payload == {"missing": lost}


@pytest.mark.parametrize("lose", [lose_an_audit_trigger, lose_the_interval_guard])
def test_what_the_service_says_when_it_does_not_start_is_the_command(lose):
    lose()
    starts = intervals.require if lose is lose_the_interval_guard else triggers.require

    with pytest.raises(
        (triggers.TriggersMissing, intervals.IntervalsUnguarded), match="restore_triggers"
    ):
        starts()
    with pytest.raises(SystemCheckError, match="restore_triggers"):
        call_command("check", databases=["default"])


def test_intervals_that_overlap_already_are_named_by_id_and_all_else_is_still_restored():
    lost = lose_an_audit_trigger()
    lose_the_interval_guard()
    absences.drop(connection)
    person = make.person()
    StatusInterval.objects.filter(offender=person).delete()
    first, second = (
        StatusInterval.objects.create(
            offender=person,
            status=Status.CUSTODY,
            from_on=from_on,
            until_on=from_on + dt.timedelta(days=10),
        ).pk
        for from_on in (DAY, DAY + dt.timedelta(days=1))
    )

    with pytest.raises(CommandError, match=f"by their ids: {first} and {second}\\."):
        call_command("restore_triggers", verbosity=0)

    assert lost not in triggers.missing()
    absences.require()
    assert intervals.missing() != []


def test_what_keeps_the_past_is_restored_too():
    history.drop(connection)

    call_command("restore_triggers", verbosity=0)

    history.require()
