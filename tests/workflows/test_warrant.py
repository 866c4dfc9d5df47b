"""When a person's page says that a warrant may be considered (SOA 2003 s.96B)."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import Role
from offenders.actions import change_address
from offenders.models import Address, Offender
from tests import make
from tests.workflows import doing, searching
from workflows.actions.voiding import void_visit
from workflows.models import Visit
from workflows.queries.unfound import may_consider_warrant

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("found", ["ineffective", "voided"])
def test_a_visit_that_does_not_count_gained_no_entry(found):
    person = make.person()
    manager = make.activate(person.offender_manager)
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    failed(person, 6)
    visit = failed(person, 5, outcome="effective")
    failed(person, 4)
    assert not may_consider_warrant(person), "entry was gained in between"

    if found == "ineffective":
        doing.complete(person, "write_up", make.write_up(), by=manager)
        decided = {"decision": "ineffective", "comment": "Not seen in person"}
        doing.complete(person, "review", decided, by=supervisor)
    else:
        void_visit(
            by=make.actor(supervisor),
            offender=person.public_id,
            visit=visit.public_id,
            reason="Another person",
        )

    assert may_consider_warrant(person)
    assert person.obligations.filter(kind="entry_warrant", closed_at=None).exists()


def test_a_decision_on_a_warrant_leaves_the_failed_entries_as_they_were():
    person = make.person()
    failed(person, 6)
    failed(person, 5)
    searching.consider(person)
    searching.decide_warrant(person)

    assert may_consider_warrant(person)
    assert not person.obligations.filter(kind="entry_warrant", closed_at=None).exists()


def moved_to(person: Offender, line_1: str, days_ago: int) -> None:
    change_address(
        offender=person,
        kind=Address.Kind.MAIN_RESIDENCE,
        line_1=line_1,
        from_on=timezone.localdate() - dt.timedelta(days=days_ago),
    )


def failed(person: Offender, days_ago: int, outcome: str = "no_answer") -> Visit:
    return doing.visit(
        person,
        outcome=outcome,
        occurred_at=timezone.now() - dt.timedelta(days=days_ago),
        entry_reason="Entered later",
    )


def test_a_visit_is_kept_with_the_home_of_its_day():
    person = make.person()
    moved_to(person, "2 Example Row", days_ago=20)
    moved_to(person, "3 Example Row", days_ago=10)

    lines = [failed(person, days).address.line_1 for days in (30, 20, 11, 10, 2)]

    assert lines == [
        "1 Example Row",  # since when is not known: before the first move
        "2 Example Row",  # the first day there
        "2 Example Row",
        "3 Example Row",
        "3 Example Row",
    ]


def test_after_a_move_failures_at_the_earlier_home_no_longer_count():
    person = make.person()
    failed(person, 6)
    failed(person, 5)
    assert may_consider_warrant(person)

    moved_to(person, "2 Example Row", days_ago=3)
    assert not may_consider_warrant(person)
    failed(person, 2)
    failed(person, 4)  # entered after the move, made at the earlier home
    assert not may_consider_warrant(person)
    failed(person, 1)
    assert may_consider_warrant(person)
