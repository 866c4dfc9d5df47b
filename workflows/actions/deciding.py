"""Nobody decides on their own work, nor under a delegation on that of whom they act for."""

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
