"""References to flows and nodes are stored as text: are those of running work still good? (T12)"""

from typing import Any

from django.db.models import CharField, Count, QuerySet
from django.db.models.functions import Cast
from viewflow.workflow.fields import import_flow_by_ref, import_task_by_ref
from viewflow.workflow.nodes import Obsolete
from viewflow.workflow.status import PROCESS

from workflows.models import Process, Task


def unresolved() -> list[tuple[str, int]]:
    """Each stored reference of running work that no longer resolves, with its number of rows."""
    processes = Process.objects.filter(status=PROCESS.NEW)
    tasks = Task.objects.filter(finished__isnull=True)
    flows = [pair for pair in _counted(processes, "flow_class") if not _is_flow(pair[0])]
    nodes = [pair for pair in _counted(tasks, "flow_task") if not _is_node(pair[0])]
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
