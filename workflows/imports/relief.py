"""What a file says that reactive management does not bear: it ends, as where an officer says it.

Custody or a raised level is a fact whoever brings it, and ending reactive management only asks for
more visits, which a machine may (ARCHITECTURE 9). Who is *taken over* failing a criterion is not
moved: PRACTICE 16 puts them on a supervisor's list.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from offenders.intake import Remark
from offenders.models import ManagementLevel, ManagementMode, Offender, Status, StatusInterval
from workflows.actions.reactive import end_relief, end_relief_away
from workflows.models import ReactiveProposal


@dataclass(frozen=True, slots=True)
class Relieved:
    """Somebody managed reactively or proposed for it, and how they stood before the file."""

    person: Offender
    level: str
    here: StatusInterval | None


def may_be_relieved(people: Iterable[Offender]) -> list[Relieved]:
    """Those of `people` whom a trigger would concern, as they stand. Two statements."""
    known = {person.pk: person for person in people}
    waiting = ReactiveProposal.objects.filter(offender__in=known, settled_on__isnull=True)
    proposed = set(waiting.values_list("offender_id", flat=True))
    concerned = {
        key: person
        for key, person in known.items()
        if person.management_mode == ManagementMode.REACTIVE or key in proposed
    }
    here = _open_stays(concerned)
    return [
        Relieved(person, person.management_level, here.get(key))
        for key, person in concerned.items()
    ]


def end_relieved(relieved: Iterable[Relieved]) -> list[Remark]:
    """End reactive management and waiting proposals by what the file changed.

    Called before reconciling. Returns a remark `reactive_ended` for each who is actively managed
    by it. What it costs grows with those in whom something changed alone.
    """
    stood = {one.person.pk: one for one in relieved}
    here = _open_stays(stood)
    return [
        Remark(one.person.source_ref, "reactive_ended")
        for key, one in stood.items()
        if _end(one, here.get(key))
    ]


def _end(one: Relieved, here: StatusInterval | None) -> bool:
    """Whether the person is actively managed by what changed."""
    person = one.person
    is_ended = False
    if person.management_level not in {one.level, ManagementLevel.LOW}:
        is_ended = end_relief(person, user=None, because="management level above low")
    if here is not None and _place(here) != _place(one.here):
        # In the community after a release that nobody recorded a stay for: they were in custody.
        away = Status.CUSTODY if here.began_with_release else here.status
        is_ended = end_relief_away(person, user=None, status=away) or is_ended
    return is_ended


def _open_stays(ids: Iterable[int]) -> dict[int, StatusInterval]:
    rows = StatusInterval.objects.filter(offender__in=list(ids), until_on__isnull=True)
    return {row.offender_id: row for row in rows}


def _place(stay: StatusInterval | None) -> tuple[object, ...]:
    return () if stay is None else (stay.status, stay.from_on, stay.began_with_release)
