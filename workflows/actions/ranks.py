"""Who stands above whose work: a team's supervisors, and the inspectors of its force."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable

from accounts.actor import Actor
from accounts.models import Role, User


def seniors_of(forces: Collection[int], day: dt.date) -> dict[int | None, list[User]]:
    """Supervisors and inspectors in date, by force. One statement."""
    found: dict[int | None, list[User]] = defaultdict(list)
    roles = (Role.SUPERVISOR, Role.INSPECTOR)
    rows = User.objects.filter(force__in=forces, is_active=True, role__in=roles)
    for user in rows.order_by("pk"):
        if Actor.of_user(user, day).is_current:
            found[user.force_id].append(user)
    return found


def supervisors_of(team_id: int | None, seniors: Iterable[User]) -> list[User]:
    """Of these, the team's supervisors."""
    return [one for one in seniors if one.role == Role.SUPERVISOR and one.team_id == team_id]


def inspectors_of(seniors: Iterable[User]) -> list[User]:
    """Of these, the inspectors, who reach the whole force."""
    return [one for one in seniors if one.role == Role.INSPECTOR]


def responsible(team_id: int | None, seniors: Collection[User]) -> list[User]:
    """The team's supervisors; where it has none, the inspectors of the force."""
    return supervisors_of(team_id, seniors) or inspectors_of(seniors)
