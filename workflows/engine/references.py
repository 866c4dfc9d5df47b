"""References to flows and nodes are stored as text: are those of running work still good? (T12)"""

from typing import Any, NamedTuple

from django.db.models import CharField, Count, QuerySet
from django.db.models.functions import Cast
from viewflow.workflow.fields import import_flow_by_ref, import_task_by_ref
from viewflow.workflow.nodes import Obsolete
from viewflow.workflow.status import PROCESS

from workflows.models import Process, Task


class Running(NamedTuple):
    """Stored references of running work, each with its number of rows, in their order."""

    processes: list[tuple[str, int]]
    tasks: list[tuple[str, int]]


def running() -> Running:
    """What the flows and nodes of running processes and open tasks are called in the database."""
    processes = Process.objects.filter(status=PROCESS.NEW)
    tasks = Task.objects.filter(finished__isnull=True)
    return Running(_counted(processes, "flow_class"), _counted(tasks, "flow_task"))


def unresolved() -> list[tuple[str, int]]:
    """Each stored reference of running work that no longer resolves, with its number of rows."""
    work = running()
    flows = [pair for pair in work.processes if not _is_flow(pair[0])]
    nodes = [pair for pair in work.tasks if not _is_node(pair[0])]
    return flows + nodes


def _counted(rows: QuerySet[Any], field: str) -> list[tuple[str, int]]:
    text = rows.annotate(reference=Cast(field, CharField())).values("reference")
    return sorted(text.annotate(rows=Count("pk")).values_list("reference", "rows"))


def _is_flow(reference: str) -> bool:
    try:
        return import_flow_by_ref(reference) is not None
    except (ImportError, LookupError):
        return False


def _is_node(reference: str) -> bool:
    try:
        node = import_task_by_ref(reference)
    except (ImportError, LookupError):
        return False
    return node is not None and not isinstance(node, Obsolete)
