"""What was written so far of an assessment, and the form that goes on from there."""

from typing import Any

from workflows.models import AssessmentDraft, Task
from workflows.queries.starting import starts_with

#: The steps whose form can be kept and come back to.
DRAFTED = frozenset({"assess"})
#: What a row says of itself and nobody typed.
_SAID = ("factor", "name", "last")


def draft_of(task: Task) -> AssessmentDraft | None:
    """The draft of an open task; of one that was returned, what was handed in before.

    Whoever calls has found that the viewer may do the step.
    """
    if task.step not in DRAFTED or not task.is_open:
        return None
    drafts = AssessmentDraft.objects.filter(task__process=task.process_id)
    return drafts.select_related("author").order_by("-pk").first()


def goes_on_with(task: Task, draft: AssessmentDraft | None) -> dict[str, Any]:
    """The values that the form of a task begins with: its start, and over it what was written.

    Rows stay those of the tool, with what was typed into each.
    """
    begun = starts_with(task)
    if draft is None:
        return begun
    kept = {name: value for name, value in draft.values.items() if value is not None}
    typed = {row.get("factor"): row for row in kept.get("ratings", ())}
    rows = [_over(row, typed.pop(row["factor"], {})) for row in begun.get("ratings", ())]
    return begun | kept | {"ratings": [*rows, *typed.values()]}


def _over(row: dict[str, Any], typed: dict[str, Any]) -> dict[str, Any]:
    return row | {name: value for name, value in typed.items() if name not in _SAID}
