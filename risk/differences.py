"""What changed between two explanations of one score: "+18 a new indicator, -3 faded". Pure."""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from risk.priority import Contribution

#: `time`: nothing was recorded, days went by. Else what was recorded since added a reason, ended
#: one, or made it weigh more or less.
How = Literal["time", "new", "ended", "more", "less"]


class Difference(NamedTuple):
    """One reason that weighs otherwise. `points` may be less than nothing, and never is nothing.

    `before` and `after`: what was found each time, None where the reason was not there.
    """

    code: str
    how: How
    before: str | None
    after: str | None
    points: int


def differences(
    before: Iterable[Contribution],
    after: Iterable[Contribution],
    *,
    meanwhile: Iterable[Contribution] | None = None,
) -> tuple[Difference, ...]:
    """What makes the score of `after` out of that of `before`: their points are the difference.

    `meanwhile`: what was known before, explained as of the later instant. With it what time alone
    did is told apart from what was recorded. The weightiest first, up or down.
    """
    if meanwhile is None:
        found = list(_steps(before, after))
    else:
        middle = tuple(meanwhile)
        passed = (one._replace(how="time") for one in _steps(before, middle))
        found = [*passed, *_steps(middle, after)]
    return tuple(sorted(found, key=lambda one: (-abs(one.points), one.code, one.how)))


def _steps(before: Iterable[Contribution], after: Iterable[Contribution]) -> Iterator[Difference]:
    old = {reason.code: reason for reason in before}
    new = {reason.code: reason for reason in after}
    for code in {**old, **new}:
        was, is_now = old.get(code), new.get(code)
        points = (is_now.points if is_now else 0) - (was.points if was else 0)
        if points:
            yield Difference(
                code,
                _how(was, is_now, points),
                was.value if was else None,
                is_now.value if is_now else None,
                points,
            )


def _how(was: Contribution | None, is_now: Contribution | None, points: int) -> How:
    if was is None:
        return "new"
    if is_now is None:
        return "ended"
    return "more" if points > 0 else "less"
