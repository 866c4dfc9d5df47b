"""Threads that start at the same moment, each with a database connection of its own."""

import threading
import time
from collections.abc import Callable
from typing import Any

from django.db import connections, transaction

#: Seconds between the one who goes first and the other, and until the first commits.
HEAD_START, HELD = 0.3, 1.0


def race(number: int, act: Callable[[int], Any]) -> list[Any]:
    """What `act(0)` ... `act(number - 1)` returned, run at once, or raised."""
    barrier = threading.Barrier(number)
    results: list[Any] = [None] * number

    def run(position: int) -> None:
        barrier.wait()
        try:
            results[position] = act(position)
        except Exception as error:  # noqa: BLE001 - the test looks at what each racer met
            results[position] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(position,)) for position in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def one_after_the_other(first: Callable[[], Any], second: Callable[[], Any]) -> list[Any]:
    """What both returned or raised; `second` begins before the transaction of `first` ends."""

    def act(position: int) -> Any:
        if position == 0:
            with transaction.atomic():
                done = first()
                time.sleep(HELD)
            return done
        time.sleep(HEAD_START)
        return second()

    return race(2, act)
