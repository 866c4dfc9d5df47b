"""What the form of a step starts from: what is known already and must only be gone through.

Never a date or a time, and never a judgement (PRACTICE 12): rows of what is to be checked one by
one, and text of the last time, marked as such.
"""

from collections.abc import Callable
from typing import Any

from workflows.models import Task
from workflows.queries.write_up import write_up_rows

#: By step: the values its form starts with, by field.
STARTS: dict[str, Callable[[Task], dict[str, Any]]] = {
    "write_up": write_up_rows,
}


def starts_with(task: Task) -> dict[str, Any]:
    """The values that the form of an open task starts with; empty where it starts empty."""
    find = STARTS.get(task.step)
    return find(task) if find else {}
