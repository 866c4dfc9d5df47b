"""What happened with one person, newest first: one list from the tables that hold the facts."""

import datetime as dt
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from django.db.models import Model, Prefetch
from django.utils import timezone

from offenders.models import Offender
from workflows.models import VisitAttendance

#: Entries of a page, and the last page that is offered.
PAGE, LAST_PAGE = 12, 60


class Entry(NamedTuple):
    """One fact. `at` is empty where only the London date `on` is known."""

    kind: str
    on: dt.date
    at: dt.datetime | None
    fact: Model


def recent(person: Offender, page: int = 1) -> tuple[list[Entry], bool]:
    """The entries of a page, from 1, and whether there are older ones. One read a table."""
    needed = page * PAGE + 1
    entries = [entry for source in SOURCES for entry in islice(source(person, needed), needed)]
    entries.sort(key=_newest_first)
    shown = entries[(page - 1) * PAGE : page * PAGE]
    return shown, len(entries) > page * PAGE and page < LAST_PAGE


def _newest_first(entry: Entry) -> tuple[int, float, int]:
    clock = entry.at.timestamp() if entry.at else 0.0
    return -entry.on.toordinal(), -clock, -entry.fact.pk


def _visits(person: Offender, most: int) -> Iterator[Entry]:
    staff = Prefetch("attendances", VisitAttendance.objects.select_related("user"))
    visits = person.visits.select_related("recorded_by").prefetch_related(staff)
    for visit in visits.order_by("-occurred_on", "-pk")[:most]:
        yield Entry("visit", visit.occurred_on, visit.occurred_at, visit)


def _notifications(person: Offender, most: int) -> Iterator[Entry]:
    notified = person.notifications.select_related("recorded_by")
    for notification in notified.order_by("-notified_on", "-pk")[:most]:
        yield Entry("notification", notification.notified_on, None, notification)


def _assessments(person: Offender, most: int) -> Iterator[Entry]:
    assessed = person.assessments.select_related("author", "endorser")
    for assessment in assessed.order_by("-assessed_on", "-pk")[:most]:
        yield Entry("assessment", assessment.assessed_on, assessment.submitted_at, assessment)


def _notes(person: Offender, most: int) -> Iterator[Entry]:
    notes = person.contact_notes.select_related("recorded_by")
    for note in notes.order_by("-occurred_at", "-pk")[:most]:
        yield Entry("contact_note", timezone.localdate(note.occurred_at), note.occurred_at, note)


def _levels(person: Offender, most: int) -> Iterator[Entry]:
    decided = person.levels.select_related("decided_by")
    for decision in decided.order_by("-decided_on", "-pk")[:most]:
        yield Entry("level", decision.decided_on, None, decision)


def _moves(person: Offender, most: int) -> Iterator[Entry]:
    moved = person.moves.select_related(
        "reassignment__decided_by", "from_manager", "to_manager"
    ).order_by("-reassignment__decided_at", "-pk")
    for move in moved[:most]:
        at = move.reassignment.decided_at
        yield Entry("reassignment", timezone.localdate(at), at, move)


SOURCES = (_visits, _notifications, _assessments, _notes, _levels, _moves)
