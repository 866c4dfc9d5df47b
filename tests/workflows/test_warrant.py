"""When a person's page says that a warrant may be considered (SOA 2003 s.96B)."""

import datetime as dt

import pytest
from django.utils import timezone

from offenders.actions import change_address
from offenders.models import Address, Offender
from rules import current
from tests import make
from tests.workflows import doing
from workflows.models import Visit
from workflows.queries.person import home_id_of, visits_of
from workflows.warrant import may_consider_entry_warrant

pytestmark = pytest.mark.django_db

#: Keys of two addresses.
HOME, EARLIER_HOME = 1, 2


def attempt(days_ago: int, outcome: str, *, to_assess: bool = True, at: int | None = HOME) -> Visit:
    on = timezone.localdate() - dt.timedelta(days=days_ago)
    return Visit(
        pk=1000 - days_ago,
        occurred_on=on,
        outcome=outcome,
        for_risk_assessment=to_assess,
        address_id=at,
    )


@pytest.mark.parametrize(
    ("visits", "may"),
    [
        pytest.param([], False, id="nothing tried"),
        pytest.param([attempt(3, "no_answer")], False, id="one failure is not enough"),
        pytest.param(
            [attempt(3, "no_answer"), attempt(1, "refused")], True, id="two separate occasions"
        ),
        pytest.param(
            [attempt(1, "no_answer"), attempt(1, "no_answer")], False, id="one day counts once"
        ),
        pytest.param(
            [attempt(5, "no_answer"), attempt(3, "effective"), attempt(1, "no_answer")],
            False,
            id="entry was gained in between",
        ),
        pytest.param(
            [attempt(5, "no_answer"), attempt(1, "no_answer", to_assess=False)],
            False,
            id="for another purpose",
        ),
        pytest.param(
            [attempt(5, "no_answer"), attempt(1, "no_answer", at=None)],
            False,
            id="not at the last notified address",
        ),
        pytest.param(
            [attempt(5, "no_answer", at=EARLIER_HOME), attempt(1, "no_answer")],
            False,
            id="one of them at an earlier home",
        ),
        pytest.param(
            [
                attempt(9, "no_answer", at=EARLIER_HOME),
                attempt(5, "no_answer"),
                attempt(1, "refused"),
            ],
            True,
            id="two at the present home",
        ),
        pytest.param(
            [attempt(5, "not_resident"), attempt(1, "aborted_by_police")],
            False,
            id="nobody failed to let us in",
        ),
    ],
)
def test_failed_entries_are_counted_since_entry_was_last_gained(
    visits: list[Visit], may: bool
) -> None:
    rules = current.in_force(timezone.localdate())
    assert may_consider_entry_warrant(visits, rules, home_id=HOME) is may


def test_without_a_notified_address_there_is_none_to_enter():
    rules = current.in_force(timezone.localdate())
    visits = [attempt(5, "no_answer", at=None), attempt(1, "refused", at=None)]

    assert not may_consider_entry_warrant(visits, rules, home_id=None)


def moved_to(person: Offender, line_1: str, days_ago: int) -> None:
    change_address(
        offender=person,
        kind=Address.Kind.MAIN_RESIDENCE,
        line_1=line_1,
        from_on=timezone.localdate() - dt.timedelta(days=days_ago),
    )


def failed(person: Offender, days_ago: int) -> Visit:
    return doing.visit(
        person,
        outcome="no_answer",
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
    rules = current.in_force(timezone.localdate())

    def may() -> bool:
        return may_consider_entry_warrant(visits_of(person), rules, home_id=home_id_of(person))

    failed(person, 6)
    failed(person, 5)
    assert may()

    moved_to(person, "2 Example Row", days_ago=3)
    assert not may()
    failed(person, 2)
    failed(person, 4)  # entered after the move, made at the earlier home
    assert not may()
    failed(person, 1)
    assert may()
