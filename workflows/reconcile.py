"""Makes the open obligations say what is owed, and touches nothing that is right.

One comparison serves the single act (`reconcile`), the import and the nightly sweep
(`reconcile_many`). Everything is written under the lock on the person: whoever comes second finds
nothing left to do. The partial unique index `obligation_one_open` stands behind it.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone

import audit.record as audit
from accounts.actor import Actor
from audit.models import Operation, Outcome
from offenders.models import Offender
from rules import current
from rules.ruleset import RuleSet
from rules.workdays import Calendar
from workflows.actions.locking import lock_free, lock_people
from workflows.decay import settle_decay
from workflows.differences import Changes, Key, Open, differences
from workflows.engine import bulk
from workflows.errors import TaskBusy
from workflows.facts import Facts, grouped, stream
from workflows.models import Obligation, ObligationMove
from workflows.obligations import Owed, owed
from workflows.standings import keep_standings

#: People whose facts are compared together, and people who are locked and written together: the
#: second keeps each transaction well under a second.
COMPARED, WRITTEN = 2000, 100
#: Rows in one INSERT or UPDATE.
BATCH = 500

#: What facts that make no sense raise (a word that no rule knows, a date beyond all dates). Not
#: `DatabaseError`: then nobody's obligations can be trusted.
SENSELESS = (ArithmeticError, LookupError, TypeError, ValueError)


@dataclass(slots=True)
class Counts:
    """What a run did, in people looked at and obligations written."""

    people: int = 0
    opened: int = 0
    moved: int = 0
    closed: int = 0
    changed: int = 0
    #: People whom someone else was changing: left for the next run.
    busy: int = 0
    #: People whose facts do not lead to what is owed: left as they are, and on the record.
    failed: int = 0

    def add(self, changes: Mapping[int, Changes]) -> None:
        """Count what was written."""
        self.changed += len(changes)
        for change in changes.values():
            self.opened += len(change.opened)
            self.moved += len(change.moved)
            self.closed += len(change.done) + len(change.dropped)


class Day(NamedTuple):
    """A day and what decides on it."""

    today: dt.date
    rules: RuleSet
    calendar: Calendar


def reconcile(
    offender: Offender,
    *,
    because: str,
    done: Collection[Key] = (),
    today: dt.date | None = None,
) -> Changes:
    """Bring one person's obligations in line, in the transaction of the act that changed a fact.

    `done`: what the act fulfilled. It closes as done even where the same is owed again at once, but
    not where the act moved no clock. `because` is kept with every date that moves. The caller holds
    the person's lock.
    """
    day = _day(today)
    people = list(stream(offender_ids=[offender.pk], as_of=day.today))
    found = _compared(people, day, {offender.pk: done})
    changes = found.get(offender.pk, Changes()).without_unmoved()
    _write({offender.pk: changes}, people, because)
    bulk.refresh_tasks([offender.pk], today=day.today)
    keep_standings([offender.pk], today=day.today)
    return changes


def reconcile_held(
    offender_ids: Collection[int],
    *,
    because: str,
    done: Mapping[int, Collection[Key]] | None = None,
    today: dt.date | None = None,
) -> Counts:
    """Bring many people's obligations in line whose locks the caller holds, or who are new.

    One look is enough then, and their standings are kept too. Copies on open tasks are left to the
    caller (`bulk.refresh_tasks`).
    """
    day = _day(today)
    people = list(stream(offender_ids=offender_ids, as_of=day.today))
    found = _compared(people, day, done or {})
    _write(found, people, because)
    keep_standings(offender_ids, today=day.today)
    counts = Counts(people=len(people))
    counts.add(found)
    return counts


def reconcile_many(
    facts: Iterable[Facts],
    *,
    because: str,
    by: Actor | None = None,
    today: dt.date | None = None,
) -> Counts:
    """Bring many people's obligations in line, writing only what differs.

    `facts` only find out who differs: those few are locked in ascending id, read again and
    compared again before anything is written. `by`: records one event for each person changed, or
    whose facts make no sense: nobody else waits for those. Safe to run twice at once, and to be
    killed; people whom someone else is changing for long, they alone, are left for the next run.
    """
    day = _day(today)
    counts = Counts()
    people = iter(facts)
    while chunk := list(islice(people, COMPARED)):
        counts.people += len(chunk)
        failed: dict[int, Exception] = {}
        differing = list(_compared(chunk, day, {}, failed))
        counts.failed += len(failed)
        if by is not None:
            audit.record_many(_failure(by, because, *person) for person in failed.items())
        for start in range(0, len(differing), WRITTEN):
            batch = differing[start : start + WRITTEN]
            try:
                counts.add(_settle(batch, because, day, by))
            except TaskBusy:  # somebody of them, for longer than we wait: they alone are left
                counts.add(_settle_free(batch, because, day, by, counts))
    return counts


def _day(today: dt.date | None) -> Day:
    on = today or timezone.localdate()
    return Day(on, current.in_force(on), current.calendar())


def _compared(
    people: list[Facts],
    day: Day,
    done: Mapping[int, Collection[Key]],
    failed: dict[int, Exception] | None = None,
) -> dict[int, Changes]:
    """The changes of everyone whose open obligations are not what is owed.

    With `failed`, those whose facts make no sense are put there; without it, the first is raised.
    """
    standing = grouped(
        Obligation.objects.filter(closed_at__isnull=True),
        [facts.offender_id for facts in people],
        Open._make,
        *Open._fields,
    )
    found = {}
    for facts in people:
        try:
            due = owed(facts, day.rules, day.calendar, day.today)
        except SENSELESS as error:
            if failed is None:
                raise
            failed[facts.offender_id] = error
            continue
        changes = differences(
            due, standing.get(facts.offender_id, ()), done.get(facts.offender_id, ())
        )
        if changes:
            found[facts.offender_id] = changes
    return found


@transaction.atomic
def _settle(
    offender_ids: list[int], because: str, day: Day, by: Actor | None
) -> dict[int, Changes]:
    """Lock, look again, write. Waits for whoever is being changed; raises TaskBusy."""
    lock_people(offender_ids)
    return _settle_held(offender_ids, because, day, by)


@transaction.atomic
def _settle_free(
    offender_ids: list[int], because: str, day: Day, by: Actor | None, counts: Counts
) -> dict[int, Changes]:
    """As `_settle`, of those whom nobody is changing; the others are counted as busy."""
    free = lock_free(offender_ids)
    counts.busy += len(offender_ids) - len(free)
    return _settle_held(free, because, day, by)


def _settle_held(
    offender_ids: Collection[int], because: str, day: Day, by: Actor | None
) -> dict[int, Changes]:
    """Look again under the lock: what another run has done meanwhile no longer differs."""
    people = list(stream(offender_ids=offender_ids, as_of=day.today))
    found = _compared(people, day, {})
    _write(found, people, because)
    bulk.refresh_tasks(found, today=day.today)
    keep_standings(found, today=day.today)
    if by is not None:
        audit.record_many(_event(by, because, key, changes) for key, changes in found.items())
    return found


def _write(found: Mapping[int, Changes], people: Collection[Facts], because: str) -> None:
    """Close before opening: the same thing can be owed again at once.

    Of everyone in `people`, changed or not, since when their indicators lose weight is settled too.
    """
    done = [row for changes in found.values() for row in changes.done]
    _close(done, Obligation.ClosedBecause.DONE)
    dropped = [row for changes in found.values() for row in changes.dropped]
    _close(dropped, Obligation.ClosedBecause.NOT_OWED)
    if done or dropped:
        # The work by which a thing was done has left its first step and goes on.
        bulk.withdraw_work([row.id for row in (*done, *dropped)])
    _move([pair for changes in found.values() for pair in changes.moved], because)
    opened = Obligation.objects.bulk_create(
        [
            Obligation(
                offender_id=facts.offender_id,
                force_id=facts.force_id,
                kind=item.kind,
                about=item.about,
                due_on=item.due_on,
                original_due_on=item.due_on,
                rule=item.rule,
            )
            for facts in people
            if facts.offender_id in found
            for item in found[facts.offender_id].opened
        ],
        batch_size=BATCH,
    )
    if opened:
        bulk.open_work([obligation.pk for obligation in opened])
    settle_decay([facts.offender_id for facts in people])


def _close(rows: list[Open], because: Obligation.ClosedBecause) -> None:
    if rows:
        Obligation.objects.filter(pk__in=[row.id for row in rows]).update(
            closed_at=Now(), closed_because=because, version=F("version") + 1
        )


def _move(pairs: list[tuple[Open, Owed]], because: str) -> None:
    """Give open obligations their new date or rule, and insert each move of a date with why."""
    if not pairs:
        return
    Obligation.objects.bulk_update(
        [
            Obligation(pk=row.id, due_on=item.due_on, rule=item.rule, version=row.version + 1)
            for row, item in pairs
        ],
        ["due_on", "rule", "version"],
        batch_size=BATCH,
    )
    ObligationMove.objects.bulk_create(
        [
            ObligationMove(
                obligation_id=row.id,
                from_on=row.due_on,
                to_on=item.due_on,
                rule=item.rule,
                because=because,
            )
            for row, item in pairs
            if row.due_on != item.due_on
        ],
        batch_size=BATCH,
    )


def _event(by: Actor, because: str, offender_id: int, changes: Changes) -> audit.Entry:
    """What was changed for one person: kinds and dates."""
    return audit.Entry(
        by=by,
        action="obligations.reconcile",
        operation=Operation.ALTERATION,
        offender_id=offender_id,
        reason=because,
        payload={
            "opened": [[item.kind, item.about, item.due_on] for item in changes.opened],
            "moved": [[row.kind, row.due_on, item.due_on] for row, item in changes.moved],
            "closed": [[row.kind, row.about] for row in (*changes.done, *changes.dropped)],
        },
    )


def _failure(by: Actor, because: str, offender_id: int, error: Exception) -> audit.Entry:
    """A person for whom nothing could be worked out, and the kind of error."""
    return audit.Entry(
        by=by,
        action="obligations.reconcile",
        operation=Operation.ALTERATION,
        outcome=Outcome.ERROR,
        offender_id=offender_id,
        reason=because,
        payload={"error": type(error).__name__},
    )
