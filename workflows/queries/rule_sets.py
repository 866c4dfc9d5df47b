"""Versions of the rules, and which due dates one of them moved."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from accounts.actor import Actor
from accounts.models import Team, User
from accounts.policy import Action, grant
from rules import current
from rules.differences import Difference, differences
from rules.models import RuleSetVersion
from workflows.errors import NotVisible
from workflows.queries import scope
from workflows.queries.sql import Clause, Page, read, uuid
from workflows.rule_changes import because

#: What an INTEGER column holds on both databases.
LARGEST_NUMBER = 2_147_483_647


def versions() -> QuerySet[RuleSetVersion]:
    """Every version, newest first, with who decided on it: one read. Documents are left behind."""
    people = ("proposed_by", "approved_by", "withdrawn_by", "based_on")
    shown = RuleSetVersion.objects.select_related(*people).defer("document", "based_on__document")
    return shown.order_by("-number")


def visible_version(actor: Actor, number: int) -> RuleSetVersion:
    """The version `number`. Raises NotVisible where there is none or the actor may read none."""
    if grant(actor, Action.RULES_VIEW) is None or number > LARGEST_NUMBER:
        raise NotVisible
    found = versions().filter(number=number).first()
    if found is None:
        raise NotVisible
    return found


def versions_page(*, after: int | None, limit: int, today: dt.date) -> Page[RuleSetVersion]:
    """Some versions, newest first. `after` is the number of the last one seen."""
    rows = versions() if after is None else versions().filter(number__lt=after)
    found = list(rows[: limit + 1])
    page = found[:limit]
    return Page(page, (page[-1].number,) if len(found) > limit else None, today)


def difference_of(version: RuleSetVersion) -> list[Difference]:
    """What a version says otherwise than the one before it.

    That is the one it was written from, and for a shipped one the number before.
    """
    before = version.based_on
    if before is None:
        earlier = versions().filter(number__lt=version.number, state="approved")
        before = earlier.first()
    if before is None:
        return []
    return differences(current.rules_of(before), current.rules_of(version))


class MovedRow(NamedTuple):
    """One due date that a version moved. Overdue counts from the day it took effect."""

    key: int
    person_id: UUID
    reference: str
    surname: str
    forename: str
    kind: str
    original_due_on: dt.date
    from_on: dt.date
    to_on: dt.date
    rule: str


@dataclass(slots=True)
class Moved:
    """How many due dates of a kind, a team or an officer moved, and which way."""

    moved: int = 0
    earlier: int = 0
    later: int = 0
    became_overdue: int = 0
    ceased_overdue: int = 0

    def add(self, numbers: Iterable[int]) -> None:
        """Count some more: moved, earlier, later, became and ceased to be overdue."""
        for name, number in zip(self.__slots__, numbers, strict=True):
            setattr(self, name, getattr(self, name) + number)


@dataclass(frozen=True, slots=True)
class Effects:
    """What a version moved, in the viewer's reach. None as key: nobody manages the person.

    A force's totals hold everyone, restricted people too (PRACTICE 14).
    """

    total: Moved
    by_kind: dict[str, Moved]
    by_team: list[tuple[Team, Moved]]
    by_officer: list[tuple[User | None, Moved]]
    is_finished: bool


def effects(*, actor: Actor, version: RuleSetVersion) -> Effects:
    """How many due dates `version` moved, by kind, team and officer. Four statements."""
    total = Moved()
    kinds: dict[str, Moved] = {}
    teams: dict[int, Moved] = {}
    officers: dict[int | None, Moved] = {}
    for kind, team, officer, *numbers in read(_summary(actor, version)):
        counted = [int(number) for number in numbers]
        for moved in (
            total,
            kinds.setdefault(kind, Moved()),
            teams.setdefault(team, Moved()),
            officers.setdefault(officer, Moved()),
        ):
            moved.add(counted)
    application = getattr(version, "application", None)
    return Effects(
        total=total,
        by_kind=dict(sorted(kinds.items())),
        by_team=named_teams(teams),
        by_officer=named_officers(officers),
        is_finished=application is not None and application.finished_at is not None,
    )


def named_teams(counted: dict[int, Any]) -> list[tuple[Team, Any]]:
    """What was counted by team, by its name."""
    found = Team.objects.filter(pk__in=counted).order_by("name", "pk")
    return [(team, counted[team.pk]) for team in found]


def named_officers(counted: dict[int | None, Any]) -> list[tuple[User | None, Any]]:
    """What was counted by officer, by staff number; of nobody last."""
    keys = [key for key in counted if key is not None]
    found = User.objects.filter(pk__in=keys).order_by("staff_number", "pk")
    named: list[tuple[User | None, Any]] = [(user, counted[user.pk]) for user in found]
    return named + ([(None, counted[None])] if None in counted else [])


def effects_page(
    *, actor: Actor, version: RuleSetVersion, after: int = 0, limit: int = 50
) -> Page[MovedRow]:
    """Some of the due dates that `version` moved, of people the actor may see, in their order."""
    seen = scope.people(actor, Action.RULES_VIEW)
    statement = Clause(
        "SELECT m.id, o.public_id, o.source_ref, o.surname, o.forename, b.kind,"
        f" b.original_due_on, m.from_on, m.to_on, m.rule {_MOVES}"
        f" WHERE m.because = %s AND m.id > %s AND ({seen.sql}) ORDER BY m.id LIMIT {limit + 1:d}",
        (because(version.number), after, *seen.params),
    )
    found = [MovedRow(key, uuid(person), *rest) for key, person, *rest in read(statement)]
    page = found[:limit]
    last = (page[-1].key,) if len(found) > limit else None
    return Page(page, last, version.effective_from)


_MOVES = (
    "FROM workflows_obligationmove m JOIN workflows_obligation b ON b.id = m.obligation_id"
    " JOIN offenders_offender o ON o.id = b.offender_id"
)


def _summary(actor: Actor, version: RuleSetVersion) -> Clause:
    counted = scope.counted(actor, Action.RULES_VIEW)
    day = version.effective_from
    ways = (
        ("m.to_on < m.from_on", ()),
        ("m.to_on > m.from_on", ()),
        ("m.from_on >= %s AND m.to_on < %s", (day, day)),
        ("m.from_on < %s AND m.to_on >= %s", (day, day)),
    )
    sums = ", ".join(f"SUM(CASE WHEN {way} THEN 1 ELSE 0 END)" for way, _ in ways)
    params = tuple(value for _, values in ways for value in values)
    return Clause(
        f"SELECT b.kind, o.team_id, o.offender_manager_id, COUNT(*), {sums} {_MOVES}"
        f" WHERE m.because = %s AND ({counted.sql})"
        " GROUP BY b.kind, o.team_id, o.offender_manager_id",
        (*params, because(version.number), *counted.params),
    )
