"""Nobody goes unmanaged unseen: who has no officer is told of, every day until they have one.

A hand-over leaves people to nobody where a team has no supervisor who may have them (PRACTICE 15),
an extract may name no officer, and an undo restores what stood. They stay in their team's list.
"""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from accounts.actor import Actor
from accounts.models import Team, User
from accounts.policy import Action
from offenders.models import Offender
from workflows.actions.alerts import tell
from workflows.actions.ranks import responsible, seniors_of
from workflows.models import Alert


@transaction.atomic
def warn_of_unmanaged(*, teams: Collection[int] | None = None, today: dt.date | None = None) -> int:
    """Tell supervisors how many people of their team nobody manages; without one, inspectors.

    Of all teams, once a day for a team; or of those with these keys, each time somebody is left to
    nobody. Each officer is told of those they may see. Returns how many alerts were new. Safe to
    run twice.
    """
    day = today or timezone.localdate()
    when = day.isoformat() if teams is None else timezone.now().isoformat()
    alone = Offender.objects.managed().filter(offender_manager__isnull=True)
    if teams is not None:
        alone = alone.filter(team__in=teams)
    lacking = Team.objects.filter(pk__in=alone.values("team")).order_by("pk")
    seniors = seniors_of({team.force_id for team in lacking}, day)
    return tell(
        Alert(
            to=senior,
            about=Alert.About.PEOPLE_UNMANAGED,
            subject=f"team:{team.public_id}:{when}",
            people=count,
            on=day,
        )
        for team in lacking
        for senior in responsible(team.pk, seniors[team.force_id])
        if (count := _seen(senior, team, day))
    )


def _seen(senior: User, team: Team, day: dt.date) -> int:
    """How many unmanaged people of the team the officer may see."""
    seen = Offender.objects.permitted(Actor.of_user(senior, day), Action.CASELOAD_VIEW)
    return seen.managed().filter(offender_manager__isnull=True, team=team).count()
