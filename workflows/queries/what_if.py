"""Reads the live caseload for a trial of other rules: one pass, flat memory, nothing written."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from accounts.actor import Actor
from accounts.models import Team, User
from accounts.policy import Action, Reach, require
from offenders.models import Offender
from rules import actions, current
from rules.drafting import changed, short
from rules.errors import RulesRefused
from rules.examples import uncountable
from rules.limits import overstepped
from rules.ruleset import RuleSet
from workflows.facts import stream
from workflows.queries.rule_sets import named_officers, named_teams, visible_version
from workflows.rule_trials import Person, Shift, Tally, Work, compared, work

#: People whose places are looked up together.
CHUNK = 2000


class Named(NamedTuple):
    """Somebody, as lists name them. `officer`: staff number of who manages them."""

    id: UUID
    reference: str
    surname: str
    forename: str
    officer: str | None


class ShiftRow(NamedTuple):
    """Something with which somebody would become overdue, or would be so no longer."""

    person: Named
    shift: Shift


@dataclass
class Trial:
    """Other rules over one actor's reach on one London date. Read `rows` to the end, then the rest.

    `unnamed`: things that would become overdue, or no longer be, of people the actor may not see.
    """

    actor: Actor
    before: RuleSet
    after: RuleSet
    on: dt.date
    total: Tally = field(default_factory=Tally)
    teams: dict[int, Tally] = field(default_factory=lambda: defaultdict(Tally))
    officers: dict[int | None, Tally] = field(default_factory=lambda: defaultdict(Tally))
    unnamed: int = 0

    def rows(self) -> Iterator[ShiftRow]:
        """Who becomes overdue and who no longer is, in ascending key, while everyone is counted."""
        people = compared(
            stream(**_reached(self.actor), as_of=self.on),
            self.before,
            self.after,
            current.calendar(),
            self.on,
        )
        while chunk := list(islice(people, CHUNK)):
            yield from self._counted(chunk)

    def by_team(self) -> list[tuple[Team, Tally]]:
        """The counts of each team, by name."""
        return named_teams(self.teams)

    def by_officer(self) -> list[tuple[User | None, Tally]]:
        """The counts of each officer, by staff number; of people whom nobody manages last."""
        return named_officers(self.officers)

    def now(self, tally: Tally) -> Work:
        """Visits and hours a month under the rules that stand."""
        return work(tally.visited_now, self.before)

    def then(self, tally: Tally) -> Work:
        """Visits and hours a month under the others."""
        return work(tally.visited_then, self.after)

    def _counted(self, chunk: list[Person]) -> Iterator[ShiftRow]:
        places = _places(chunk)
        for person in chunk:
            team_id, manager_id = places[person.offender_id]
            for tally in (self.total, self.teams[team_id], self.officers[manager_id]):
                tally.add(person)
        turning = [person for person in chunk if any(map(_turns, person.shifts))]
        named = _named(self.actor, turning)
        for person in turning:
            shifts = [shift for shift in person.shifts if _turns(shift)]
            if person.offender_id not in named:
                self.unnamed += len(shifts)
                continue
            for shift in shifts:
                yield ShiftRow(named[person.offender_id], shift)


def what_if(
    *,
    actor: Actor,
    values: Mapping[str, str] | None = None,
    number: int | None = None,
    today: dt.date,
) -> Trial:
    """A trial of new periods and figures, such as {"visit.interval.medium": "4m"}, from today.

    Or of the version `number`, on the day it takes effect where that is still to come. Compared
    with what is in force on that day but for it. Raises NotPermitted, NotVisible, RulesInvalid;
    RulesRefused where no force could have these rules.
    """
    require(actor, Action.RULES_TRY)
    if number is not None:
        version = visible_version(actor, number)
        on = max(today, version.effective_from)
        before = version.based_on or current.version_in_force(on)
        return Trial(actor, current.rules_of(before), current.rules_of(version), on)
    before_rules = current.in_force(today)
    after = changed(before_rules, short(before_rules, values or {}))
    faults = overstepped(after, shipped=actions.shipped(), before=before_rules)
    faults = faults or uncountable(after, current.calendar())
    if faults:
        raise RulesRefused.of(faults)
    return Trial(actor, before_rules, after, today)


def _reached(actor: Actor) -> dict[str, Any]:
    """Whose facts are read: the actor's teams, or the whole force."""
    if require(actor, Action.RULES_TRY).reach is Reach.TEAM:
        ids = Offender.objects.filter(team_id__in=actor.team_ids).values_list("pk", flat=True)
        return {"offender_ids": ids.iterator()}
    # A job without a force would read every force's: none is asked for one.
    return {"force_id": actor.force_id if actor.force_id is not None else 0}


def _turns(shift: Shift) -> bool:
    return shift.was_overdue != shift.is_overdue


def _places(chunk: list[Person]) -> dict[int, tuple[int, int | None]]:
    """The team and the officer of each."""
    ids = [person.offender_id for person in chunk]
    rows = Offender.objects.filter(pk__gte=ids[0], pk__lte=ids[-1])
    fields = rows.values_list("pk", "team_id", "offender_manager_id")
    return {key: (team_id, manager_id) for key, team_id, manager_id in fields}


def _named(actor: Actor, people: list[Person]) -> dict[int, Named]:
    """How those whom the actor may see are named. A command sees nobody who is restricted."""
    if not people:
        return {}
    seen = Offender.objects.permitted(actor, Action.RULES_TRY)
    if actor.kind == "system":
        seen = seen.filter(is_restricted=False)
    rows = seen.filter(pk__in=[person.offender_id for person in people]).values_list(
        "pk", "public_id", "source_ref", "surname", "forename", "offender_manager__staff_number"
    )
    return {row[0]: Named(*row[1:]) for row in rows}
