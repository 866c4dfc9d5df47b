"""What happened with one person, newest first: one list from the tables that hold the facts."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, TypeVar

from django.db.models import Exists, Model, OuterRef, QuerySet
from django.utils import timezone

from accounts.actor import Actor
from accounts.policy import Action
from offenders.models import LevelDecision, Offender
from risk.models import Indicator, MatchDecision
from workflows.models import Visit
from workflows.queries.person import levels as levels_of
from workflows.queries.person import visits_of
from workflows.queries.sql import Page
from workflows.queries.unfound import Unfound
from workflows.queries.unfound import unfound as unfound_of

Row = TypeVar("Row", bound=Model)

#: Entries of a page, and the last page that is offered.
PAGE, LAST_PAGE = 12, 60


class Entry(NamedTuple):
    """One fact. `at` is empty where only the London date `on` is known.

    `opened`: False of an indicator that is restricted, or that the viewer may not open. Of such a
    one nothing is told but that there is one (PRACTICE 14).
    """

    kind: str
    on: dt.date
    at: dt.datetime | None
    fact: Model
    opened: bool = True


def recent(
    actor: Actor,
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
    given = (visits, levels, unfound)
    entries = _entries(person, page * PAGE + 1, *given, actor=actor)
    shown = entries[(page - 1) * PAGE : page * PAGE]
    return shown, len(entries) > page * PAGE and page < LAST_PAGE


def timeline_page(
    actor: Actor, person: Offender, *, after: tuple[Any, ...] | None = None, limit: int = 50
) -> Page[Entry]:
    """The same entries from any of them on. `after` is the `next` of the page before.

    The key of an entry says beside its place how many of its day came up to it: so many more are
    read of each table, and nothing is skipped where a day has many. One read a table.
    """
    place, shown_of_day = (after[:-1], after[-1]) if after is not None else (None, 0)
    until = dt.date.fromordinal(-place[0]) if place is not None else None
    given = (visits_of(person), levels_of(person), unfound_of(person))
    entries = _entries(person, limit + 1 + shown_of_day, *given, actor=actor, until=until)
    left = [entry for entry in entries if place is None or _newest_first(entry) > place]
    rows = left[:limit]
    if len(left) <= limit:
        return Page(rows, None, timezone.localdate())
    last = _newest_first(rows[-1])
    of_day = [one for one in entries if one.on == rows[-1].on and _newest_first(one) <= last]
    return Page(rows, (*last, len(of_day)), timezone.localdate())


def _entries(
    person: Offender,
    most: int,
    visits: Iterable[Visit],
    levels: Iterable[LevelDecision],
    unfound: Unfound,
    *,
    actor: Actor,
    until: dt.date | None = None,
) -> list[Entry]:
    """The newest entries up to the day `until`, at least `most` of them where there are so many."""
    found = [entry for source in SOURCES for entry in source(person, most, until)]
    opens = Indicator.objects.permitted(actor, Action.INDICATOR_VIEW).filter(is_restricted=False)
    for about in (_matches, _triages):
        found += about(person, most, until, opens)
    found += [Entry("visit", one.occurred_on, one.occurred_at, one) for one in visits]
    found += [Entry("level", one.decided_on, None, one) for one in levels]
    found += [Entry(*happening) for happening in unfound.happenings()]
    return sorted(found, key=_newest_first)


def _newest_first(entry: Entry) -> tuple[int, float, int, str]:
    """The place of an entry. Its kind tells apart facts of two tables with one key."""
    clock = entry.at.timestamp() if entry.at else 0.0
    return -entry.on.toordinal(), -clock, -entry.fact.pk, entry.kind


def _newest(
    rows: "QuerySet[Row]", column: str, most: int, until: dt.date | None, *, instant: bool = False
) -> "QuerySet[Row]":
    """The newest `most` of `rows` by a date, or by an `instant`, up to the London day `until`."""
    if until is not None and instant:
        midnight = dt.datetime.combine(until + dt.timedelta(days=1), dt.time())
        rows = rows.filter(**{f"{column}__lt": timezone.make_aware(midnight)})
    elif until is not None:
        rows = rows.filter(**{f"{column}__lte": until})
    return rows.order_by(f"-{column}", "-pk")[:most]


def _notifications(person: Offender, most: int, until: dt.date | None) -> Iterator[Entry]:
    notified = person.notifications.select_related("recorded_by", "voided_by")
    for notification in _newest(notified, "notified_on", most, until):
        yield Entry("notification", notification.notified_on, None, notification)


def _assessments(person: Offender, most: int, until: dt.date | None) -> Iterator[Entry]:
    assessed = person.assessments.select_related(
        "author", "endorser", "level_decided_by", "template", "override__approver"
    )
    for assessment in _newest(assessed, "assessed_on", most, until):
        yield Entry("assessment", assessment.assessed_on, assessment.submitted_at, assessment)


def _notes(person: Offender, most: int, until: dt.date | None) -> Iterator[Entry]:
    notes = person.contact_notes.select_related("recorded_by")
    for note in _newest(notes, "occurred_at", most, until, instant=True):
        yield Entry("contact_note", timezone.localdate(note.occurred_at), note.occurred_at, note)


def _moves(person: Offender, most: int, until: dt.date | None) -> Iterator[Entry]:
    moved = person.moves.select_related("reassignment__decided_by", "from_manager", "to_manager")
    for move in _newest(moved, "reassignment__decided_at", most, until, instant=True):
        at = move.reassignment.decided_at
        yield Entry("reassignment", timezone.localdate(at), at, move)


def _changes(person: Offender, most: int, until: dt.date | None) -> Iterator[Entry]:
    changed = person.significant_changes.select_related("recorded_by")
    for change in _newest(changed, "known_on", most, until):
        yield Entry("significant_change", change.known_on, None, change)


def _case_reviews(person: Offender, most: int, until: dt.date | None) -> Iterator[Entry]:
    reviews = person.case_reviews.select_related("reviewed_by", "process")
    for review in _newest(reviews, "reviewed_on", most, until):
        yield Entry("case_review", review.reviewed_on, review.recorded_at, review)


def _plans(person: Offender, most: int, until: dt.date | None) -> Iterator[Entry]:
    plans = person.plans.select_related("author", "decided_by", "interval_decided_by")
    for plan in _newest(plans, "submitted_on", most, until):
        yield Entry("plan", plan.submitted_on, plan.submitted_at, plan)


def _matches(
    person: Offender, most: int, until: dt.date | None, opens: "QuerySet[Indicator]"
) -> Iterator[Entry]:
    """When indicators were said to be about the person; what is secret is left out."""
    confirmed = MatchDecision.objects.filter(
        match__offender=person,
        decision=MatchDecision.Decision.CONFIRMED,
        match__indicator__is_secret=False,
    ).select_related("decided_by", "match__indicator")
    confirmed = confirmed.annotate(opened=Exists(opens.filter(pk=OuterRef("match__indicator"))))
    for decision in _newest(confirmed, "decided_at", most, until, instant=True):
        at, opened = decision.decided_at, decision.opened
        yield Entry("indicator_matched", timezone.localdate(at), at, decision, opened)


def _triages(
    person: Offender, most: int, until: dt.date | None, opens: "QuerySet[Indicator]"
) -> Iterator[Entry]:
    triaged = person.indicator_triages.filter(indicator__is_secret=False).select_related(
        "indicator", "triaged_by", "checked_by", "condition"
    )
    triaged = triaged.annotate(opened=Exists(opens.filter(pk=OuterRef("indicator"))))
    for triage in _newest(triaged, "triaged_on", most, until):
        at = triage.recorded_at
        yield Entry("indicator_triaged", triage.triaged_on, at, triage, triage.opened)


SOURCES = (
    _notifications,
    _assessments,
    _notes,
    _moves,
    _changes,
    _case_reviews,
    _plans,
)
