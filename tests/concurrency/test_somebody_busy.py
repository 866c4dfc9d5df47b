"""One person is being changed while a job goes over everybody: it leaves them alone, not others."""

import datetime as dt
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from accounts.models import Role
from offenders.models import Offender
from tests.concurrency.racing import one_after_the_other, race
from tests.workflows import crowd
from workflows.actions.escalating import escalate_overdue
from workflows.actions.locking import lock_person
from workflows.models import Alert, Obligation
from workflows.sweep import sweep_obligations

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]

TODAY = dt.date(2026, 11, 23)
YESTERDAY = TODAY - dt.timedelta(days=1)

#: Seconds after which a test that waits for the other connection has failed.
LONG = 30


@contextmanager
def being_changed(person: Offender) -> Iterator[None]:
    """Somebody else holds the person's row, on a connection of their own, until the block ends."""
    taken, over = threading.Event(), threading.Event()

    def change(_: int) -> None:
        with transaction.atomic():
            lock_person(person.pk)
            taken.set()
            assert over.wait(LONG)

    holder = threading.Thread(target=race, args=(1, change))
    holder.start()
    try:
        assert taken.wait(LONG)
        yield
    finally:
        over.set()
        holder.join()


@contextmanager
def impatient() -> Iterator[None]:
    """This connection waits for a lock a fifth of a second, and no longer."""
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '200ms'")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET lock_timeout")


def told_about() -> set[int | None]:
    return set(Alert.objects.filter(about="step_overdue").values_list("offender", flat=True))


@pytest.mark.parametrize("position", [0, 1, 2], ids=["first", "in the middle", "last"])
def test_of_somebody_busy_alone_the_next_run_tells_and_of_the_others_this_one(position):
    team = crowd.team(crowd.force())
    crowd.officer(Role.SUPERVISOR, team=team)
    manager = crowd.officer(team=team)
    people = [crowd.person(manager) for _ in range(3)]
    for person in people:
        crowd.task(person, YESTERDAY)
    busy = people[position]

    with being_changed(busy):
        assert escalate_overdue(today=TODAY) == 2
        assert told_about() == {person.pk for person in people if person != busy}

    assert escalate_overdue(today=TODAY) == 1
    assert told_about() == {person.pk for person in people}
    assert escalate_overdue(today=TODAY) == 0


def test_somebody_busy_for_long_is_left_for_the_next_sweep_and_nobody_else():
    manager = crowd.officer(team=crowd.team(crowd.force()))
    people = [crowd.person(manager) for _ in range(3)]
    busy = people[1]

    with being_changed(busy), impatient():
        counts = sweep_obligations()

    assert (counts.changed, counts.busy) == (2, 1)
    owing = Obligation.objects.values_list("offender", flat=True)
    assert set(owing) == {person.pk for person in people if person != busy}
    again = sweep_obligations()
    assert (again.changed, again.busy) == (1, 0)
    assert set(owing.all()) == {person.pk for person in people}


def test_the_sweep_waits_for_a_change_that_is_over_soon():
    manager = crowd.officer(team=crowd.team(crowd.force()))
    people = [crowd.person(manager) for _ in range(2)]
    [_, counts] = one_after_the_other(lambda: lock_person(people[0].pk), sweep_obligations)

    assert (counts.changed, counts.busy) == (2, 0)


def test_where_everybody_is_busy_nothing_is_written():
    person = crowd.person(crowd.officer(team=crowd.team(crowd.force())))

    with being_changed(person), impatient():
        counts = sweep_obligations()

    assert (counts.people, counts.changed, counts.busy) == (1, 0, 1)
    assert not Obligation.objects.exists()
