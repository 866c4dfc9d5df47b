"""How many people, and how much is due and overdue: by officer and level, as of a day.

Counted from the same standings as every list as of a day or as known at an instant, and not a
second time in SQL.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from accounts.actor import Actor
from accounts.models import Team, User
from accounts.policy import Action
from workflows.queries import scope
from workflows.queries.standing import AsKnown, Standing, everyone, standings

#: How many days ahead count as due: those of the due list where nobody says until when.
AHEAD = dt.timedelta(days=28)


@dataclass(slots=True)
class Count:
    """People on the register, those managed actively, and what they owe: things, not people.

    `due`: from the day itself to 28 days after it; `overdue`: before it; `owed`: whenever.
    """

    people: int = 0
    active: int = 0
    owed: int = 0
    due: int = 0
    overdue: int = 0

    def add(self, one: Standing, day: dt.date) -> None:
        """Count one person."""
        self.people += 1
        self.active += one.is_active
        for thing in one.things:
            self.owed += 1
            self.overdue += thing.due_on < day
            self.due += day <= thing.due_on <= day + AHEAD


class CountRow(NamedTuple):
    """What the people of one officer at one level come to. `officer` None: nobody manages them."""

    team: Team
    officer: User | None
    level: str
    number: Count


@dataclass(frozen=True, slots=True)
class Counts:
    """The rows by team, officer and level, and the total.

    The total of a force holds also the people whose records are closed to who asks; they are in no
    row (PRACTICE 14).
    """

    asked: AsKnown
    total: Count
    rows: list[CountRow]


def counts(*, actor: Actor, asked: AsKnown, team: UUID | None = None) -> Counts:
    """What there is to do in the actor's reach. `team`: of the people who were in it then.

    A constant number of statements for each some hundred people.
    """
    seen = {key for key, *_ in everyone(scope.people(actor, Action.CASELOAD_VIEW))}
    wanted = [key for key, *_ in everyone(scope.counted(actor, Action.CASELOAD_VIEW))]
    teams = {found.pk: found for found in Team.objects.all()}
    total = Count()
    cells: dict[tuple[int, int | None, str], Count] = {}
    for one in _registered(standings(wanted, asked)):
        if team is not None and teams[one.team_id].public_id != team:
            continue
        total.add(one, asked.as_of)
        if one.offender_id in seen:
            cell = (one.team_id, one.manager_id, one.level)
            cells.setdefault(cell, Count()).add(one, asked.as_of)
    officers = User.objects.in_bulk({manager for _, manager, _ in cells if manager})
    rows = [
        CountRow(teams[of], officers.get(manager or 0), level, count)
        for (of, manager, level), count in cells.items()
    ]
    return Counts(asked, total, sorted(rows, key=_in_order))


def _registered(people: Iterable[Standing]) -> Iterable[Standing]:
    return (one for one in people if one.is_registered)


def _in_order(row: CountRow) -> tuple[str, bool, str, str]:
    """By team, officer (nobody last) and level."""
    officer = row.officer.staff_number if row.officer else ""
    return row.team.name, row.officer is None, officer, row.level
