"""What being reported missing, located or dead does to every other kind of work (PRACTICE 13).

A table of acts by kinds: what stays, what pauses, what ends, and that it comes back as it was.
"""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.utils import timezone

from offenders.models import Offender
from tests import make
from tests.workflows import searching
from tests.workflows.searching import open_of
from workflows.invariants import broken
from workflows.models import Obligation, Process, Task

pytestmark = pytest.mark.django_db

MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def on_monday():
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


def ago(days: int) -> str:
    return str(timezone.localdate() - dt.timedelta(days=days))


UNSEEN = {
    "last_notification_on": None,
    "last_effective_visit_on": None,
    "last_assessment_on": None,
}

#: Somebody who owes each kind of work.
WHO_OWES: dict[str, Callable[[], dict[str, object]]] = {
    "home_visit": dict,
    "risk_reassessment": dict,
    "periodic_notification": dict,
    "initial_notification": lambda: UNSEEN | {"relevant_date": ago(1)},
    "change_notification": lambda: {"last_notification_on": ago(90), "released_on": ago(5)},
    "final_review": lambda: {"basis": "caution", "relevant_date": ago(2 * 365 - 30)},
    "release_planning": lambda: {"status": "custody", "status_since": ago(40)},
}

STAYS, PAUSED, BACK, SOONER = "stays", "paused", "back", "within 24 hours"


def report(person: Offender) -> None:
    searching.report(person)


def confirm(person: Offender) -> None:
    report(person)
    searching.confirm(person)


def locate(person: Offender) -> None:
    confirm(person)
    searching.locate(person)


def report_death(person: Offender) -> None:
    searching.report_death(person)


def verify(person: Offender) -> None:
    report_death(person)
    searching.verify(person)


def refute(person: Offender) -> None:
    report_death(person)
    searching.verify(person, "refuted", reference="")


#: For each act, what becomes of each kind. Who is detained is not reported missing.
TABLE = {
    # kind:                  reported missing, confirmed, located, reported dead, verified, refuted
    "home_visit":            (STAYS, PAUSED, SOONER, PAUSED, PAUSED, BACK),
    "risk_reassessment":     (STAYS, PAUSED, BACK, PAUSED, PAUSED, BACK),
    "periodic_notification": (STAYS, STAYS, STAYS, PAUSED, PAUSED, BACK),
    "initial_notification":  (STAYS, STAYS, STAYS, PAUSED, PAUSED, BACK),
    "change_notification":   (STAYS, STAYS, STAYS, PAUSED, PAUSED, BACK),
    "final_review":          (STAYS, STAYS, STAYS, STAYS, PAUSED, STAYS),
    "release_planning":      (None, None, None, PAUSED, PAUSED, BACK),
}  # fmt: skip
ACTS = (report, confirm, locate, report_death, verify, refute)
ROWS = [
    pytest.param(kind, act, becomes, id=f"{kind}, {act.__name__}")
    for kind, row in TABLE.items()
    for act, becomes in zip(ACTS, row, strict=True)
    if becomes is not None
]


@pytest.mark.parametrize(("kind", "act", "becomes"), ROWS)
def test_what_each_act_does_to_each_kind_of_work(kind, act, becomes):
    person = make.person(**WHO_OWES[kind]())
    [(key, due_on)] = [(key, on) for key, on in open_of(person).items() if key[0] == kind]
    was = person.obligations.get(kind=kind, closed_at=None)

    act(person)

    after = open_of(person).get(key)
    was.refresh_from_db()
    if becomes == STAYS:
        assert (after, was.closed_at) == (due_on, None)
    elif becomes == PAUSED:
        assert (after, was.closed_because) == (None, "not_owed")
        assert not Task.objects.open().filter(process__obligation=was).exists()
    elif becomes == BACK:
        assert after == due_on, "as if it had never been away"
    else:
        assert after == min(due_on, timezone.localdate() + dt.timedelta(days=1))
    each_has_its_work(person)
    assert broken() == {}


def each_has_its_work(person: Offender) -> None:
    for owed in Obligation.objects.filter(offender=person, closed_at=None):
        process = Process.objects.get(obligation=owed, status="NEW")
        assert Task.objects.open().get(process=process).due_on == owed.due_on


def test_every_kind_that_was_there_before_is_in_the_table():
    assert set(TABLE) == set(WHO_OWES)
