"""Which scores an officer may void: one rule, for the act and for the link that leads to it."""

from accounts.actor import Actor
from accounts.models import Role
from offenders.errors import RuleBroken
from risk.models import StaticScore


def refusal_of(by: Actor, score: StaticScore) -> RuleBroken | None:
    """Why an officer, who may void scores of this person, may not void this one; None: they may.

    One voids one's own entry, a supervisor anyone's. RuleBroken `already_void`, `not_yours`.
    """
    if score.is_void:
        return RuleBroken("already_void", "This score is void already.")
    is_own = score.recorded_by_id is not None and score.recorded_by_id == by.user_id
    if not is_own and by.role != Role.SUPERVISOR:
        return RuleBroken("not_yours", "Only who recorded it or a supervisor voids a score.")
    return None
