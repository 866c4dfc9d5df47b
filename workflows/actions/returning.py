"""Giving work back to whoever wrote it: they are told, and it counts (PRACTICE 7, 10)."""

from django.utils import timezone

from accounts.models import User
from offenders.models import Offender
from workflows.actions.alerts import tell
from workflows.models import Alert, ReturnedWork, Task
from workflows.second_person import STEPS


def give_back(
    task: Task,
    *,
    by: User,
    person: Offender,
    reason: str,
    acting_for: int | None = None,
    raised_by: User | None = None,
) -> None:
    """Note that `by` returned what led to `task`, and tell everyone who had a hand in it.

    Called inside `complete_step`, whose one event names the act. The task that is open again shows
    the reason with what was written before. `acting_for`: the key of whose decision it was.
    `raised_by`: who reported or proposed it, where that was no step.
    """
    written = Task.objects.filter(
        process=task.process_id, pk__lt=task.pk, flow_task_type="HUMAN", status="DONE"
    ).exclude(step__in=STEPS)
    if task.visit is not None:
        written = written.filter(visit=task.visit)
    deciders = {by.pk, acting_for} - {None}
    steps = written.exclude(owner__in=deciders).filter(owner__isnull=False).select_related("owner")
    authors = [step.owner for step in steps.order_by("-pk") if step.owner is not None]
    if raised_by is not None and raised_by.pk not in deciders:
        authors.append(raised_by)
    if not authors:
        return
    today = timezone.localdate()
    ReturnedWork.objects.create(
        offender=person,
        process=task.process,
        team_id=person.team_id,
        step=task.step,
        author=authors[0],
        returned_by=by,
        returned_for_id=acting_for,
        returned_on=today,
        reason=reason,
    )
    tell(
        Alert(
            to=author,
            about=Alert.About.WORK_RETURNED,
            subject=f"task:{task.public_id}",
            offender=person,
            officer=by,
            on=today,
        )
        for author in dict.fromkeys(authors)
    )
