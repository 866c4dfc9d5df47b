"""The sweep: what time alone makes owed, and whatever an act missed.

Nothing depends on it running every night: what is owed is derived, so a night that was missed is
caught up by the next one, and the due lists are the same.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from accounts.actor import Actor
from workflows.actions.locking import lock_free
from workflows.decay import everyone, out_of_line, settle_decay
from workflows.engine import bulk
from workflows.facts import stream
from workflows.pressing import pressed_otherwise
from workflows.reconcile import COMPARED, WRITTEN, Counts, reconcile_many
from workflows.rule_changes import apply_rules
from workflows.standings import settle_standings

BECAUSE = "sweep"


class PeopleLeftOut(RuntimeError):
    """Everyone was swept but some whose facts make no sense; the record says who."""


def sweep_obligations(*, today: dt.date | None = None) -> Counts:
    """Bring everyone's open obligations in line with what is owed today.

    First what rules that took effect since have moved, so that each date says why it moved. Last
    what the day made of people's indicators, as where an order ended (`workflows.standings`).
    Safe to run twice, at the same time as another, and to be killed: each batch of people is a
    transaction of its own. Records one event for each person changed, and for each whose facts
    make no sense: those are counted as failed and hold up nobody.
    """
    apply_rules(today=today)
    counts = reconcile_many(
        stream(as_of=today), because=BECAUSE, by=Actor.system("sweep-obligations"), today=today
    )
    renew_pressing(today=today)
    # Before what indicators amount to, which it is a part of.
    _settle_decay()
    settle_standings(today=today)
    return counts


def renew_pressing(*, today: dt.date | None = None) -> int:
    """Copy what presses anew onto the steps of whom it changed for. Returns how many people.

    Time alone ends an order, and the next one is then the first to end; anything else brings the
    copies in line by itself. Whoever is being changed by somebody is left to them.
    """
    day, renewed = today or timezone.localdate(), 0
    for found in pressed_otherwise(day):
        ids = sorted(set(found))
        for start in range(0, len(ids), WRITTEN):
            with transaction.atomic():
                free = lock_free(ids[start : start + WRITTEN])
                bulk.refresh_tasks(free, today=day)
            renewed += len(free)
    return renewed


def _settle_decay() -> None:
    """Since when indicators lose weight, of people about whom nothing else had to be changed.

    Only those who differ are locked; whoever is busy is left for the next run.
    """
    for chunk in everyone(COMPARED):
        differing = sorted({one.offender_id or 0 for one in out_of_line(chunk)})
        for first in range(0, len(differing), WRITTEN):
            with transaction.atomic():
                settle_decay(lock_free(differing[first : first + WRITTEN]))
