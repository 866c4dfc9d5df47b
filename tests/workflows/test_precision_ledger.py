"""The precision ledger over triages that officers made, and what it speaks for."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import Role
from risk.models import Indicator
from rules import current
from tests import make
from tests.workflows import triaging
from workflows.queries.precision import precision, proposed

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 25)


@pytest.fixture
def person():
    return make.person(manager=make.officer())


@pytest.fixture
def supervisor(person):
    return triaging.supervisor_of(person)


def lines(viewer, **days: dt.date) -> dict[tuple[str, str], tuple[int, int, int]]:
    found = precision(actor=make.actor(viewer), today=timezone.localdate(), **days)
    return {(one.source, one.code): (one.judged, one.led, one.aside) for one in found}


def test_each_triage_counts_for_its_source_and_code(person, supervisor):
    manager = person.offender_manager
    for source, outcome in (
        ("vendor", "reassessment"),
        ("vendor", "information_only"),
        ("vendor", "transferred"),
        ("border", "enquiry"),
    ):
        found = triaging.matched(person, by=manager, source=source)
        triaging.triage(found, outcome, by=manager)
        if triaging.triaged(found).takes_check:
            triaging.check(found, by=supervisor)

    assert lines(supervisor) == {("vendor", "UACC"): (2, 1, 1), ("border", "UACC"): (1, 1, 0)}


def test_what_waits_for_triage_counts_for_nothing(person, supervisor):
    triaging.matched(person)

    assert lines(supervisor) == {}


def test_only_triages_of_the_days_asked_for_count(person, supervisor):
    manager = person.offender_manager
    triaging.triage(triaging.matched(person, by=manager), "reassessment", by=manager)
    tomorrow = timezone.localdate() + dt.timedelta(days=1)

    assert lines(supervisor, since=tomorrow, until=tomorrow) == {}


def test_what_is_restricted_is_in_nobody_elses_count(person, supervisor):
    manager = person.offender_manager
    found = triaging.triage(triaging.matched(person, by=manager), "reassessment", by=manager)
    Indicator.objects.filter(pk=found.pk).update(is_restricted=True)

    assert lines(supervisor) == {}


def test_another_team_s_are_in_an_inspectors_count_alone(person):
    manager = person.offender_manager
    triaging.triage(triaging.matched(person, by=manager), "reassessment", by=manager)
    other = make.officer(Role.SUPERVISOR, team=make.team(in_force=person.force))
    inspector = make.officer(Role.INSPECTOR, team=other.team)

    assert lines(other) == {}
    assert lines(inspector) == {("rocu", "UACC"): (1, 1, 0)}


def test_reading_it_changes_no_figure(person, supervisor):
    manager = person.offender_manager
    triaging.triage(triaging.matched(person, by=manager), "reassessment", by=manager)
    before = current.in_force(TODAY).digest()
    proposed(precision(actor=make.actor(supervisor), today=TODAY), TODAY)

    assert current.in_force(TODAY).digest() == before
