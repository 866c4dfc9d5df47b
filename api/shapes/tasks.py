"""Tasks over the wire: in a list, and what is done with one beside its step."""

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from api.shapes.common import OfficerName, PagedQuery, PersonName, TeamName, officer, person, team
from offenders.models import ManagementLevel
from workflows.models import Kind, Task
from workflows.queries.deferrals import PutOff
from workflows.queries.inbox import WINDOWS
from workflows.queries.task_rows import title
from workflows.steps import FORMS
from workflows.steps.fields import BoundedDateField, PublicIdField, StrictSerializer, TextField
from workflows.steps.tasks import GiveTask

#: The engine's words for a task, in ours.
STATES = {"NEW": "free", "ASSIGNED": "assigned", "DONE": "done", "CANCELED": "cancelled"}


class TaskQuery(PagedQuery):
    """Filters and order of the list of open tasks."""

    scope = serializers.ChoiceField(
        choices=["mine", "team", "covering", "absent"],
        required=False,
        help_text="One's own tasks with those one covers, whose owner is the officer who is away "
        "(an officer's default), those of the teams one sees, only those one covers, or those of "
        "officers of the teams who are away",
    )
    team = PublicIdField(required=False)
    kind = serializers.ChoiceField(choices=Kind.choices, required=False)
    step = serializers.ChoiceField(choices=sorted(FORMS), required=False)
    state = serializers.ChoiceField(
        choices=["open", "free", "assigned", "waiting_endorsement", *WINDOWS], default="open"
    )
    due_from = BoundedDateField(required=False)
    due_to = BoundedDateField(required=False)
    deferred = serializers.ChoiceField(
        choices=["true"],
        required=False,
        help_text="Only what is put off to a day still to come, with until when, by whom and why",
    )
    order = serializers.ChoiceField(
        choices=["priority", "due"],
        required=False,
        help_text="Most urgent first (an officer's default) or first due first",
    )


class ReassignTask(GiveTask):
    """To whom one task goes."""

    staff_number = None  # type: ignore[assignment]  # here the officer is named by id
    to = PublicIdField(help_text="Id of the officer")


class AuthoriseLoneVisit(StrictSerializer):
    """Authority for one officer to make this visit alone."""

    officer = PublicIdField(help_text="Id of the officer who goes")
    risk_assessment = TextField(max_length=4000)


class TaskAnswer(serializers.Serializer):
    """A task as it stands."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=Kind.choices)
    step = serializers.ChoiceField(choices=sorted(FORMS))
    title = serializers.CharField()
    state = serializers.ChoiceField(choices=sorted([*STATES.values(), "other"]))
    person = PersonName()
    level = serializers.ChoiceField(choices=ManagementLevel.choices)
    due_on = serializers.DateField()
    overdue_days = serializers.IntegerField()
    attempt_by = serializers.DateField(allow_null=True)
    deferred_until = serializers.DateField(allow_null=True)
    owner = OfficerName(allow_null=True)
    team = TeamName()
    version = serializers.IntegerField()


class Reason(serializers.Serializer):
    """One term of a task's score."""

    code = serializers.CharField()
    value = serializers.CharField()
    points = serializers.IntegerField()


class DeferralAnswer(serializers.Serializer):
    """That a task is put off: its due date, place and count stay."""

    until = serializers.DateField()
    reason = serializers.CharField()
    by = OfficerName()
    past_due = serializers.BooleanField(help_text="Further than the due date")


class TaskRow(TaskAnswer):
    """A task in a list, with why it stands where it does."""

    escalated = serializers.BooleanField()
    subject = serializers.CharField(
        required=False,
        allow_blank=True,
        help_text="Of an action what must be done, where a grant redacts nothing; else empty. In "
        "the list of open tasks",
    )
    deferral = DeferralAnswer(required=False, allow_null=True, help_text="With `deferred=true`")
    score = serializers.IntegerField()
    reasons = Reason(many=True)
    unactioned_critical = serializers.BooleanField(
        help_text="Something critical about the person waits for its triage or its action: such "
        "tasks stand before all others"
    )


class TaskList(serializers.Serializer):
    """A page of tasks. By priority, later pages keep the day and the instant of the first."""

    as_of = serializers.DateField()
    results = TaskRow(many=True)
    next = serializers.CharField(allow_null=True)
    next_cursor = serializers.CharField(allow_null=True)


def task(found: Task) -> dict[str, Any]:
    """`found` as a TaskAnswer. Reads its person, owner and team where they are not there yet."""
    assert found.offender is not None and found.team is not None and found.due_on is not None  # noqa: S101, PT018
    return {
        "id": found.public_id,
        "kind": found.kind,
        "step": found.step,
        "title": title(found.kind, found.step),
        "state": STATES.get(found.status, "other"),
        "person": person(found.offender),
        "level": found.level,
        "due_on": found.due_on,
        "overdue_days": max((timezone.localdate() - found.due_on).days, 0),
        "attempt_by": found.attempt_by,
        "deferred_until": found.deferred_until,
        "owner": officer(found.owner),
        "team": team(found.team),
        "version": found.version,
    }


def slug(step: str) -> str:
    """The word of a step in its path."""
    return step.replace("_", "-")


def paths(found: Task) -> dict[str, str]:
    """Where the form of a task is described, and where it is completed."""
    at = f"/api/v1/tasks/{found.public_id}"
    return {"form": f"{at}/form", "complete": f"{at}/{slug(found.step)}"}


def deferral(found: PutOff | None) -> dict[str, Any] | None:
    """`found` as a DeferralAnswer."""
    if found is None:
        return None
    return {
        "until": found.until,
        "reason": found.reason,
        "by": {"id": found.by_id, "staff_number": found.by_staff_number},
        "past_due": found.past_due,
    }
