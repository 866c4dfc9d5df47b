"""The teams that somebody's permission reaches."""

from accounts.actor import Actor
from accounts.models import Team
from accounts.policy import Action, Reach, grant


def teams_in_reach(actor: Actor, action: Action) -> list[Team]:
    """The teams in which the actor may do `action`, by name."""
    permission = grant(actor, action)
    if permission is None or actor.force_id is None:
        return []
    teams = Team.objects.order_by("name")
    if permission.reach is Reach.FORCE:
        return list(teams.filter(force_id=actor.force_id))
    return list(teams.filter(pk__in=actor.team_ids))
