"""What the score of a task would have been worked out from by what was known at an instant.

The due date is what `owed` says over the facts on record then; of the rest each row says when it
was recorded, and what was taken back since says when.
"""

import datetime as dt
from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from accounts.actor import Actor
from offenders.models import Order, OrderWas
from risk.indicator_codes import TriageOutcome
from risk.models import (
    Decided,
    Indicator,
    IndicatorDecision,
    IndicatorTriage,
    Match,
    MatchDecision,
)
from workflows.attempts import last_failed_on
from workflows.knowing import Record
from workflows.models import Task, Visit
from workflows.pressing import first_to_end, oldest_unanswered
from workflows.queries.ranking import Scale, Work
from workflows.queries.sight import Indicated, Sight
from workflows.queries.standing import AsKnown, standings
from workflows.weighing import LiveRow, live_rows


def work_known(task: Task, known_at: dt.datetime, as_of: dt.date) -> Work | None:
    """What decided the score of an open task on a London date, by what was known at an instant.

    None where it was not there yet.
    """
    asked = AsKnown(as_of, known_at, timezone.localdate())
    person = next(standings([_person(task)], asked), None)
    if person is None:
        return None
    due_on = _due_on(task, known_at, {(one.kind, one.about): one.due_on for one in person.things})
    if due_on is None:
        return None
    is_escalated = task.escalated_at is not None and task.escalated_at <= known_at
    record = Record(known_at)
    return (
        due_on,
        person.level,
        task.kind,
        is_escalated,
        _was_tried(task, known_at),
        _order_ends_on(task, record, as_of),
        oldest_unanswered([_person(task)], as_of, record).get(_person(task)),
    )


def indicated_known(
    actor: Actor, task: Task, known_at: dt.datetime, as_of: dt.date, scale: Scale
) -> Indicated:
    """What the person's indicators amounted to for the actor, by what was known at an instant."""
    return Sight(actor, as_of).of_rows(_rows_known(_person(task), known_at, as_of), scale.weights)


def _person(task: Task) -> int:
    assert task.offender_id is not None  # noqa: S101 - every human step has one, by constraint
    return task.offender_id


def _due_on(
    task: Task, known_at: dt.datetime, things: dict[tuple[str, str], dt.date]
) -> dt.date | None:
    obligation = task.process.obligation
    if task.flow_task.follows_obligation and obligation is not None:
        return things.get((obligation.kind, obligation.about))
    return task.due_on if task.created <= known_at else None


def _was_tried(task: Task, known_at: dt.datetime) -> bool:
    """Of the attempts that count today, whether one was on record."""
    failed_on = last_failed_on([_person(task)]).get(_person(task))
    if task.attempt_by is None or failed_on is None:
        return False
    tried = Visit.objects.filter(offender=task.offender_id, voided_at=None)
    tried = tried.exclude(outcome=Visit.Outcome.EFFECTIVE).filter(recorded_at__lte=known_at)
    seen = Visit.objects.effective().filter(offender=task.offender_id)
    last = seen.order_by("-occurred_on").values_list("occurred_on", flat=True).first()
    return (tried.filter(occurred_on__gte=last) if last else tried).exists()


def _order_ends_on(task: Task, record: Record, as_of: dt.date) -> dt.date | None:
    key = _person(task)
    rows = record.as_it_was(Order.objects.all(), OrderWas, [key], "ends_on", "discharged_on")
    return first_to_end(rows, as_of).get(key)


def _rows_known(person: int, known_at: dt.datetime, as_of: dt.date) -> Collection[LiveRow]:
    """Those of which an officer's newest word then was that they are about the person."""
    words = MatchDecision.objects.filter(match=OuterRef("pk"), recorded_at__lte=known_at)
    newest = Subquery(words.order_by("-pk").values("decision")[:1])
    matches = Match.objects.filter(offender=person).annotate(word=newest)
    confirmed = matches.filter(word=MatchDecision.Decision.CONFIRMED).values("indicator")
    taken_back = IndicatorDecision.objects.filter(
        indicator=OuterRef("pk"), decision=Decided.RETRACTED, decided_at__lte=known_at
    )
    undone = IndicatorDecision.objects.filter(
        indicator=OuterRef("indicator"),
        decision=Decided.MERGE_UNDONE,
        decided_at__gte=OuterRef("stands_at"),
        decided_at__lte=known_at,
    )
    the_same = IndicatorTriage.objects.filter(
        ~Exists(undone),
        indicator=OuterRef("pk"),
        outcome=TriageOutcome.DUPLICATE,
        stands_at__lte=known_at,
    )
    gone = Q(Exists(taken_back)) | Q(Exists(the_same))
    rows = Indicator.objects.filter(pk__in=confirmed).exclude(gone)
    found = live_rows(rows, as_of, as_at=known_at)
    return [LiveRow(row.key, person, row.live, row.is_restricted, row.is_secret) for row in found]
