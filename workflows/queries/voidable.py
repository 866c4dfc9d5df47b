"""Which visits an officer may void: one rule, for the act and for the link that leads to it."""

from collections.abc import Collection

from accounts.actor import Actor
from accounts.models import Role
from offenders.errors import RuleBroken
from workflows.models import Visit, VisitReview
from workflows.reviews import giving_cause, taking_part


def refusals(by: Actor, visits: Collection[Visit]) -> dict[int, RuleBroken]:
    """Why an officer, who may void visits of these people, may not void some; by the visit's key.

    One voids one's own entry, a supervisor anyone's; what a supervisor has looked at, or is to,
    only a supervisor who took no part in it (PRACTICE 11). RuleBroken `already_void`, `not_yours`,
    `under_review`. Three statements at most, whatever the number.
    """
    found = {visit.pk: error for visit in visits if (error := _plainly(by, visit))}
    rest = [visit for visit in visits if visit.pk not in found]
    reviewed = _reviewed(rest)
    if reviewed and by.role == Role.SUPERVISOR and by.user_id is not None:
        reviewed &= taking_part(by.user_id, rest)
    return found | dict.fromkeys(
        reviewed,
        RuleBroken(
            "under_review", "It is to be reviewed: a supervisor who took no part in it voids it."
        ),
    )


def _plainly(by: Actor, visit: Visit) -> RuleBroken | None:
    """What the entry itself says against it."""
    if visit.voided_at is not None:
        return RuleBroken("already_void", "This visit is void already.")
    is_own = visit.recorded_by_id is not None and visit.recorded_by_id == by.user_id
    if not is_own and by.role != Role.SUPERVISOR:
        return RuleBroken("not_yours", "Only who recorded it or a supervisor voids a visit.")
    return None


def _reviewed(visits: Collection[Visit]) -> set[int]:
    """The keys of those that a supervisor has looked at, or is to."""
    if not visits:
        return set()
    seen = VisitReview.objects.filter(visit__in=[visit.pk for visit in visits])
    return giving_cause(visits) | set(seen.values_list("visit_id", flat=True))
