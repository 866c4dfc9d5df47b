"""Suggesting who could take whom. A supervisor decides on it, by an ordinary reassignment."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from accounts import policy
from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.models import Team
from accounts.policy import Action
from offenders.errors import Invalid
from offenders.models import Offender
from workflows.actions.caseload import preview_reassignment, refuse_team
from workflows.errors import NotVisible
from workflows.fair_split import Split
from workflows.queries.caseload import teams_of
from workflows.queries.moving import Preview
from workflows.queries.splitting import able_in, split_of
from workflows.steps.reassignment import MOST_PEOPLE


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A split, and what it would change; None where nobody would move.

    `people`: everyone who was looked at. `references`: of those for whom there is nobody.
    """

    split: Split
    preview: Preview | None
    people: tuple[UUID, ...]
    references: tuple[str, ...]


def suggest_split(
    *,
    by: Actor,
    team: UUID,
    offenders: Sequence[UUID] = (),
    officer: UUID | None = None,
    unmanaged: bool = False,
    all_move: bool = False,
) -> Suggestion:
    """Who of a team could take `offenders`, or everyone of an officer, or everyone unmanaged in it.

    `all_move`: nobody stays with the manager they have. Writes nothing: whoever decides on it hands
    `moves` and `digest` to `reassign_caseload`. Raises NotVisible, NotPermitted, Invalid.
    """
    policy.granted(by, Action.CASELOAD_REASSIGN)
    found = next((known for known in teams_of(by) if known.public_id == team), None)
    if found is None:
        raise NotVisible
    refuse_team(by, found.pk)
    people = _people(by, found, offenders, officer=officer, unmanaged=unmanaged)
    today = timezone.localdate()
    # Whoever decides for another decides on neither's own work.
    mine = by.answers_for if by.acting_for_id is not None else ()
    able = [one for one in able_in(found, today) if one.pk not in mine]
    split = (
        split_of(actor=by, people=people, officers=able, today=today, all_move=all_move)
        if able
        else Split({}, (), tuple(person.public_id for person in people))
    )
    nobody = set(split.impossible)
    return Suggestion(
        split=split,
        preview=preview_reassignment(by=by, moves=split.moves) if split.moves else None,
        people=tuple(person.public_id for person in people),
        references=tuple(p.source_ref for p in people if p.public_id in nobody),
    )


def _people(
    by: Actor,
    team: Team,
    offenders: Sequence[UUID],
    *,
    officer: UUID | None,
    unmanaged: bool,
) -> list[Offender]:
    """The people to be split, of those the actor may see and reassign."""
    if sum((bool(offenders), officer is not None, unmanaged)) != 1:
        raise Invalid(
            "required", "Choose people, an officer, or whoever is unmanaged.", field="offenders"
        )
    seen = Offender.objects.permitted(by, Action.CASELOAD_VIEW).managed()
    if offenders:
        wanted = seen.filter(public_id__in=set(offenders))
    elif officer is not None:
        wanted = seen.filter(offender_manager__public_id=officer)
    else:
        wanted = seen.filter(offender_manager__isnull=True, team=team)
    found = list(wanted.select_related("offender_manager").order_by("pk")[: MOST_PEOPLE + 1])
    if len(found) > MOST_PEOPLE:
        raise Invalid("too_many", f"At most {MOST_PEOPLE} people at a time.", field="offenders")
    if not found or (offenders and len(found) != len(set(offenders))):
        raise NotVisible
    reached = Offender.objects.permitted(by, Action.CASELOAD_REASSIGN)
    if reached.filter(pk__in=[person.pk for person in found]).count() != len(found):
        raise NotPermitted("Not all of these people are yours to reassign.")
    return found
