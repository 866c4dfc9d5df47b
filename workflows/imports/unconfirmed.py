"""What a file says by which a person would be visited less: not before someone here confirms it.

A file hides no overdue visit and ends no search (PRACTICE 13, 16). The person stays as they are
and the job carries a remark, for a supervisor to decide on.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.utils import timezone

from accounts.policy import Action
from offenders import actions as people
from offenders.intake import Amendment, Intake, Remark
from offenders.models import ManagementMode, Offender, Status
from workflows.queries.reactive import spoken_against
from workflows.reconcile import reconcile_held


def held_back(
    amendments: Iterable[Amendment],
) -> tuple[list[Amendment], list[Amendment], list[Remark]]:
    """The amendments without what needs confirming, those that turn somebody reactive, and remarks.

    `missing_unconfirmed`: a supervisor must confirm that someone is missing. Whether somebody may
    be managed reactively is asked of the facts, these of the same file among them: `turn_reactive`.
    """
    kept, turning, remarks = [], [], []
    for amendment in amendments:
        before, after = amendment.before, amendment.after
        if before is not None and _goes_missing(before, after):
            after = replace(after, whereabouts=before.whereabouts)
            remarks.append(Remark(after.source_ref, "missing_unconfirmed"))
        if _turns_reactive(amendment):
            turning.append(amendment)
            after = replace(after, management_mode=ManagementMode.ACTIVE)
        kept.append(Amendment(amendment.offender, before, after))
    return kept, turning, remarks


def turn_reactive(turning: Sequence[Amendment], *, on: dt.date) -> list[Remark]:
    """Manage reactively those of whom the file says so for the first time and no fact speaks
    against it.

    Called once everything else that the file says of them is written and reconciled. Returns a
    remark `reactive_unconfirmed` for each against whom a fact speaks: they stay as they are.
    """
    facts = spoken_against([one.offender for one in turning], today=timezone.localdate())
    remarks, free = [], []
    for amendment in turning:
        after = amendment.after
        if amendment.offender.pk in facts or after.whereabouts.status == Status.MISSING:
            remarks.append(Remark(after.source_ref, "reactive_unconfirmed"))
        elif "management_mode" in amendment.parts:
            actively = replace(after, management_mode=ManagementMode.ACTIVE)
            free.append(Amendment(amendment.offender, before=actively, after=after))
    if free:
        remarks += people.amend_people(free, on=on)
        reconcile_held([one.offender.pk for one in free], because=Action.OFFENDER_IMPORT)
    return remarks


def failing_criteria(taken: Iterable[Offender]) -> list[Remark]:
    """A remark `reactive_fails_criteria` for each taken over in it against whom a fact speaks.

    They are taken over all the same, for a supervisor to look at (PRACTICE 16).
    """
    reactive = [one for one in taken if one.management_mode == ManagementMode.REACTIVE]
    against = spoken_against(reactive, today=timezone.localdate())
    return [
        Remark(one.source_ref, "reactive_fails_criteria") for one in reactive if one.pk in against
    ]


def _turns_reactive(amendment: Amendment) -> bool:
    stands = amendment.offender.management_mode
    return amendment.after.management_mode == ManagementMode.REACTIVE != stands


def _goes_missing(before: Intake, after: Intake) -> bool:
    return after.whereabouts.status == Status.MISSING != before.whereabouts.status
