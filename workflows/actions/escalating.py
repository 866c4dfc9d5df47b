"""Work past its due date goes up a rank: who stands above is told, once for each due date.

The officer's goes to the team's supervisors, the supervisor's to the force's inspectors; where
nobody stands above, or none of them may see the person, to the next who may. No date moves and
nothing closes: it is told, and shown in the lists.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce, Now
from django.utils import timezone

import audit.record as audit
from accounts.actor import Actor
from accounts.models import Absence, Role, User
from accounts.policy import RULES, Action
from audit.models import Operation
from offenders.models import Offender
from workflows.actions.alerts import tell
from workflows.actions.locking import lock_free
from workflows.actions.ranks import inspectors_of, seniors_of, supervisors_of
from workflows.models import Alert, Task

#: Steps told of in one transaction.
BATCH = 200

#: From below. A step is of the lowest rank that may complete it, or of its owner's where higher.
RANKS = (Role.OFFENDER_MANAGER, Role.SUPERVISOR, Role.INSPECTOR)

BY = Actor.system("escalation")


@dataclass(frozen=True, slots=True)
class Above:
    """Those of a force who may be told on a day, and whom of some people each may see."""

    seniors: list[User]
    people: Collection[int]
    day: dt.date
    seen: dict[int, set[int]] = field(default_factory=dict)

    def told_of(self, step: Task) -> list[User]:
        """The first of those above the step of whom any may see the person."""
        return next((able for tier in self._tiers(step) if (able := self._able(tier, step))), [])

    def _tiers(self, step: Task) -> Iterator[list[User]]:
        if rank_of(step) == Role.OFFENDER_MANAGER:
            yield supervisors_of(step.team_id, self.seniors)
        yield inspectors_of(self.seniors)
        # A restricted person whose named senior is a supervisor (PRACTICE 14).
        yield self.seniors

    def _able(self, tier: Iterable[User], step: Task) -> list[User]:
        return [one for one in tier if step.offender_id in self._seen_by(one)]

    def _seen_by(self, senior: User) -> set[int]:
        if senior.pk not in self.seen:
            actor = Actor.of_user(senior, self.day)
            rows = Offender.objects.permitted(actor, Action.OFFENDER_VIEW)
            found = rows.filter(pk__in=self.people).values_list("pk", flat=True)
            self.seen[senior.pk] = set(found)
        return self.seen[senior.pk]


def escalate_overdue(*, today: dt.date | None = None) -> int:
    """Tell who stands above of each open step past its due date, once. Returns how many steps.

    Safe to run twice, late, or on two workers. People whom someone else is changing, they alone,
    and a step of which nobody may be told, are left for the next run.
    """
    day = today or timezone.localdate()
    away = set(Absence.objects.on(day).values_list("officer", flat=True))
    waiting = list(
        _untold(day)
        .order_by("force", "offender", "pk")
        .values_list("force_id", "offender_id", "pk")
    )
    seniors = seniors_of({force_id for force_id, _, _ in waiting}, day)
    count = 0
    for force_id, rows in groupby(waiting, key=itemgetter(0)):
        there = [one for one in seniors[force_id] if one.pk not in away]
        late = list(rows)
        for start in range(0, len(late), BATCH):
            count += _escalate(late[start : start + BATCH], there, day)
    return count


def rank_of(step: Task) -> Role:
    """Whose work a step is: of the lowest rank that may complete it, or of its owner."""
    may = RULES[step.flow_task.action]
    lowest = min(RANKS.index(role) for role in RANKS if role in may)
    role = step.owner.role if step.owner is not None else RANKS[lowest]
    return RANKS[max(lowest, RANKS.index(Role(role)) if role in RANKS else lowest)]


def _untold(day: dt.date) -> QuerySet[Task]:
    """Open steps past their due date of which nobody above was told, or only of an earlier date."""
    told = Q(escalated_for__isnull=False, escalated_for=F("due_on"))
    return Task.objects.open().filter(due_on__lt=day).exclude(told)


@transaction.atomic
def _escalate(rows: Collection[tuple[int, int, int]], seniors: list[User], day: dt.date) -> int:
    free = lock_free({offender_id for _, offender_id, _ in rows})
    steps = _untold(day).filter(pk__in=[key for _, _, key in rows], offender__in=free)
    return _told(steps.select_related("owner"), Above(seniors, free, day))


def _told(steps: Iterable[Task], above: Above) -> int:
    """Mark the steps that somebody can be told of, tell them, and record each."""
    to = {step: told for step in steps if (told := above.told_of(step))}
    Task.objects.filter(pk__in=[step.pk for step in to]).update(
        escalated_at=Coalesce("escalated_at", Now()), escalated_for=F("due_on")
    )
    tell(_alert(step, senior) for step, told in to.items() for senior in told)
    audit.record_many(_entry(step, told) for step, told in to.items())
    return len(to)


def _alert(step: Task, senior: User) -> Alert:
    assert step.due_on is not None  # noqa: S101 - only steps past a date get here
    return Alert(
        to=senior,
        about=Alert.About.STEP_OVERDUE,
        subject=f"task:{step.public_id}:{step.due_on}",
        offender_id=step.offender_id,
        officer=step.owner,
        on=step.due_on,
    )


def _entry(step: Task, told: Iterable[User]) -> audit.Entry:
    return audit.Entry(
        by=BY,
        action="task.escalate",
        operation=Operation.ALTERATION,
        offender_id=step.offender_id,
        subject=f"task:{step.public_id}",
        payload={
            "step": step.step,
            "due_on": step.due_on,
            "told": [senior.staff_number for senior in told],
        },
    )
