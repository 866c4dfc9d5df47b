"""What can be wrong with a request about work."""

from offenders.errors import RuleBroken


class NotVisible(Exception):
    """There is no such record for this actor: the same answer as for none at all (404)."""

    code = "not_found"


class TaskNotOpen(RuleBroken):
    """The step was done, cancelled or is not this task's (409)."""

    def __init__(self, message: str = "This task is no longer open.") -> None:
        super().__init__("task_not_open", message)


class TaskBusy(RuleBroken):
    """Someone else is changing the same work this moment (409). Ask again."""

    def __init__(self) -> None:
        super().__init__("busy", "Someone else is changing this. Try again.")
