"""What other tables would make of the scores that stand: read in one pass, nothing written.

Each score is reckoned again from what was put into it and for its own day, so that the tables alone
make the difference. Whose registration has ended is left out. People whom the actor may not see
(restricted, a declared conflict) count in the total of everyone alone: by team and band few people
could be told apart.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from accounts.actor import Actor
from accounts.models import Team
from accounts.policy import Action, require
from offenders.errors import Invalid
from offenders.models import Offender
from risk import score_tables
from risk.models import CALCULATED, ScoreSource, StaticScore
from risk.static_scores.bands import Thresholds
from risk.static_scores.inputs import Inputs
from risk.static_scores.registry import Model, UnknownVersion
from risk.static_scores.scoring import by_tables, is_for
from workflows.queries.rule_sets import named_teams

#: Scores that are reckoned and named together.
CHUNK = 2000
#: People that one trial names; all are counted.
MOST_NAMED = 1000
#: Where the other tables are not for somebody of that sex or age.
NOT_APPLICABLE = "not_applicable"


class Change(NamedTuple):
    """A score that would be in another band: adjusted bands, `would` also NOT_APPLICABLE."""

    person: UUID
    reference: str
    tool: str
    was: str
    would: str


class _Found(NamedTuple):
    """One score that stands, reckoned again."""

    offender_id: int
    team_id: int
    tool: str
    was: str
    would: str


#: How many scores of a tool are in one band and would be in another: (tool, was, would).
Moves = Counter[tuple[str, str, str]]


@dataclass
class Rescoring:
    """Other tables over an actor's force. Read `rows` to the end, then the rest.

    `total` counts everyone, `teams` those whom the actor may see. `unnamed`: scores that would
    change, of people whom the actor may not see.
    """

    actor: Actor
    tables: list[tuple[Model, Thresholds]]
    total: Moves = field(default_factory=Counter)
    teams: dict[int, Moves] = field(default_factory=lambda: defaultdict(Counter))
    unnamed: int = 0

    def rows(self) -> Iterator[Change]:
        """Every score that would change, by tool and in ascending key, while all are counted."""
        for model, thresholds in self.tables:
            found = self._rescored(model, thresholds)
            while chunk := list(islice(found, CHUNK)):
                yield from self._counted(chunk)

    def named(self, limit: int) -> tuple[list[Change], int]:
        """Read to the end: the first `limit` changes, and how many there are beyond."""
        rows = self.rows()
        return list(islice(rows, limit)), sum(1 for _ in rows)

    def by_team(self) -> list[tuple[Team, Moves]]:
        """The counts of each team, by name."""
        return named_teams(self.teams)

    def _rescored(self, model: Model, thresholds: Thresholds) -> Iterator[_Found]:
        """The score of each person that stands, in one statement."""
        last = None
        for row in _standing(self.actor, model.tool).iterator(chunk_size=CHUNK):
            offender_id, team_id, was, kept, scored_on = row
            if offender_id == last:
                continue  # an older one
            last = offender_id
            inputs = Inputs.of_snapshot(kept)
            would = NOT_APPLICABLE
            if is_for(inputs, model, scored_on):
                would = by_tables(inputs, model, thresholds, scored_on).adjusted_band.value
            yield _Found(offender_id, team_id, model.tool, was, would)

    def _counted(self, chunk: list[_Found]) -> Iterator[Change]:
        named = _named(self.actor, chunk)
        for one in chunk:
            move = (one.tool, one.was, one.would)
            self.total[move] += 1
            is_seen = one.offender_id in named
            if is_seen:
                self.teams[one.team_id][move] += 1
            if one.was == one.would:
                continue
            if not is_seen:
                self.unnamed += 1
                continue
            yield Change(*named[one.offender_id], one.tool, one.was, one.would)


def rescoring(*, actor: Actor, model: str, thresholds: str, tool: str = "") -> Rescoring:
    """A trial of these versions, of one tool or of every tool that has both.

    Raises NotPermitted; Invalid `unknown_version`.
    """
    require(actor, Action.STATIC_SCORE_TRY)
    known = score_tables.known()
    tables: list[tuple[Model, Thresholds]] = []
    lacking = "model"
    for one in [tool] if tool else CALCULATED:
        try:
            tables.append((known.model(one, model), known.bands(one, thresholds)))
        except UnknownVersion as error:
            lacking = error.field
    if not tables:
        raise Invalid(
            "unknown_version", f"There is no such version of the {lacking}.", field=lacking
        )
    return Rescoring(actor, tables)


def _standing(actor: Actor, tool: str) -> Any:
    """Scores that were calculated here and are not void, each person's newest first.

    Of people who are registered: of anyone else no score is made again.
    """
    # A job without a force would read every force's: none is asked for one.
    rows = StaticScore.objects.filter(
        offender__force_id=actor.force_id if actor.force_id is not None else 0,
        tool=tool,
        source=ScoreSource.CALCULATED_HERE,
        voided_at__isnull=True,
        offender__registration_ended_on__isnull=True,
    )
    return rows.order_by("offender_id", "-scored_on", "-pk").values_list(
        "offender_id", "offender__team_id", "adjusted_band", "inputs", "scored_on"
    )


def _named(actor: Actor, found: list[_Found]) -> dict[int, tuple[UUID, str]]:
    """How those whom the actor may see are named. A command sees nobody who is restricted."""
    seen = Offender.objects.permitted(actor, Action.STATIC_SCORE_TRY)
    if actor.kind == "system":
        seen = seen.filter(is_restricted=False)
    rows = seen.filter(pk__in=[one.offender_id for one in found])
    return {
        key: (public_id, reference)
        for key, public_id, reference in rows.values_list("pk", "public_id", "source_ref")
    }
