"""A supervisor's review of how a person is managed, and the checks of a dip sample."""

from functools import partial
from typing import Any

from django.utils import timezone

from accounts.actor import Actor
from accounts.models import User
from offenders.actions.counting import stamp
from offenders.errors import Invalid
from offenders.models import Offender
from workflows.actions.case_actions import hand_out, write_actions
from workflows.actions.deciding import refuse_own
from workflows.actions.stepping import Written
from workflows.models import (
    CaseAction,
    CaseReview,
    CaseReviewCheck,
    DipSampleItem,
    Kind,
    Task,
)

Check = CaseReviewCheck.Grade


def review_case(
    *, by: Actor, user: User, person: Offender, task: Task, values: dict[str, Any]
) -> Written:
    """Record a supervisor's review; its directions become tasks, and the next review is owed.

    Raises RuleBroken `own_case`; Invalid: `checks_incomplete`, `say_why`, `grade_contradicts`,
    `direction_needed`, and of a direction what `raise_action` raises.
    """
    review, raised = _write(
        CaseReview.Kind.SUPERVISOR_REVIEW, values, by=by, user=user, person=person, task=task
    )
    return _written(review, raised, (Kind.SUPERVISOR_REVIEW, ""))


def check_case(
    *, by: Actor, user: User, person: Offender, task: Task, values: dict[str, Any]
) -> Written:
    """Record the check of one person of a dip sample. It starts no clock.

    Raises as `review_case`.
    """
    obligation = task.process.obligation
    about = obligation.about if obligation is not None else ""
    item = DipSampleItem.objects.get(offender=person, pk=about.removeprefix("sample:"))
    review, raised = _write(
        CaseReview.Kind.DIP_SAMPLE, values, by=by, user=user, person=person, task=task
    )
    item.review, item.checked_on = review, review.reviewed_on
    stamp(item, "checked_at", "review", "checked_on")
    return _written(review, raised, (Kind.DIP_SAMPLE, about))


def _write(
    kind: CaseReview.Kind,
    values: dict[str, Any],
    *,
    by: Actor,
    user: User,
    person: Offender,
    task: Task,
) -> tuple[CaseReview, list[CaseAction]]:
    refuse_own(
        by,
        person.offender_manager_id,
        code="own_case",
        message="Someone who does not manage the person must review it.",
    )
    _refuse_contradiction(values)
    review = CaseReview.objects.create(
        offender=person,
        process=task.process,
        kind=kind,
        reviewed_on=timezone.localdate(),
        team_id=person.team_id,
        offender_manager_id=person.offender_manager_id,
        reviewed_by=user,
        reviewed_for_id=by.acting_for_id,
        grade=values["grade"],
        comment=values["comment"],
    )
    CaseReviewCheck.objects.bulk_create(
        CaseReviewCheck(review=review, **row) for row in values["checks"]
    )
    raised = write_actions(
        values["directions"], by=user, person=person, process=task.process, field="directions"
    )
    return review, raised


def _refuse_contradiction(values: dict[str, Any]) -> None:
    """Each check once, with why where it is not good; a grade that the checks bear out."""
    checks = values["checks"]
    if sorted(row["item"] for row in checks) != sorted(CaseReviewCheck.Item.values):
        raise Invalid("checks_incomplete", "Go through every check once.", field="checks")
    for place, row in enumerate(checks):
        if row["grade"] != Check.GOOD and not row["comment"].strip():
            raise Invalid("say_why", "Say why it is not good.", field=f"checks.{place}.comment")
    found = {row["grade"] for row in checks}
    if values["grade"] == CaseReview.Grade.GOOD and Check.INADEQUATE in found:
        raise Invalid(
            "grade_contradicts", "It is not good over all where a check is not.", field="grade"
        )
    if values["grade"] == CaseReview.Grade.INADEQUATE and not values["directions"]:
        raise Invalid("direction_needed", "Say what must be done.", field="directions")


def _written(review: CaseReview, raised: list[CaseAction], fulfilled: tuple[str, str]) -> Written:
    return Written(
        fulfilled=(fulfilled,),
        payload={
            "review": str(review.public_id),
            "grade": review.grade,
            "directions": [str(action.public_id) for action in raised],
        },
        after=partial(_hand_out, raised=raised),
    )


def _hand_out(task: Task, *, raised: list[CaseAction]) -> None:
    hand_out(raised)
