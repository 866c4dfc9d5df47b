"""Step: a human task whose form is a serializer and whose permission is a line of the policy."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, Self

from rest_framework.serializers import Serializer
from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.activation import Activation
from viewflow.workflow.nodes import SplitActivation, ViewActivation
from viewflow.workflow.status import STATUS
from viewflow.workflow.token import Token

from accounts.policy import Action
from workflows.models import Task, Visit

#: Copied from a task to the one that revives it (T6: viewflow would drop them).
COPIES = (
    "offender_id",
    "force_id",
    "team_id",
    "kind",
    "step",
    "due_on",
    "level",
    "attempt_by",
    "deferred_until",
    "order_ends_on",
    "changed_on",
    "escalated_at",
    "escalated_for",
    "owner_permission",
    "visit_id",
)


class StepActivation(ViewActivation):
    """A human step with the copies our lists need, and viewflow's gaps closed."""

    @classmethod
    def create(
        cls,
        flow_task: "Step",
        prev_activation: Activation,
        token: Token,
        data: Any = None,
        seed: Any = None,
    ) -> Self:
        """Insert the task, already with its owner and copies: one INSERT, no second save."""
        process = prev_activation.process
        task = Task(
            process=process,
            flow_task=flow_task,
            token=token,
            data=data or {},
            offender=process.offender,
            force_id=process.offender.force_id,
            team_id=process.offender.team_id,
            kind=process.kind,
            step=flow_task.name,
            level=process.offender.management_level,
            owner_permission=flow_task.action,
        )
        activation = cls(task)
        task.visit = flow_task.visit(prev_activation)
        task.due_on = flow_task.due_on(activation)
        if flow_task.follows_obligation:
            _carry_escalation(task)
        task.owner = flow_task.calc_owner(activation)
        task.status = STATUS.ASSIGNED if task.owner else STATUS.NEW
        task.save()
        task.previous.add(prev_activation.task)
        return activation

    @Activation.status.super()
    def cancel(self) -> None:
        """Cancel, and disarm the timers that viewflow would leave running (T5)."""
        super().cancel.original()
        for boundary in self.flow_task._boundary_events:
            boundary._on_host_finished(task=self.task)

    def prepare_revived_task(self, task: Task) -> None:
        """Give the revived task the permission and copies of the one it replaces (T6)."""
        for name in COPIES:
            setattr(task, name, getattr(self.task, name))

    @Activation.status.super()
    def revive(self) -> Task:
        """Revive, and arm the timers again, which viewflow does not (T7)."""
        task = super().revive.original()
        for boundary in self.flow_task._boundary_events:
            boundary._arm(type(self)(task))
        return task


def _carry_escalation(task: Task) -> None:
    """Who stands above was told of the same due date once, whatever attempts were made since."""
    told = Task.objects.filter(
        process=task.process_id, step=task.step, escalated_for=task.due_on
    ).order_by("-pk")
    task.escalated_at, task.escalated_for = told.values_list(
        "escalated_at", "escalated_for"
    ).first() or (None, None)


class Step(flow.View):
    """A human step. The form is shape only; the action alone writes.

    `form`: the serializer that defines the page's form, the endpoint, its schema and its errors.
    `action`: the line of `accounts.policy` that says who may complete it.
    """

    activation_class = StepActivation
    view_path = index_path = None

    def __init__(
        self,
        form: type[Serializer],
        action: Action,
        *,
        due: Any = None,
        visit: Any = None,
        **kwargs: Any,
    ) -> None:
        """`due`: method of the flow that gives the step's due date; else the obligation's.

        `visit`: method of the flow that says which visit the step is about, asked of what led to
        it; else none.
        """
        super().__init__(view=None, **kwargs)
        self.form = form
        self.action = action
        self._due = due
        self._visit = visit

    def _resolve(self, instance: Any) -> None:
        super()._resolve(instance)
        self._due = this.resolve(instance, self._due)
        self._visit = this.resolve(instance, self._visit)

    def due_on(self, activation: Activation) -> dt.date:
        """The London date by which the step is due."""
        if self._due is None:
            return activation.process.obligation.due_on
        return self._due(activation)

    def visit(self, prev_activation: Activation) -> Visit | None:
        """The visit that the step is about, by what led to it."""
        return None if self._visit is None else self._visit(prev_activation)

    @property
    def follows_manager(self) -> bool:
        """Whether it belongs to the person's offender manager and moves with the caseload."""
        return getattr(self._owner, "name", "") == "offender_manager"

    @property
    def follows_obligation(self) -> bool:
        """Whether its due date is the obligation's and moves with it."""
        return self._due is None

    def can_execute(self, user: Any, task: Task) -> bool:
        """Whether `user` owns it. Permission itself is checked in the action (T4)."""
        return task.owner_id is not None and task.owner_id == user.pk

    def can_assign(self, user: Any, task: Task) -> bool:
        """Whether it is free. Permission itself is checked in the action (T4)."""
        return task.owner_id is None


class BesideActivation(SplitActivation):
    """Opens each branch under the token that came in."""

    @Activation.status.super()
    def create_next(self) -> Iterator[Activation]:
        """The branches in their order. None gets a token of its own, as a Join would need it."""
        for node, data in self.next_tasks:
            yield node._create(prev_activation=self, token=self.task.token, data=data)


class Beside(flow.Split):
    """Work that goes on beside other work and is never joined with it again.

    viewflow's own split makes the token longer each time: a loop through it would outgrow the
    column.
    """

    activation_class = BesideActivation
