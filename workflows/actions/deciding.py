"""Nobody decides on their own work, nor under a delegation on that of whom they act for."""

from collections.abc import Iterable

from accounts.actor import Actor
from offenders.errors import RuleBroken

FOR_THE_AUTHOR = "You act for an officer whose own work this is. Someone else must decide."


def refuse_own(by: Actor, author_id: int | None, *, code: str, message: str) -> None:
    """Raise RuleBroken `code` where `author_id` is the key of `by`, or of whom `by` acts for.

    The database refuses both as well (`accounts.deciding`).
    """
    if author_id is None or author_id not in by.answers_for:
        return
    raise RuleBroken(code, message if author_id == by.user_id else FOR_THE_AUTHOR)


def refuse_own_work(by: Actor, holders: Iterable[int | None]) -> None:
    """Raise RuleBroken `own_work` where, under a delegation, one of `holders` is either side.

    `holders`: the keys of who manages the people, or has the tasks, that are decided on. Without a
    delegation a supervisor decides on their own people as before: this keeps an officer from
    deciding as supervisor what they would have to ask the supervisor for.
    """
    if by.acting_for_id is not None and not {*by.answers_for}.isdisjoint(holders):
        raise RuleBroken(
            "own_work",
            "Under a delegation nobody decides about their own people and tasks, nor about those "
            "of whom they act for.",
        )
