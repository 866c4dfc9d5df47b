"""What happened with one person, newest first: one list from the tables that hold the facts."""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from django.db.models import Model
from django.utils import timezone

from offenders.models import LevelDecision, Offender
from workflows.models import Visit
from workflows.queries.unfound import Unfound

#: Entries of a page, and the last page that is offered.
PAGE, LAST_PAGE = 12, 60


class Entry(NamedTuple):
    """One fact. `at` is empty where only the London date `on` is known."""

    kind: str
    on: dt.date
    at: dt.datetime | None
    fact: Model


def recent(
    person: Offender,
    page: int = 1,
    *,
    visits: Iterable[Visit],
    levels: Iterable[LevelDecision],
    unfound: Unfound,
) -> tuple[list[Entry], bool]:
    """The entries of a page, from 1, and whether there are older ones. One read a table.

    `visits`, `levels` and `unfound` are all of the person's, which the page has read already.
    """
    needed = page * PAGE + 1
    entries = [entry for source in SOURCES for entry in islice(source(person, needed), needed)]
    entries += [Entry("visit", one.occurred_on, one.occurred_at, one) for one in visits]
    entries += [Entry("level", one.decided_on, None, one) for one in levels]
    entries += [Entry(*happening) for happening in unfound.happenings()]
    entries.sort(key=_newest_first)
    shown = entries[(page - 1) * PAGE : page * PAGE]
    return shown, len(entries) > page * PAGE and page < LAST_PAGE


def _newest_first(entry: Entry) -> tuple[int, float, int]:
    clock = entry.at.timestamp() if entry.at else 0.0
    return -entry.on.toordinal(), -clock, -entry.fact.pk


def _notifications(person: Offender, most: int) -> Iterator[Entry]:
    notified = person.notifications.select_related("recorded_by")
    for notification in notified.order_by("-notified_on", "-pk")[:most]:
        yield Entry("notification", notification.notified_on, None, notification)


def _assessments(person: Offender, most: int) -> Iterator[Entry]:
    assessed = person.assessments.select_related("author", "endorser", "template")
    for assessment in assessed.order_by("-assessed_on", "-pk")[:most]:
        yield Entry("assessment", assessment.assessed_on, assessment.submitted_at, assessment)


def _notes(person: Offender, most: int) -> Iterator[Entry]:
    notes = person.contact_notes.select_related("recorded_by")
    for note in notes.order_by("-occurred_at", "-pk")[:most]:
        yield Entry("contact_note", timezone.localdate(note.occurred_at), note.occurred_at, note)


def _moves(person: Offender, most: int) -> Iterator[Entry]:
    moved = person.moves.select_related(
        "reassignment__decided_by", "from_manager", "to_manager"
    ).order_by("-reassignment__decided_at", "-pk")
    for move in moved[:most]:
        at = move.reassignment.decided_at
        yield Entry("reassignment", timezone.localdate(at), at, move)


def _changes(person: Offender, most: int) -> Iterator[Entry]:
    changed = person.significant_changes.select_related("recorded_by")
    for change in changed.order_by("-known_on", "-pk")[:most]:
        yield Entry("significant_change", change.known_on, None, change)


def _case_reviews(person: Offender, most: int) -> Iterator[Entry]:
    reviews = person.case_reviews.select_related("reviewed_by", "process")
    for review in reviews.order_by("-reviewed_on", "-pk")[:most]:
        yield Entry("case_review", review.reviewed_on, review.recorded_at, review)


def _plans(person: Offender, most: int) -> Iterator[Entry]:
    plans = person.plans.select_related("author", "decided_by", "interval_decided_by")
    for plan in plans.order_by("-submitted_on", "-pk")[:most]:
        yield Entry("plan", plan.submitted_on, plan.submitted_at, plan)


SOURCES = (_notifications, _assessments, _notes, _moves, _changes, _case_reviews, _plans)
