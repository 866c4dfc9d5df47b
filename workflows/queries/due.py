"""What falls due and when, for those who plan work: rows of obligations, as of a day.

Today's list as known now is read from the open obligations, in the order of an index. Any other
day's, and any other instant's, is what `owed` says over the facts (`queries.standing`). Both pass
through the same cut (`Window`) and give the same rows; a test compares them.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from accounts.actor import Actor
from accounts.models import Team, User
from accounts.policy import Action
from workflows.models import Kind
from workflows.queries import scope as reach
from workflows.queries.sql import (
    Clause,
    Page,
    all_of,
    first_of_each,
    key,
    read,
    shown,
    stream,
    text,
)
from workflows.queries.standing import AsKnown, everyone, standings

#: Before everything that can be owed.
FIRST_DAY = dt.date(1900, 1, 1)
ONE_DAY = dt.timedelta(days=1)


class DueRow(NamedTuple):
    """One thing owed. Dates are London dates, ids the text of UUIDs.

    Overdue counts from the list's `as_of`. `owner` is the staff number of the offender manager,
    None where there is none. On another day or at another instant what had no row of its own has no
    `obligation_id`, and what is not open today no `version`.
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
    known_at: dt.datetime | None = None,
    team: UUID | None = None,
    kinds: Sequence[str] = (Kind.HOME_VISIT,),
    include_overdue: bool = True,
    after: tuple[dt.date, int] | None = None,
    limit: int = 1000,
) -> Page[DueRow]:
    """Some of what is owed to the people in the actor's reach, first due first.

    `known_at`: by what was on record at that instant. `after` is the `next` of the page before.
    One statement for today as known now, whatever the length; anything else is worked out anew for
    each page, so ask for few and large ones.
    """
    window = Window(from_on, to_on, as_of, include_overdue)
    asked = AsKnown(as_of, known_at, today)
    if asked.is_now:
        people = _people(actor, team)
        statement = _open(actor, window, people, kinds, after=after, limit=limit + 1)
        found = [_row(values, as_of) for values in read(statement)]
    else:
        rows = _worked_out(actor, window, asked, team, kinds)
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
    known_at: dt.datetime | None = None,
    team: UUID | None = None,
    kinds: Sequence[str] = (Kind.HOME_VISIT,),
    include_overdue: bool = True,
) -> Iterator[DueRow]:
    """All of `due_rows`, one after another in the same order, for CSV and NDJSON.

    Memory stays flat for today; other rows are put in order first, so they are kept.
    """
    window = Window(from_on, to_on, as_of, include_overdue)
    asked = AsKnown(as_of, known_at, today)
    if not asked.is_now:
        yield from _worked_out(actor, window, asked, team, kinds)
        return
    people = _people(actor, team)
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


def _worked_out(
    actor: Actor, window: Window, asked: AsKnown, team: UUID | None, kinds: Sequence[str]
) -> list[DueRow]:
    """The rows of another day or instant, in order."""
    people = reach.people(actor, Action.DUE_VISITS_READ)
    named = {key: (text(public_id), reference) for key, public_id, reference in everyone(people)}
    teams = {row[0]: row[1:] for row in Team.objects.values_list("pk", "public_id", "name")}
    officers = dict(User.objects.values_list("pk", "staff_number"))
    wanted = set(kinds)
    rows = []
    for one in standings(list(named), asked):
        team_id, team_name = teams[one.team_id]
        if team is not None and team != team_id:
            continue
        owner = None if one.manager_id is None else officers[one.manager_id]
        person = (*named[one.offender_id], one.level, owner, str(team_id), team_name)
        for thing in one.things:
            if thing.kind in wanted and thing.due_on in window:
                mine = (thing.key, thing.public_id, thing.kind, thing.due_on)
                dated = (thing.original_due_on, thing.version)
                rows.append(_row(mine + dated + person, window.as_of))
    return sorted(rows, key=_in_order)
