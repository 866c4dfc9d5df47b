"""Threads that start at the same moment, each with a database connection of its own."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connections


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
