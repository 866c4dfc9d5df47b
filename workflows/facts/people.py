"""The row of each person, with the latest date of what is done again and again."""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from offenders.models import Address, AddressWas, Notification, Offender, OffenderWas
from risk.models import RiskAssessment
from workflows.facts.chunk import Chunk
from workflows.knowing import Record, Row, date_of, london_day, plain
from workflows.models import CaseReview, ReactiveReview, Visit


def people_in_chunks(
    people: QuerySet[Offender, Row], offender_ids: Iterable[int] | None, size: int
) -> Iterator[list[Row]]:
    """Rows of people in ascending id, `size` at a time: all of them, or exactly `offender_ids`."""
    if offender_ids is not None:
        ids = iter(sorted(set(offender_ids)))
        while wanted := list(islice(ids, size)):
            if rows := plain(people.filter(pk__in=wanted)):
                yield rows
        return
    last_id = 0
    while rows := plain(people.filter(pk__gt=last_id)[:size]):
        yield rows
        last_id = rows[-1][0]


def people(force_id: int | None, day: dt.date, record: Record) -> QuerySet[Offender, Row]:
    """A row for each person, of everyone or of one force; `own_facts` says what is in it."""
    rows = record.of(Offender.objects.order_by("pk"))
    if force_id is not None:
        rows = rows.filter(force_id=force_id)
    reviewed = CaseReview.objects.filter(kind=CaseReview.Kind.SUPERVISOR_REVIEW)
    return rows.values_list(
        "pk",
        "force_id",
        "date_of_birth",
        "registration_ended_on",
        _latest(record.of(Notification.objects.all(), "voided_at"), "notified_on", day),
        _latest(_effective_visits(record), "occurred_on", day),
        _latest(_standing_assessments(record), "assessed_on", day),
        _latest(record.of(ReactiveReview.objects.all()), "reviewed_on", day),
        "recorded_at",
        _latest(record.of(reviewed), "reviewed_on", day),
        _is_regularly_found(day),
    )


def own_facts(row: Row) -> dict[str, Any]:
    """What a row of `people` says, by its names in `Facts`."""
    key, force, born, ended, notified, visited, assessed, paper, recorded_at, reviewed, found = row
    return {
        "offender_id": key,
        "force_id": force,
        "date_of_birth": born,
        "known_on": london_day(recorded_at),
        "registration_ended_on": ended,
        "last_notified_on": date_of(notified),
        "last_visited_on": date_of(visited),
        "last_assessed_on": date_of(assessed),
        "last_reactive_review_on": date_of(paper),
        "last_reviewed_on": date_of(reviewed),
        "is_regularly_found": bool(found),
    }


def people_as_they_stood(rows: list[Row], chunk: Chunk) -> list[Row]:
    """`rows` of `people` with what was kept of their own row and of their homes at the instant of
    the record; the same rows where none is asked for."""
    record = chunk.record
    if record.at is None:
        return rows
    own = record.as_it_was(
        Offender.objects.all(), OffenderWas, chunk.ids, "date_of_birth", "registration_ended_on"
    )
    was = {key: row for key, *row in own}
    homes = record.as_it_was(
        record.of(Address.objects.all(), "voided_at"),
        AddressWas,
        chunk.ids,
        *("kind", "from_on", "until_on"),
    )
    found = {
        key
        for key, kind, since, until in homes
        if kind == Address.Kind.REGULARLY_FOUND
        and (since is None or since <= chunk.day)
        and (until is None or until > chunk.day)
    }
    return [(key, force, *was[key], *last, key in found) for key, force, _, _, *last, _ in rows]


def _effective_visits(record: Record) -> QuerySet[Visit]:
    effective = Visit.objects.filter(outcome=Visit.Outcome.EFFECTIVE)
    return record.of(effective, "voided_at", "found_ineffective_at")


def _standing_assessments(record: Record) -> QuerySet[RiskAssessment]:
    states = [RiskAssessment.State.IMPORTED, RiskAssessment.State.ENDORSED]
    return record.since(record.of(RiskAssessment.objects.filter(state__in=states)), "decided_at")


def _is_regularly_found(day: dt.date) -> Exists:
    """Whether the person's home of that day is a place where they are found, and no residence."""
    return Exists(
        Address.objects.filter(
            Q(from_on__isnull=True) | Q(from_on__lte=day),
            Q(until_on__isnull=True) | Q(until_on__gt=day),
            offender_id=OuterRef("pk"),
            kind=Address.Kind.REGULARLY_FOUND,
            voided_at__isnull=True,
        )
    )


def _latest(live: QuerySet[Any], dated: str, day: dt.date) -> Subquery:
    """The latest date of a person's live facts."""
    mine = live.filter(**{"offender_id": OuterRef("pk"), f"{dated}__lte": day})
    return Subquery(mine.order_by(f"-{dated}").values(dated)[:1])
