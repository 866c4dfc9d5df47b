"""Instants by the database's own clock, which no test sets."""

import datetime as dt
import time

from django.db.models.functions import Now

from offenders.models import HistoryBegan

#: SQLite tells milliseconds.
TICK = 0.003


def moment() -> dt.datetime:
    """Now, after everything written so far and before everything that is written next."""
    time.sleep(TICK)
    [now] = HistoryBegan.objects.values_list(Now(), flat=True)
    time.sleep(TICK)
    return now
