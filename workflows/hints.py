"""Asking a worker to look at something in the database, which alone holds the work."""

import logging

from celery import current_app
from kombu.exceptions import OperationalError as BrokerUnreachable

#: Seconds a hint stays valid: the sweeps hint again, and a queue that nobody reads must not fill
#: with hints about the same row.
EXPIRES = 55

log = logging.getLogger(__name__)


def hint(task: str, key: int) -> None:
    """Ask for the Celery task `task` on the row `key`.

    Without a broker nothing is lost: whatever sweeps those rows finds it.
    """
    try:
        # Not the pool's connection: that one would try a dead broker for as long as it takes.
        with current_app.connection_for_write(connect_timeout=2) as connection:
            connection.ensure_connection(max_retries=1, interval_start=0)
            current_app.send_task(
                task, args=[key], connection=connection, retry=False, expires=EXPIRES
            )
    except BrokerUnreachable:
        log.warning("No broker: %s of %s waits in the database.", task, key)
