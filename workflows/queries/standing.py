"""What is owed to people, as of a day and as known at an instant: one path for every list.

As of today and as known now it is read from the tables. For another day or another instant it is
what `owed` says over the facts of that day as they stood on record then, by the rules and the bank
holidays that were on record then. A test holds the two to the same answer.

Who may see whom is always today's. Who manages a person is as it was known at the instant; as known
now, it is today's.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from offenders.errors import Invalid
from offenders.models import (
    HistoryBegan,
    ManagementLevel,
    ManagementMode,
    Offender,
    OffenderWas,
)
from rules import current
from workflows import facts
from workflows.knowing import Record
from workflows.models import Obligation
from workflows.obligations import Facts, Owed, has_ended, is_active, owed
from workflows.queries.sql import Clause, placeholders, read, shown, text

ONE_DAY = dt.timedelta(days=1)
#: People who are read together.
CHUNK = 500


class AsKnown(NamedTuple):
    """A London date, and the instant whose record counts; None: the record as it is now."""

    as_of: dt.date
    known_at: dt.datetime | None
    today: dt.date

    @property
    def is_now(self) -> bool:
        """Whether the tables say it: as of today, as known now."""
        return self.known_at is None and self.as_of == self.today


def as_known(as_of: dt.date | None = None, known_at: dt.datetime | None = None) -> AsKnown:
    """What was asked for: today as known now; with `known_at` alone, the London day of that.

    Raises Invalid `in_future` for a day or an instant to come, and `before_records` for an instant
    before which what was known is not kept.
    """
    today = timezone.localdate()
    if as_of is None:
        as_of = today if known_at is None else timezone.localdate(known_at)
    if known_at is not None:
        if known_at > timezone.now():
            raise Invalid("in_future", "Nothing is known yet of that moment.", field="known_at")
        _refuse_before_records(known_at)
    if as_of > today:
        said = "That day has not come yet: ask for what falls due until then."
        raise Invalid("in_future", said, field="as_of")
    return AsKnown(as_of, known_at, today)


def known_from() -> dt.datetime:
    """The first instant of which what was known is kept."""
    began: dt.datetime = HistoryBegan.objects.values_list("at", flat=True)[0]
    return began


def _refuse_before_records(known_at: dt.datetime) -> None:
    if known_at >= known_from():
        return
    # To the minute, as it can be asked for: the first that is kept whole.
    first = timezone.localtime(known_from() + dt.timedelta(minutes=1))
    said = f"{first.day} {first:%B %Y, %H:%M}"
    raise Invalid(
        "before_records",
        f"What was known that early is not kept. It is kept from {said} on, London time.",
        field="known_at",
    )


def came_after(asked: AsKnown) -> Q:
    """Of people: who came on record here only after what is asked about.

    What they owed before is worked out from little, or left out (docs/decisions/0016).
    """
    night = timezone.make_aware(dt.datetime.combine(asked.as_of + ONE_DAY, dt.time()))
    return Q(recorded_at__gte=night if asked.known_at is None else min(night, asked.known_at))


class Thing(NamedTuple):
    """One thing owed. `key`, `public_id` and `version` are of its row.

    What had no row then has the negative `key` of its person, and neither of the others; one whose
    row is closed by now has no version that anybody could still change.
    """

    kind: str
    about: str
    due_on: dt.date
    rule: str
    key: int
    public_id: str | None
    original_due_on: dt.date
    version: int | None


class Standing(NamedTuple):
    """How a person stood, and what was owed. `is_registered`: not let go by two people."""

    offender_id: int
    level: str
    is_registered: bool
    is_active: bool
    team_id: int
    manager_id: int | None
    things: tuple[Thing, ...]


def standings(ids: Sequence[int], asked: AsKnown) -> Iterator[Standing]:
    """How each of `ids`, which ascend, stood. A constant number of statements for each chunk.

    Who was not on record yet at `known_at` is left out.
    """
    read_chunk = _of_now if asked.is_now else _Then(asked).read
    for start in range(0, len(ids), CHUNK):
        yield from read_chunk(ids[start : start + CHUNK])


def _of_now(ids: Sequence[int]) -> Iterator[Standing]:
    """From the tables: two statements."""
    rows = Obligation.objects.filter(offender__in=ids, closed_at__isnull=True).order_by("pk")
    owing: dict[int, list[Thing]] = {}
    columns = ("offender_id", "kind", "about", "due_on", "rule", "pk", "public_id")
    for key, *row in rows.values_list(*columns, "original_due_on", "version"):
        row[5] = str(row[5])
        owing.setdefault(key, []).append(Thing(*row))
    people = Offender.objects.filter(pk__in=ids).order_by("pk")
    fields = ("registration_ended_on", "management_mode", "team_id", "offender_manager_id")
    for key, level, ended_on, mode, team, manager in people.values_list(
        "pk", "management_level", *fields
    ):
        is_now_active = mode == ManagementMode.ACTIVE
        things = tuple(owing.get(key, ()))
        yield Standing(key, level, ended_on is None, is_now_active, team, manager, things)


class _Then:
    """Reads another day or instant, by its rules."""

    def __init__(self, asked: AsKnown) -> None:
        self.asked = asked
        self.rules = current.in_force(asked.as_of, asked.known_at)
        self.calendar = current.calendar(asked.known_at)

    def read(self, ids: Sequence[int]) -> Iterator[Standing]:
        """Some people."""
        asked, day = self.asked, self.asked.as_of
        kept, managed = _kept(ids, asked), _managed(ids, asked)
        for one in facts.stream(offender_ids=ids, as_of=day, known_at=asked.known_at):
            team, manager = managed[one.offender_id]
            things = tuple(
                self._thing(one, position, item, kept)
                for position, item in enumerate(owed(one, self.rules, self.calendar, day))
            )
            is_registered = bool(one.bases) and not has_ended(one, day)
            yield Standing(
                one.offender_id,
                max(one.levels).level if one.levels else ManagementLevel.NOT_ASSESSED.value,
                is_registered,
                is_active(one),
                team,
                manager,
                things,
            )

    def _thing(self, one: Facts, position: int, item: Owed, kept: "Kept") -> Thing:
        row = _row_of(kept.get((one.offender_id, item.kind, item.about), ()), item.due_on)
        if row is None:
            none = -(one.offender_id * 100 + position), None, item.due_on, None
            return Thing(item.kind, item.about, item.due_on, item.rule, *none)
        version = row.version if row.is_open else None
        mine = row.key, row.public_id, row.original_due_on, version
        return Thing(item.kind, item.about, item.due_on, item.rule, *mine)


class Row(NamedTuple):
    """A row of what was owed. `stood`: whether it was open then; `is_open`: whether it is now."""

    key: int
    public_id: str
    original_due_on: dt.date
    version: int
    due_on: dt.date
    is_open: bool
    stood: bool
    was_known: bool


#: Rows by person, kind and about, the earliest opened first.
Kept = dict[tuple[int, str, str], list[Row]]


def _kept(ids: Sequence[int], asked: AsKnown) -> Kept:
    """What is and was kept of each thing. It stood at the instant, or at the end of the day."""
    night = timezone.make_aware(dt.datetime.combine(asked.as_of + ONE_DAY, dt.time()))
    adapt = connection.ops.adapt_datetimefield_value
    then = adapt(asked.known_at or night)
    known = Clause("1 = 1") if asked.known_at is None else Clause("opened_at <= %s", (then,))
    statement = Clause(
        f"SELECT offender_id, kind, about, id, {shown('public_id')}, original_due_on, version,"  # noqa: S608
        " due_on, closed_at IS NULL, opened_at <= %s AND (closed_at IS NULL OR closed_at > %s),"
        f" {known.sql} FROM workflows_obligation"
        f" WHERE offender_id IN ({placeholders(ids)}) ORDER BY id",
        (then, then, *known.params, *ids),
    )
    found: Kept = {}
    for row in read(statement):
        key, public_id, *rest = row[3:]
        found.setdefault(row[:3], []).append(Row(key, text(public_id), *rest))
    return found


def _row_of(rows: Sequence[Row], due_on: dt.date) -> Row | None:
    """The row that stood then; else the first that was known and is of the same due date."""
    stood = next((row for row in rows if row.stood), None)
    known = (row for row in rows if row.was_known)
    return stood or next((r for r in known if due_on in (r.due_on, r.original_due_on)), None)


def _managed(ids: Sequence[int], asked: AsKnown) -> dict[int, tuple[int, int | None]]:
    """Team and offender manager, by person."""
    people, fields = Offender.objects.filter(pk__in=ids), ("team_id", "offender_manager_id")
    if asked.known_at is None:
        return {key: (team, manager) for key, team, manager in people.values_list("pk", *fields)}
    was = Record(asked.known_at).as_it_was(people, OffenderWas, list(ids), *fields)
    return {key: (team, manager) for key, team, manager in was}


def everyone(people: Clause) -> list[tuple[Any, ...]]:
    """Key, public id and reference of `people`, a condition on `offenders_offender o`; in order."""
    return read(
        Clause(
            f"SELECT o.id, {shown('o.public_id')}, o.source_ref FROM offenders_offender o"  # noqa: S608
            f" WHERE {people.sql} ORDER BY o.id",
            people.params,
        )
    )
