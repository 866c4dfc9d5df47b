"""The database refuses overlapping absences, and start-up notices when it would not."""

import datetime as dt
import importlib
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts import absences, standing_in
from accounts.models import Absence, User
from audit.apart import Overlapping
from tests import make
from tests.rules.shipped import day

pytestmark = pytest.mark.django_db

MIGRATION = importlib.import_module("accounts.migrations.0006_absences_never_overlap")


@pytest.fixture
def officer() -> User:
    return make.officer()


def away(officer: User, since: str, until: str) -> Absence:
    """As a hand at the database writes it, past the action that refuses in words."""
    with transaction.atomic():
        return Absence.objects.create(
            officer=officer,
            kind=Absence.Kind.LEAVE,
            from_on=day(since),
            until_on=day(until),
            recorded_by=officer,
        )


def migrate() -> None:
    """As `manage.py migrate` calls it, of rows whose foreign keys are looked at already."""
    connection.check_constraints()
    MIGRATION.create(None, SimpleNamespace(connection=connection))


def unmigrate() -> None:
    MIGRATION.drop(None, SimpleNamespace(connection=connection))


@pytest.mark.parametrize(
    ("since", "until", "accepted", "reason"),
    [
        ("2026-01-01", "2026-02-01", True, "back on the day the other begins: half-open"),
        ("2026-01-01", "2026-02-02", False, "one day too long"),
        ("2026-03-01", "2026-04-01", True, "begins on the day of return"),
        ("2026-02-28", "2026-04-01", False, "begins a day too early"),
        ("2026-02-10", "2026-02-20", False, "inside"),
        ("2026-01-10", "2026-03-20", False, "around"),
        ("2026-02-01", "2026-03-01", False, "the same days"),
    ],
)
def test_two_absences_of_one_officer_never_overlap(officer, since, until, accepted, reason):
    away(officer, "2026-02-01", "2026-03-01")

    if accepted:
        assert away(officer, since, until).pk, reason
    else:
        with pytest.raises(IntegrityError):
            away(officer, since, until)


def test_two_officers_may_be_away_at_once(officer):
    away(officer, "2026-02-01", "2026-03-01")

    assert away(make.officer(), "2026-02-01", "2026-03-01").pk


def test_a_cancelled_absence_leaves_its_days_free(officer):
    called_off = away(officer, "2026-02-01", "2026-03-01")
    standing_in.cancel_absence(absence=called_off, cancelled_by=officer)

    assert away(officer, "2026-02-10", "2026-02-20").pk


def test_an_absence_that_overlaps_another_may_be_recorded_as_cancelled_and_not_revived(officer):
    called_off = away(officer, "2026-02-01", "2026-03-01")
    standing_in.cancel_absence(absence=called_off, cancelled_by=officer)
    away(officer, "2026-02-10", "2026-02-20")

    with pytest.raises(IntegrityError), transaction.atomic():
        Absence.objects.filter(pk=called_off.pk).update(cancelled_at=None, cancelled_by=None)


def test_an_absence_cannot_be_moved_over_another(officer):
    first = away(officer, "2026-01-01", "2026-02-01")
    away(officer, "2026-02-01", "2026-03-01")

    with pytest.raises(IntegrityError), transaction.atomic():
        Absence.objects.filter(pk=first.pk).update(until_on=day("2026-02-02"))


def test_an_absence_can_be_changed_within_its_own_days(officer):
    first = away(officer, "2026-01-01", "2026-02-01")

    Absence.objects.filter(pk=first.pk).update(until_on=day("2026-01-20"))

    assert away(officer, "2026-01-20", "2026-01-25").pk


def test_a_guard_that_is_gone_is_noticed():
    assert absences.missing() == []

    with transaction.atomic():
        absences.drop(connection)
        gone = absences.missing()
        assert gone
        with pytest.raises(absences.AbsencesUnguarded, match=gone[0]):
            absences.require()
        with pytest.raises(SystemCheckError, match=gone[0]):
            call_command("check", databases=["default"])
        absences.create(connection)

    assert absences.missing() == []


def test_the_guard_is_made_over_the_absences_that_there_are(officer):
    unmigrate()
    assert absences.missing() != []
    away(officer, "2026-02-01", "2026-03-01")
    away(officer, "2026-03-01", "2026-04-01")
    called_off = away(officer, "2026-02-10", "2026-02-20")
    standing_in.cancel_absence(absence=called_off, cancelled_by=officer)

    migrate()

    absences.require()


def test_absences_that_overlap_already_stop_the_migration_and_are_named_by_id_alone(officer):
    unmigrate()
    first = away(officer, "2026-02-01", "2026-03-01")
    second = away(officer, "2026-02-10", "2026-02-20")

    with pytest.raises(Overlapping) as stopped:
        migrate()

    assert f"by their ids: {first.pk} and {second.pk}. Cancel one" in str(stopped.value)
    assert officer.last_name not in str(stopped.value)
    Absence.objects.filter(pk=second.pk).update(cancelled_at=timezone.now(), cancelled_by=officer)
    migrate()
    absences.require()


def test_of_many_that_overlap_some_are_named_and_the_rest_counted(officer):
    absences.drop(connection)
    for number in range(8):
        away(officer, "2026-02-01", str(day("2026-03-01") + dt.timedelta(days=number)))

    with pytest.raises(Overlapping, match=r", and 8 more\."):
        absences.create(connection)
