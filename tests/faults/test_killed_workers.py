"""The broker is disposable and the worker may die at any moment: the same tasks come out."""

import os
import socket

import pytest

from tests.faults.installation import Installation, wait_until

pytestmark = [pytest.mark.faults, pytest.mark.slow]

BROKERS = {
    "filesystem": ("filesystem://", None),
    "redis": (os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/9"), 6379),
    "rabbitmq": (os.environ.get("TEST_RABBITMQ_URL", "amqp://guest:guest@127.0.0.1:5672//"), 5672),
}

#: Takes the work and what is owed away from every second person, as a fault in the past might.
FORGET_HALF = """
from django.db import connection
with connection.cursor() as c:
    c.execute("UPDATE workflows_task SET status='CANCELED', finished=CURRENT_TIMESTAMP "
              "WHERE flow_task_type='HUMAN' AND offender_id % 2 = 0")
    c.execute("UPDATE workflows_process SET status='CANCELED', finished=CURRENT_TIMESTAMP "
              "WHERE offender_id % 2 = 0")
    c.execute("UPDATE workflows_obligation SET closed_at=CURRENT_TIMESTAMP, "
              "closed_because='not_owed' WHERE offender_id % 2 = 0")
"""
SEND_SWEEP = "from workflows.tasks import sweep_obligations; sweep_obligations.delay()"
EMPTY_QUEUE = "from config.celery import app; app.control.purge()"


@pytest.fixture(scope="module")
def force_of_600(tmp_path_factory):
    """The database file of a force that each broker's installation starts from."""
    built = Installation(tmp_path_factory.mktemp("force"), broker="filesystem://")
    built.manage("migrate", "-v", "0")
    built.manage("synthesise", "--offenders", "600", "--seed", "7", "--force", "EXA")
    return built


@pytest.fixture(params=BROKERS)
def installation(request, tmp_path, force_of_600):
    """The force on one broker, and nothing left running afterwards."""
    url, port = BROKERS[request.param]
    if port is not None and not _listens(port):
        pytest.skip(f"{request.param} is not running here")
    built = force_of_600.copy_to(tmp_path, broker=url)
    built.run(EMPTY_QUEUE)
    yield built
    built.close()
    built.run(EMPTY_QUEUE)


def test_a_worker_killed_in_the_middle_of_a_sweep_changes_nothing_in_the_end(installation):
    before = installation.owed()
    installation.run(FORGET_HALF)
    assert installation.owed() != before

    installation.run(SEND_SWEEP)
    first = installation.start_worker()
    wait_until(lambda: installation.owed() != before, seconds=3)
    installation.kill(first)

    # The message may be lost (filesystem, Redis) or come back (RabbitMQ): the next beat sends
    # another either way, twice here, with two workers on it.
    installation.start_worker()
    installation.start_worker()
    installation.run(SEND_SWEEP)
    installation.run(SEND_SWEEP)

    assert wait_until(lambda: installation.owed() == before, seconds=60)
    installation.manage("check_invariants")


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0
