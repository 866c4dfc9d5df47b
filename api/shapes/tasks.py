"""Tasks over the wire."""

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from api.shapes import assessments
from api.shapes.common import (
    OfficerName,
    PagedQuery,
    PersonName,
    TeamName,
    officer,
    person,
    team,
)
from api.shapes.visit import AuthorityAnswer, PreparationAnswer, SameHomeAnswer, WatchAnswer
from offenders.models import ManagementLevel
from workflows.models import AssessmentDraft, Kind, Task
from workflows.queries.deferrals import PutOff
from workflows.queries.inbox import WINDOWS
from workflows.queries.starting import narrowed
from workflows.queries.task import written_values
from workflows.queries.task_rows import title
from workflows.queries.unfound import Reported, values_of
from workflows.steps import FORMS
from workflows.steps.fields import (
    BoundedDateField,
    PublicIdField,
    RowsField,
    StrictSerializer,
    TextField,
)
from workflows.steps.tasks import GiveTask

#: The engine's words for a task, in ours.
STATES = {"NEW": "free", "ASSIGNED": "assigned", "DONE": "done", "CANCELED": "cancelled"}
#: What `allowed_actions` may list besides the steps.
ACTIONS = [
    "claim",
    "release",
    "reassign",
    "defer",
    "authorise_lone_visit",
    "prepare",
    "start_lone_visit",
    "end_lone_visit",
    "draft",
]


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
    deferral = DeferralAnswer(required=False, allow_null=True, help_text="With `deferred=true`")
    score = serializers.IntegerField()
    reasons = Reason(many=True)


class TaskList(serializers.Serializer):
    """A page of tasks. By priority, later pages keep the day of the first."""

    as_of = serializers.DateField()
    results = TaskRow(many=True)
    next = serializers.CharField(allow_null=True)
    next_cursor = serializers.CharField(allow_null=True)


class WrittenStep(serializers.Serializer):
    """A finished step: who did it, when, and what its form was sent."""

    step = serializers.ChoiceField(choices=sorted(FORMS))
    title = serializers.CharField()
    done_at = serializers.DateTimeField()
    done_by = OfficerName(allow_null=True)
    values = serializers.DictField(help_text="By the fields of that step's form")


class ReportedFact(serializers.Serializer):
    """What was reported or found of the person before this task."""

    title = serializers.CharField()
    at = serializers.DateTimeField()
    by = OfficerName(allow_null=True)
    values = serializers.DictField(help_text="By the fields of its form")


class TaskDetailAnswer(TaskAnswer):
    """A task with what the caller may do with it, and what was written before it."""

    written = WrittenStep(
        allow_null=True, help_text="What it wrote, once it is done; null where a grant redacts"
    )
    earlier = WrittenStep(many=True, help_text="Oldest first; empty where a grant redacts")
    subject = serializers.CharField(
        help_text="What it is about where its kind does not say; empty where a grant redacts"
    )
    reported = ReportedFact(many=True, help_text="What is decided on, where it was no step")

    compared = assessments.FactorCompared(
        many=True, help_text="Where an assessment is decided on; empty where a grant redacts"
    )
    preparation = PreparationAnswer(
        allow_null=True, help_text="Before a visit; null where a grant redacts"
    )
    unchecked = serializers.ListField(
        child=serializers.CharField(),
        help_text="Systems that were not looked at before a visit that was made",
    )
    lone_authority = AuthorityAnswer(
        allow_null=True, help_text="That waits for the visit that is to be made"
    )
    lone_visit = WatchAnswer(allow_null=True, help_text="Who is out alone now")
    same_home = SameHomeAnswer(many=True)
    allowed_actions = serializers.ListField(
        child=serializers.ChoiceField(choices=[*sorted(FORMS), *ACTIONS])
    )
    form = serializers.CharField(help_text="Path that describes the form of the step")
    complete = serializers.CharField(help_text="Path that completes the step")


def written(step: Task) -> dict[str, Any]:
    """`step` as a WrittenStep."""
    return {
        "step": step.step,
        "title": title(step.kind, step.step),
        "done_at": step.finished,
        "done_by": officer(step.owner),
        "values": written_values(step),
    }


def reported(found: Reported) -> dict[str, Any]:
    """`found` as a ReportedFact."""
    return {
        "title": found.title,
        "at": found.at,
        "by": officer(found.by),
        "values": values_of(found),
    }


class FormChoice(serializers.Serializer):
    """One value a field may have."""

    value = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]


class RowField(serializers.Serializer):
    """One field of a row."""

    name = serializers.CharField()
    type = serializers.ChoiceField(
        choices=["text", "true_false", "date", "instant", "list", "number", "rows"]
    )
    label = serializers.CharField()  # type: ignore[assignment]
    help_text = serializers.CharField(allow_blank=True)  # type: ignore[assignment]
    required = serializers.BooleanField()  # type: ignore[assignment]
    max_length = serializers.IntegerField(allow_null=True)
    choices = FormChoice(many=True)


class FormField(RowField):
    """One field of a form. `rows`: the fields of each row, where its type is `rows`."""

    rows = RowField(many=True)


class FormAnswer(serializers.Serializer):
    """The form of a step, for whoever draws it."""

    name = serializers.ChoiceField(choices=sorted(FORMS))
    title = serializers.CharField()
    complete = serializers.CharField()
    fields = FormField(many=True)  # type: ignore[assignment]
    starts_with = serializers.DictField(
        help_text="What to go through, by field: never a date, a time or a judgement"
    )
    draft = assessments.DraftAnswer(
        allow_null=True,
        help_text="Of a step that the caller may do and that can be kept; else null",
    )


#: How a form's field is written in JSON; the first that fits decides.
_TYPES: tuple[tuple[type[serializers.Field], str], ...] = (
    (serializers.BooleanField, "true_false"),
    (serializers.IntegerField, "number"),
    (serializers.DateTimeField, "instant"),
    (serializers.DateField, "date"),
    (RowsField, "rows"),
    (serializers.ListField, "list"),
    (serializers.MultipleChoiceField, "list"),
)


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


def form(
    found: Task, starting: dict[str, Any], draft: AssessmentDraft | None = None
) -> dict[str, Any]:
    """The form of the task's step, what it starts with and what is written, as a FormAnswer."""
    shape = narrowed(FORMS[found.step](), found)
    return {
        "name": found.step,
        "title": title(found.kind, found.step),
        "complete": paths(found)["complete"],
        "fields": [
            _field(name, field) | {"rows": _row_fields(field)}
            for name, field in shape.fields.items()
        ],
        "starts_with": starting,
        "draft": draft and assessments.draft(draft),
    }


def _row_fields(field: serializers.Field) -> list[dict[str, Any]]:
    if not isinstance(field, RowsField):
        return []
    return [_field(name, inner) for name, inner in field.row.fields.items()]


def _field(name: str, field: serializers.Field) -> dict[str, Any]:
    kind = next((word for cls, word in _TYPES if isinstance(field, cls)), "text")
    choices = getattr(field, "choices", {}).items()
    return {
        "name": name,
        "type": kind,
        "label": str(field.label or name),
        "help_text": str(field.help_text or ""),
        "required": field.required,
        "max_length": getattr(field, "max_length", None),
        "choices": [{"value": value, "label": str(label)} for value, label in choices],
    }


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
