"""What officers were trained in: recorded by others, and told of before it ends."""

import datetime as dt
from collections import defaultdict
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

import audit.record as audit
from accounts import actions as accounts
from accounts.actor import Actor
from accounts.models import Role, Training, TrainingCode, User
from accounts.policy import Action
from audit.models import Operation
from offenders.errors import Invalid, RuleBroken
from rules import current
from workflows.actions.alerts import tell
from workflows.models import Alert
from workflows.queries.trainings import within_reach


@transaction.atomic
def record_training(
    *,
    by: Actor,
    officer: UUID,
    code: TrainingCode,
    completed_on: dt.date,
    valid_until: dt.date,
) -> Training:
    """Note a course that an officer of one's team, or as an inspector of one's force, completed.

    Raises NotPermitted, NotVisible; RuleBroken `own_training`; Invalid: `in_future`,
    `ends_before_it_began`.
    """
    holder = within_reach(by, officer)
    if holder.pk == by.user_id:
        raise RuleBroken("own_training", "Somebody else must record your training.")
    if completed_on > timezone.localdate():
        raise Invalid("in_future", "That day has not come yet.", field="completed_on")
    if valid_until < completed_on:
        said = "It cannot end before it was completed."
        raise Invalid("ends_before_it_began", said, field="valid_until")
    training = accounts.record_training(
        by=by, officer=holder, code=code, completed_on=completed_on, valid_until=valid_until
    )
    audit.record(
        by=by,
        action=Action.TRAINING_RECORD,
        operation=Operation.CONFIGURATION,
        subject=f"user:{holder.public_id}",
        payload={
            "training": str(training.public_id),
            "code": code,
            "completed_on": completed_on,
            "valid_until": valid_until,
        },
    )
    return training


def warn_of_trainings(*, today: dt.date | None = None) -> int:
    """Tell officers, and their teams' supervisors, that a training is about to end.

    As early as of vetting (rule `vetting.warning`), once for each last day, and not where a
    refresher holds longer. Returns how many alerts were new. Safe to run twice.
    """
    day = today or timezone.localdate()
    warning, calendar = current.in_force(day).rule("vetting.warning"), current.calendar()
    held = Training.objects.filter(officer__is_active=True).values_list("officer", "code")
    latest = held.annotate(last=Max("valid_until"))
    ending = [
        (officer, code, last)
        for officer, code, last in latest
        if warning.due(last, calendar) <= day <= last
    ]
    officers = User.objects.in_bulk({officer for officer, _, _ in ending})
    supervisors = _supervisors({user.team_id for user in officers.values() if user.team_id})
    alerts = [
        Alert(
            to=to,
            about=Alert.About.TRAINING_ENDS,
            subject=f"user:{officers[key].public_id}:{code}:{last}",
            officer=officers[key],
            on=last,
        )
        for key, code, last in ending
        for to in {officers[key], *supervisors[officers[key].team_id or 0]}
    ]
    with transaction.atomic():
        return tell(alerts)


def _supervisors(teams: set[int]) -> defaultdict[int, list[User]]:
    found: defaultdict[int, list[User]] = defaultdict(list)
    for user in User.objects.filter(is_active=True, role=Role.SUPERVISOR, team__in=teams):
        found[user.team_id or 0].append(user)
    return found
