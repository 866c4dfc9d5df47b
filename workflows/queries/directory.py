"""Who there is to give work to: the officers of a team, by staff number.

Why something is taken off an officer's share is on their capacity page alone (decision 0014).
"""

import datetime as dt
from typing import NamedTuple
from uuid import UUID

from accounts.actor import Actor
from accounts.capacity import Share, capacities_of
from accounts.models import Role, Team, User
from workflows.queries.caseload import MANAGERS, found_in, teams_of

#: Who is listed: those who have people, and those who decide.
LISTED = (*MANAGERS, Role.INSPECTOR)


class Listed(NamedTuple):
    """An officer, whether people can be given to them, and what they can carry today.

    `share` is None for who has no caseload.
    """

    user: User
    can_receive: bool
    share: Share | None


def officers_of(*, actor: Actor, team: UUID, today: dt.date) -> tuple[Team, list[Listed]]:
    """A team whose caseload the actor sees, with its officers. Four statements, whatever its size.

    Whoever's account is closed is left out. Raises NotVisible.
    """
    found = found_in(teams_of(actor), team)
    active = User.objects.filter(team=found, is_active=True, role__in=LISTED)
    users = list(active.order_by("staff_number", "pk"))
    managers = {user.pk for user in users if user.role in MANAGERS}
    shares = capacities_of(managers, today)
    return found, [
        Listed(
            user,
            user.pk in managers and Actor.of_user(user, today).is_current,
            shares.get(user.pk),
        )
        for user in users
    ]
