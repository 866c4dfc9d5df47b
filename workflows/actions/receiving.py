"""Who may be given people: officers who take them on, and supervisors when an officer may not."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from django.utils import timezone

from accounts.actor import Actor
from accounts.models import Role, User
from offenders.models import ConflictOfInterest, Offender, RestrictedAccess
from workflows.actions.alerts import tell
from workflows.actions.locking import lock_officers
from workflows.models import Alert
from workflows.queries.caseload import MANAGERS


def can_take(receiver: User) -> bool:
    """In a role and a team that manage people, with an open account and vetting in date."""
    able = receiver.role in MANAGERS and receiver.team_id is not None
    return able and Actor.of_user(receiver).is_current


def closed_to(receiver: User, people: Iterable[Offender]) -> list[Offender]:
    """Those whom `receiver` may not have: a conflict of interest, or restricted to others."""
    asked = list(people)
    restricted = {person.pk for person in asked if person.is_restricted}
    tied = ConflictOfInterest.objects.filter(
        user=receiver, offender__in=[person.pk for person in asked], withdrawn_at__isnull=True
    )
    closed = set(tied.values_list("offender_id", flat=True))
    if restricted:
        named = RestrictedAccess.objects.filter(
            user=receiver, offender__in=restricted, ended_at__isnull=True
        )
        closed |= restricted - set(named.values_list("offender_id", flat=True))
    return [person for person in asked if person.pk in closed]


class Supervisors:
    """The supervisors of some teams who may take work on, in ascending id."""

    def __init__(self, officers: Iterable[User], teams: Collection[int]) -> None:
        self.teams = frozenset(teams)
        self._of: dict[int, list[User]] = defaultdict(list)
        for officer in officers:
            supervises = officer.role == Role.SUPERVISOR and officer.team_id in self.teams
            if supervises and Actor.of_user(officer).is_current:
                self._of[officer.team_id or 0].append(officer)

    def for_people(
        self, people: Iterable[Offender], *, team_id: int, other_than: User
    ) -> dict[int, User | None]:
        """The first of the team who may have each person, by the person's key.

        None: nobody may, and the work waits in the team's queue. A statement or two for each
        supervisor, however many people.
        """
        waiting = list(people)
        found: dict[int, User | None] = {person.pk: None for person in waiting}
        for supervisor in self._of[team_id]:
            if supervisor.pk == other_than.pk:
                continue
            if not waiting:
                break
            left = closed_to(supervisor, waiting)
            kept = {person.pk for person in left}
            found |= {person.pk: supervisor for person in waiting if person.pk not in kept}
            waiting = left
        return found


def lock_supervisors(teams: Collection[int], *others: int) -> tuple[Supervisors, Sequence[User]]:
    """Lock the supervisors of `teams` and `others`, before any person. Raises TaskBusy.

    Returns the supervisors who may take work on, and the other officers as they are now.
    """
    seniors = User.objects.filter(role=Role.SUPERVISOR, is_active=True, team__in=teams)
    locked = lock_officers({*seniors.values_list("pk", flat=True), *others})
    return Supervisors(locked, teams), [user for user in locked if user.pk in others]


def tell_receivers(
    receivers: Mapping[User | None, int],
    *,
    about: User,
    subject: str,
    offender: Offender | None = None,
) -> None:
    """Tell supervisors that work on so many people of the officer `about` came to them."""
    tell(
        Alert(
            to=to,
            about=Alert.About.WORK_HANDED_OVER,
            subject=subject,
            offender=offender,
            officer=about,
            people=people,
            on=timezone.localdate(),
        )
        for to, people in receivers.items()
        if to is not None
    )
