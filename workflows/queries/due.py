"""What falls due and when, for those who plan work: rows of obligations, as of today or a day.

Today's list is read from the open obligations, in the order of an index. Any other day's is what
`owed` says over the facts of that day. Both pass through the same cut (`Window`) and give the same
rows; a test compares them.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.utils import timezone

from accounts.actor import Actor
from accounts.policy import Action
from rules import current
from workflows import facts
from workflows.models import Kind
from workflows.obligations import owed
from workflows.queries import scope as reach
from workflows.queries.sql import (
    Clause,
    Page,
    all_of,
    first_of_each,
    key,
    placeholders,
    read,
    shown,
    stream,
    text,
)

#: Before everything that can be owed.
FIRST_DAY = dt.date(1900, 1, 1)
ONE_DAY = dt.timedelta(days=1)
#: People whose facts are read together for another day.
CHUNK = 500


class DueRow(NamedTuple):
    """One thing owed. Dates are London dates, ids the text of UUIDs.

    Overdue counts from the list's `as_of`. `owner` is the staff number of the offender manager,
    None where there is none. On another day than today an obligation that is not open today has
    no id of its own: its `obligation_id` and `version` are None.
    """

    key: int
    person_id: str
    reference: str
    obligation_id: str | None
    kind: str
    due_on: dt.date
    original_due_on: dt.date
    overdue_days: int
    level: str
    owner: str | None
    team_id: str
    team: str
    version: int | None


@dataclass(frozen=True, slots=True)
class Window:
    """Which days are asked for. Everything overdue is in it, unless that is left out expressly.

    With `include_overdue` false it is the days from `from_on` to `to_on` and no others.
    """

    from_on: dt.date
    to_on: dt.date
    as_of: dt.date
    include_overdue: bool = True

    def ranges(self) -> list[tuple[dt.date, dt.date]]:
        """The days wanted, as ranges that do not touch."""
        if not self.include_overdue:
            return [(self.from_on, self.to_on)]
        yesterday = self.as_of - ONE_DAY
        if self.from_on <= self.as_of:
            return [(FIRST_DAY, max(self.to_on, yesterday))]
        return [(FIRST_DAY, yesterday), (self.from_on, self.to_on)]

    def __contains__(self, day: dt.date) -> bool:
        return any(first <= day <= last for first, last in self.ranges())


def due_rows(
    *,
    actor: Actor,
    from_on: dt.date,
    to_on: dt.date,
    as_of: dt.date,
    today: dt.date,
    team: UUID | None = None,
    kinds: Sequence[str] = (Kind.HOME_VISIT,),
    include_overdue: bool = True,
    after: tuple[dt.date, int] | None = None,
    limit: int = 1000,
) -> Page[DueRow]:
    """Some of what is owed to the people in the actor's reach, first due first.

    `after` is the `next` of the page before. One statement for today, whatever the length; another
    day is worked out anew for each page, so ask for few and large ones.
    """
    window = Window(from_on, to_on, as_of, include_overdue)
    people = _people(actor, team)
    if as_of == today:
        statement = _open(actor, window, people, kinds, after=after, limit=limit + 1)
        found = [_row(values, as_of) for values in read(statement)]
    else:
        rows = sorted(_worked_out(window, people, kinds), key=_in_order)
        found = [row for row in rows if after is None or _in_order(row) > tuple(after)]
    page = found[:limit]
    return Page(page, _in_order(page[-1]) if len(found) > limit else None, as_of)


def stream_due_rows(
    *,
    actor: Actor,
    from_on: dt.date,
    to_on: dt.date,
    as_of: dt.date,
    today: dt.date,
    team: UUID | None = None,
    kinds: Sequence[str] = (Kind.HOME_VISIT,),
    include_overdue: bool = True,
) -> Iterator[DueRow]:
    """All of `due_rows`, one after another in the same order, for CSV and NDJSON.

    Memory stays flat for today; another day's rows are put in order first, so they are kept.
    """
    window = Window(from_on, to_on, as_of, include_overdue)
    people = _people(actor, team)
    if as_of != today:
        yield from sorted(_worked_out(window, people, kinds), key=_in_order)
        return
    for values in stream(_open(actor, window, people, kinds, after=None, limit=None)):
        yield _row(values, as_of)


def shape(row: DueRow) -> dict[str, Any]:
    """`row` as it goes over the wire."""
    return {
        "person_id": row.person_id,
        "reference": row.reference,
        "obligation_id": row.obligation_id,
        "kind": row.kind,
        "due_on": row.due_on,
        "original_due_on": row.original_due_on,
        "overdue_days": row.overdue_days,
        "level": row.level,
        "owner": row.owner,
        "team": {"id": row.team_id, "name": row.team},
        "version": row.version,
    }


def _people(actor: Actor, team: UUID | None) -> Clause:
    people = reach.people(actor, Action.DUE_VISITS_READ)
    if team is None:
        return people
    return people & Clause("m.public_id = %s", (key(team),))


#: From a person to the rest of their part of a row.
JOINS = """
  JOIN accounts_team m ON m.id = o.team_id
  LEFT JOIN accounts_user u ON u.id = o.offender_manager_id"""


def _person() -> str:
    """The person's part of a row."""
    person, team = shown("o.public_id"), shown("m.public_id")
    return f"{person}, o.source_ref, o.management_level, u.staff_number, {team}, m.name"


def _open(
    actor: Actor,
    window: Window,
    people: Clause,
    kinds: Sequence[str],
    *,
    after: tuple[dt.date, int] | None,
    limit: int | None,
) -> Clause:
    """The open obligations, each kind and range of days from the index `obligation_due_list`."""
    further = [Clause("(b.due_on, b.id) > (%s, %s)", tuple(after))] if after else []
    if actor.force_id is not None:
        further.append(Clause("b.force_id = %s", (actor.force_id,)))
    branches = []
    for kind in dict.fromkeys(kinds):
        for days in window.ranges():
            due = Clause("b.closed_at IS NULL AND b.kind = %s", (kind,))
            between = Clause("b.due_on BETWEEN %s AND %s", days)
            where = all_of([due, between, *further, people])
            branches.append(
                Clause(
                    f"SELECT b.id AS id, {shown('b.public_id')} AS public_id, b.kind,"  # noqa: S608
                    f" b.due_on AS due_on, b.original_due_on, b.version, {_person()}"
                    f" FROM workflows_obligation b"
                    f" JOIN offenders_offender o ON o.id = b.offender_id{JOINS} WHERE {where.sql}",
                    where.params,
                )
            )
    return first_of_each(branches, order="due_on, id", limit=limit)


def _row(values: tuple[Any, ...], as_of: dt.date) -> DueRow:
    number, public_id, kind, due_on, original_due_on, version, *person = values
    person_id, reference, level, owner, team_id, team = person
    return DueRow(
        number,
        text(person_id),
        reference,
        None if public_id is None else text(public_id),
        kind,
        due_on,
        original_due_on,
        max((as_of - due_on).days, 0),
        level,
        owner,
        text(team_id),
        team,
        version,
    )


def _in_order(row: DueRow) -> tuple[dt.date, int]:
    return row.due_on, row.key


def _worked_out(window: Window, people: Clause, kinds: Sequence[str]) -> Iterator[DueRow]:
    """What `owed` says of the day `window.as_of`.

    Who may see whom, and who manages them, is today's. The key of what no row tells of is made
    from its person: negative, so that it can never be another's.
    """
    wanted, day = set(kinds), window.as_of
    rules, calendar = current.in_force(day), current.calendar()
    known = {row[0]: row[1:] for row in read(_everyone(people))}
    ids = sorted(known)
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        standing = _standing(chunk, day)
        for one in facts.stream(offender_ids=chunk, as_of=day):
            for position, item in enumerate(owed(one, rules, calendar, day)):
                if item.kind not in wanted or item.due_on not in window:
                    continue
                about = (one.offender_id, item.kind, item.about)
                row = _row_of(standing.get(about, ()), item.due_on)
                if row is None:
                    row = (-(one.offender_id * 100 + position), None, item.due_on, None)
                number, public_id, original, version = row
                mine = (number, public_id, item.kind, item.due_on, original, version)
                yield _row(mine + known[one.offender_id], day)


def _everyone(people: Clause) -> Clause:
    return Clause(
        f"SELECT o.id, {_person()} FROM offenders_offender o{JOINS} WHERE {people.sql}",  # noqa: S608
        people.params,
    )


class Kept(NamedTuple):
    """A row of what was owed. `stood`: whether it was open at the end of the day asked for."""

    key: int
    public_id: str
    original_due_on: dt.date
    version: int
    due_on: dt.date
    stood: bool


def _standing(ids: Sequence[int], day: dt.date) -> dict[tuple[int, str, str], list[Kept]]:
    """What is and was kept of each thing, by person, kind and about; the earliest opened first."""
    after = dt.datetime.combine(day + ONE_DAY, dt.time())
    night = connection.ops.adapt_datetimefield_value(timezone.make_aware(after))
    statement = Clause(
        f"SELECT offender_id, kind, about, id, {shown('public_id')}, original_due_on, version,"  # noqa: S608
        " due_on, opened_at < %s AND (closed_at IS NULL OR closed_at >= %s)"
        f" FROM workflows_obligation WHERE offender_id IN ({placeholders(ids)}) ORDER BY id",
        (night, night, *ids),
    )
    found: dict[tuple[int, str, str], list[Kept]] = {}
    for row in read(statement):
        found.setdefault(row[:3], []).append(Kept(*row[3:]))
    return found


def _row_of(kept: Sequence[Kept], due_on: dt.date) -> tuple[Any, ...] | None:
    """The row that stood that day; else the first that came later and is of the same due date."""
    stood = next((row for row in kept if row.stood), None)
    same = (row for row in kept if due_on in (row.due_on, row.original_due_on))
    row = stood or next(same, None)
    return None if row is None else row[:4]
