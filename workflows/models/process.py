"""Our own process and task tables on viewflow's abstract bases (docs/decisions/0003).

Rows point and route; the facts are in typed tables. What a list filters or sorts by is copied
onto the task, so that no list joins to find its rows.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from viewflow.workflow.activation import Activation
from viewflow.workflow.models import AbstractProcess, AbstractTask
from viewflow.workflow.status import STATUS

from accounts.models import Force, Team
from offenders.models import ManagementLevel, Offender
from workflows.models.obligation import Kind, Obligation
from workflows.querysets import TaskQuerySet


class _NoGeneric:
    """viewflow sets `seed` and `artifact` on every row; we use real foreign keys (T19)."""

    seed = artifact = None


class Process(_NoGeneric, AbstractProcess):
    """One run of a flow about one person. May outlive its obligation.

    It has none where it only records what moved no clock, such as a visit entered late.
    """

    offender = models.ForeignKey(Offender, on_delete=models.PROTECT, related_name="processes")
    obligation = models.ForeignKey(
        Obligation, on_delete=models.PROTECT, related_name="processes", null=True
    )
    kind = models.CharField(max_length=24, choices=Kind)
    #: Routing flags only; nothing reports from here.
    data = models.JSONField(default=dict, blank=True)
    #: viewflow reads it on every process; we start no subprocess.
    parent_task = models.ForeignKey(
        "workflows.Task", on_delete=models.PROTECT, null=True, related_name="subprocesses"
    )

    class Meta:
        default_permissions = ("view", "manage")
        constraints = [
            models.UniqueConstraint(
                name="process_one_for_an_obligation",
                fields=["obligation"],
                condition=~Q(status="CANCELED"),
            )
        ]


class Task(_NoGeneric, AbstractTask):
    """One step of a process. Human steps are what officers see."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="task_set")
    #: viewflow's own field cascades: deleting an officer would delete work (T10).
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
    )
    data = models.JSONField(default=dict, blank=True)
    #: viewflow's permission on one object, always empty: ours is the policy table (T14). Declared
    #: again because its reverse name would clash with viewflow's own task table.
    owner_permission_content_type = models.ForeignKey(
        ContentType, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Copies for the lists, on human steps only (gates, timers and ends have none).
    offender = models.ForeignKey(
        Offender, on_delete=models.PROTECT, related_name="tasks", null=True
    )
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+", null=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", null=True)
    kind = models.CharField(max_length=24, choices=Kind, blank=True)
    #: Name of the node, for lists and routes ("record_outcome").
    step = models.CharField(max_length=40, blank=True)
    due_on = models.DateField(null=True)
    level = models.CharField(max_length=12, choices=ManagementLevel, blank=True)
    #: After a failed attempt: when another is wanted, never after `due_on` (PRACTICE 4).
    attempt_by = models.DateField(null=True)
    deferred_until = models.DateField(null=True)
    #: The last day of that live order of the person which ends first, and the day on which the
    #: oldest significant change was known that no assessment has answered (`workflows.pressing`).
    order_ends_on = models.DateField(null=True)
    changed_on = models.DateField(null=True)
    #: Of a home visit: the one that the step recorded, or that it writes up or reviews. Only ever
    #: asked for with its process, whose index serves.
    visit = models.ForeignKey(
        "workflows.Visit",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        db_index=False,
    )
    escalated_at = models.DateTimeField(null=True)
    #: The due date of whose passing the next rank was told (`actions.escalating`).
    escalated_for = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = TaskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="task_human_has_its_copies",
                condition=~Q(flow_task_type="HUMAN")
                | Q(
                    offender__isnull=False,
                    force__isnull=False,
                    team__isnull=False,
                    due_on__isnull=False,
                )
                & ~Q(kind="")
                & ~Q(step="")
                & ~Q(level=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner", "due_on", "id"],
                name="task_inbox",
                condition=Q(flow_task_type="HUMAN", status="ASSIGNED"),
            ),
            models.Index(
                fields=["team", "due_on", "id"],
                name="task_team",
                condition=Q(flow_task_type="HUMAN", status__in=["NEW", "ASSIGNED"]),
            ),
            models.Index(
                fields=["force", "level", "due_on", "id"],
                name="task_force",
                condition=Q(flow_task_type="HUMAN", status__in=["NEW", "ASSIGNED"]),
            ),
            models.Index(
                fields=["due_on"],
                name="task_open_by_due",
                condition=Q(flow_task_type="HUMAN", status__in=["NEW", "ASSIGNED"]),
            ),
            models.Index(fields=["scheduled"], name="task_timers", condition=Q(status="SCHEDULED")),
            models.Index(fields=["process", "flow_task"], name="task_process_node"),
            models.Index(
                fields=["offender"],
                name="task_open_of_offender",
                condition=Q(finished__isnull=True),
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Drop the frame's variables, which viewflow keeps with an error (T9): personal data."""
        if isinstance(self.data, dict) and "_exception" in self.data:
            self.data["_exception"] = {"title": type_of(self.data["_exception"])}
        super().save(*args, **kwargs)

    @contextmanager
    def activation(self) -> Iterator[Activation]:
        """The activation of this task, under its process's lock, freshly read in one query."""
        with self.flow_task.flow_class.lock(self.process_id):
            fresh = (
                type(self)
                ._base_manager.select_related("process__offender", "process__obligation")
                .get(pk=self.pk)
            )
            self.__dict__.update(fresh.__dict__)
            yield self.flow_task.activation_class(self)

    @property
    def is_open(self) -> bool:
        """Whether someone can still complete it."""
        return self.status in {STATUS.NEW, STATUS.ASSIGNED}


def type_of(exception: dict[str, Any]) -> str:
    """The class name in viewflow's record of an exception: the last line of its traceback."""
    last = str(exception.get("traceback", "")).strip().rsplit("\n", 1)[-1]
    return last.split(":", 1)[0] or "Error"
