"""One task over the wire, with what was written before it and what the caller may do."""

from typing import Any

from rest_framework import serializers

from accounts.actor import Actor
from api.shapes import assessments
from api.shapes.common import OfficerName, officer
from api.shapes.tasks import TaskAnswer
from api.shapes.visit import AuthorityAnswer, PreparationAnswer, SameHomeAnswer, WatchAnswer
from workflows.models import Task
from workflows.queries.reactive import Proposed
from workflows.queries.task import written_values
from workflows.queries.task_rows import title
from workflows.queries.unfound import Reported, values_of
from workflows.steps import FORMS

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
    reported = ReportedFact(
        many=True,
        help_text="What is decided on, where it was no step. Of reactive management the proposal, "
        "with every criterion: what facts answer as it is met today, the rest as proposed",
    )

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
    indicator = serializers.UUIDField(
        allow_null=True, help_text="The indicator to triage, where the caller may open it"
    )
    allowed_actions = serializers.ListField(
        child=serializers.ChoiceField(choices=[*sorted(FORMS), *ACTIONS])
    )
    form = serializers.CharField(help_text="Path that describes the form of the step")
    complete = serializers.CharField(help_text="Path that completes the step")


def written(by: Actor, step: Task, *, reason: str = "") -> dict[str, Any]:
    """`step` as a WrittenStep, for who looks and why."""
    return {
        "step": step.step,
        "title": title(step.kind, step.step),
        "done_at": step.finished,
        "done_by": officer(step.owner),
        "values": written_values(by, step, reason=reason),
    }


def reported(found: Reported) -> dict[str, Any]:
    """`found` as a ReportedFact."""
    return {
        "title": found.title,
        "at": found.at,
        "by": officer(found.by),
        "values": values_of(found),
    }


def proposed(found: Proposed) -> dict[str, Any]:
    """`found` as a ReportedFact."""
    return {
        "title": "Reactive management proposed",
        "at": found.proposal.recorded_at,
        "by": officer(found.proposal.proposed_by),
        "values": {
            "reason": found.proposal.reason,
            "criteria": [
                {"criterion": one.criterion.value, "met": one.met, "evidence": one.evidence}
                for one in found.criteria
            ],
        },
    }
