"""The end of registration."""

import datetime as dt

from accounts.models import User
from offenders.actions.counting import save_changed
from offenders.errors import RuleBroken
from offenders.models import Offender


def end_registration(
    *,
    offender: Offender,
    ended_on: dt.date,
    proposed_by: User,
    endorsed_by: User,
    acting_for: int | None = None,
) -> Offender:
    """End a registration, by two people who differ (PRACTICE 1).

    `acting_for` is the key of whose decision the endorser makes. Raises RuleBroken `already_ended`.
    """
    if offender.registration_ended_on is not None:
        raise RuleBroken("already_ended", "The registration has been ended.")
    offender.registration_ended_on = ended_on
    offender.end_proposed_by = proposed_by
    offender.end_endorsed_by, offender.end_endorsed_for_id = endorsed_by, acting_for
    people = ("end_proposed_by", "end_endorsed_by", "end_endorsed_for")
    save_changed(offender, "registration_ended_on", *people)
    return offender
