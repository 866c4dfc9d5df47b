"""What every flow of ours shares: our tables, the blocking lock, how it starts."""

import datetime as dt

from django.utils import timezone
from viewflow.workflow import flow
from viewflow.workflow.activation import Activation

from accounts.models import User
from rules import current
from workflows.engine.locks import blocking_lock
from workflows.models import Obligation, Process, Task


class OfficerFlow(flow.Flow):
    """Work on one obligation. Steps only route; `workflows.actions` changes the facts."""

    process_class = Process
    task_class = Task
    lock_impl = blocking_lock

    def begin(self, activation: Activation, obligation: Obligation) -> Process:
        """Point the new process at what it fulfils."""
        process = activation.process
        process.offender = obligation.offender
        process.obligation = obligation
        process.kind = obligation.kind
        return process

    def offender_manager(self, activation: Activation) -> User | None:
        """The officer who manages the person."""
        return activation.process.offender.offender_manager

    def is_owed(self, activation: Activation) -> bool:
        """Whether what the work is for is still owed. What was handed in can outlive it."""
        obligation = activation.process.obligation
        return obligation is not None and obligation.closed_at is None

    def endorse_by(self, activation: Activation) -> dt.date:
        """When an endorsement is due: rule `supervisor.endorse`, from today."""
        return from_today("supervisor.endorse")


def from_today(rule: str) -> dt.date:
    """The day to which a rule leads from today."""
    today = timezone.localdate()
    return current.in_force(today).rule(rule).due(today, current.calendar())
