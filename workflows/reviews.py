"""Which visits a supervisor looks at, and who took part in one (PRACTICE 10, 11)."""

from accounts.models import User
from workflows.models import Visit


def is_review_wanted(visit: Visit) -> bool:
    """Concern, or a lone visit without authority (PRACTICE 11).

    A concern of an earlier write-up stays one: writing it again does not take it away.
    """
    alone = visit.lone and not visit.lone_authorised
    return alone or visit.concern or visit.write_ups.filter(concern=True).exists()


def took_part(user: User | int, visit: Visit) -> bool:
    """Whether `user`, or the officer of that key, attended, recorded or wrote up the visit.

    Then someone else decides on it.
    """
    key = user if isinstance(user, int) else user.pk
    return (
        visit.recorded_by_id == key
        or visit.attendances.filter(user=key).exists()
        or visit.write_ups.filter(written_by=key).exists()
    )
