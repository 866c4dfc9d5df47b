"""What the form of a step starts from: what is known already and must only be gone through.

Never a date or a time, and never a judgement (PRACTICE 12): rows of what is to be checked one by
one, and text of the last time, marked as such. A write-up that was returned is no new form: it
starts with all that its writer wrote.
"""

from collections.abc import Callable
from typing import Any

from rest_framework.serializers import Serializer

from workflows.models import Task
from workflows.models.case_review import CheckItem
from workflows.queries import assessing, plan, triage, write_up
from workflows.reviews import decisions_on
from workflows.steps.fields import OfferedIdField

#: By step: the values its form starts with, by field.
STARTS: dict[str, Callable[[Task], dict[str, Any]]] = {
    "write_up": write_up.starts_from,
    "draft_plan": plan.starts_from,
    "assess": assessing.starts_with,
    "review_case": lambda task: {"checks": [{"item": item.value} for item in CheckItem]},
    "check_case": lambda task: {"checks": [{"item": item.value} for item in CheckItem]},
}


def _decisions(task: Task) -> dict[str, list[tuple[str, str]]]:
    """What can be decided on the visit that the review is about."""
    if task.visit is None:
        return {}
    return {"decision": [(one.value, str(one.label)) for one in decisions_on(task.visit)]}


#: By step: the choices of its form that depend on the person or the visit, by field.
OFFERED: dict[str, Callable[[Task], dict[str, list[tuple[str, str]]]]] = {
    "assess": assessing.offered,
    "review": _decisions,
    "triage_indicator": triage.offered,
}
#: The first choice of what may be left open.
NONE_OF_THESE = ("", "None of these")


def starts_with(task: Task) -> dict[str, Any]:
    """The values that the form of an open task starts with; empty where it starts empty."""
    find = STARTS.get(task.step)
    return find(task) if find else {}


def narrowed(form: Serializer, task: Task) -> Serializer:
    """`form`, which offers no more than what fits the person and the visit of the task."""
    find = OFFERED.get(task.step)
    for name, choices in (find(task) if find else {}).items():
        field = form.fields[name]
        if isinstance(field, OfferedIdField):
            field.choices = dict([NONE_OF_THESE, *choices])
            if not choices:
                del form.fields[name]
        else:
            field.choices = choices  # type: ignore[attr-defined]
    return form
