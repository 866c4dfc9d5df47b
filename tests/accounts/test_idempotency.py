"""A request that is sent twice has its effect once."""

import datetime as dt
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection, transaction

from accounts.actor import Actor
from accounts.idempotency import KeyInFlight, KeyReused, Reply, once, purge
from accounts.models import Force, IdempotencyKey
from tests import make
from workflows.problems import problem_of

BY = Actor.system("tests")
CREATED = Reply(status=201, body=b'{"id":1}', headers={"ETag": '"1"'})

needs_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="needs PostgreSQL: threads and real row locks"
)


def make_force() -> Reply:
    Force.objects.create(code="ONCE", name="Made once")
    return CREATED


@pytest.mark.django_db
def test_the_second_request_gets_the_first_answer_and_has_no_effect():
    first = once(by=BY, key="k", fingerprint="f", run=make_force)
    second = once(by=BY, key="k", fingerprint="f", run=make_force)

    assert first == (CREATED, False)
    assert second == (CREATED, True)
    assert Force.objects.filter(code="ONCE").count() == 1


@pytest.mark.django_db
def test_the_same_key_for_another_request_is_refused():
    once(by=BY, key="k", fingerprint="f", run=make_force)

    with pytest.raises(KeyReused):
        once(by=BY, key="k", fingerprint="other", run=make_force)


@pytest.mark.django_db
def test_two_actors_may_use_the_same_key():
    other = make.actor(make.officer())

    once(by=BY, key="k", fingerprint="f", run=lambda: CREATED)

    assert once(by=other, key="k", fingerprint="f", run=make_force) == (CREATED, False)


@pytest.mark.django_db
def test_a_run_that_raises_leaves_neither_effect_nor_key():
    def fail() -> Reply:
        make_force()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        once(by=BY, key="k", fingerprint="f", run=fail)

    assert not IdempotencyKey.objects.exists()
    assert not Force.objects.filter(code="ONCE").exists()
    assert once(by=BY, key="k", fingerprint="f", run=make_force) == (CREATED, False)


@pytest.mark.django_db
def test_a_key_that_is_still_being_answered_is_not_answered_twice():
    def again() -> Reply:
        return once(by=BY, key="k", fingerprint="f", run=make_force)[0]

    with pytest.raises(KeyInFlight):
        once(by=BY, key="k", fingerprint="f", run=again)


@pytest.mark.django_db
def test_old_answers_are_forgotten_and_young_ones_kept(time_machine):
    once(by=BY, key="k", fingerprint="f", run=make_force)

    assert purge() == 0
    time_machine.move_to(dt.datetime.now(dt.UTC) + dt.timedelta(hours=71))
    assert purge() == 0
    time_machine.move_to(dt.datetime.now(dt.UTC) + dt.timedelta(hours=2))
    assert purge() == 1


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="where every writer waits for every other"
)
@pytest.mark.django_db(transaction=True)
def test_a_busy_database_is_not_taken_for_the_same_request_twice():
    """SQLite waits for whoever writes whatever, before the key is looked at."""
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50")
    try:
        with pytest.raises(OperationalError) as raised:
            once(by=BY, key="k", fingerprint="f", run=make_force)
    finally:
        other.execute("ROLLBACK")
        other.close()
        connection.close()  # the next test waits as usual

    busy = problem_of(raised.value)
    assert busy is not None
    assert (busy.status, busy.code, busy.retry_after) == (503, "busy", 1)


@pytest.mark.postgresql
@needs_postgresql
@pytest.mark.django_db(transaction=True)
def test_sixteen_requests_at_once_have_one_effect_and_one_answer():
    barrier = threading.Barrier(16)

    def slow() -> Reply:
        time.sleep(0.2)
        return make_force()

    def send(_: int) -> tuple[Reply, bool]:
        barrier.wait()
        try:
            return once(by=BY, key="k", fingerprint="f", run=slow)
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(send, range(16)))

    assert sorted(replayed for _, replayed in answers) == [False] + [True] * 15
    assert {reply.body for reply, _ in answers} == {CREATED.body}
    assert Force.objects.filter(code="ONCE").count() == 1


@pytest.mark.postgresql
@needs_postgresql
@pytest.mark.django_db(transaction=True)
def test_when_the_first_of_two_at_once_fails_the_second_has_the_effect():
    has_started = threading.Event()

    def fail() -> Reply:
        has_started.set()
        time.sleep(0.2)
        raise ZeroDivisionError

    def first() -> None:
        try:
            with pytest.raises(ZeroDivisionError):
                once(by=BY, key="k", fingerprint="f", run=fail)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        failing = pool.submit(first)
        has_started.wait(5)
        assert once(by=BY, key="k", fingerprint="f", run=make_force) == (CREATED, False)
        failing.result()


@pytest.mark.postgresql
@needs_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_duplicate_that_waits_too_long_is_told_to_come_back():
    has_started, may_end = threading.Event(), threading.Event()

    def slow() -> Reply:
        has_started.set()
        may_end.wait(5)
        return CREATED

    def first() -> None:
        try:
            once(by=BY, key="k", fingerprint="f", run=slow)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(first)
        has_started.wait(5)
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '100ms'")
            with pytest.raises(KeyInFlight):
                once(by=BY, key="k", fingerprint="f", run=make_force)
        may_end.set()
        running.result()
