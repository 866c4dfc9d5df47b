"""What officers were trained in, for whom that may be recorded."""

from uuid import UUID

from django.db.models import QuerySet

from accounts.actor import Actor
from accounts.models import Training, User
from accounts.policy import Action, Reach, require
from workflows.errors import NotVisible


def within_reach(actor: Actor, officer: UUID) -> User:
    """The officer, where `actor` may record their training. Raises NotPermitted, NotVisible.

    A supervisor of the officer's team, an inspector of the force, or a command.
    """
    permission = require(actor, Action.TRAINING_RECORD)
    found = User.objects.filter(public_id=officer).select_related("team").first()
    if found is None:
        raise NotVisible
    if actor.kind == "system":
        return found
    near = found.team_id in actor.team_ids
    if not near and (permission.reach is not Reach.FORCE or found.force_id != actor.force_id):
        raise NotVisible
    return found


def trainings_of(officer: User) -> "QuerySet[Training]":
    """Every training of an officer, what holds longest first."""
    return officer.trainings.select_related("recorded_by").order_by("-valid_until", "-pk")
