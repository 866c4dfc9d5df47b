"""Risk management plans: handed in by one, endorsed by another, long intervals by an inspector."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import User
from offenders.errors import RuleBroken
from offenders.models import Offender
from risk.models import PlanFlag, PlanState, RiskAssessment, RiskManagementPlan
from risk.models.plan import WAITING
from rules.period import Period


@dataclass(frozen=True, slots=True)
class Proposed:
    """What somebody hands in. `text`: the columns of the plan that are typed, by name.

    `interval`: None for the level's. `flags`: rows of (system, state, checked_on).
    """

    text: Mapping[str, Any]
    interval: Period | None
    interval_reason: str
    flags: Iterable[tuple[str, str, dt.date]] = field(default_factory=tuple)


def submit_plan(*, offender: Offender, author: User, proposed: Proposed) -> RiskManagementPlan:
    """Hand in the next version, dated today, for someone else to decide on.

    Raises RuleBroken `plan_waiting` where one already waits.
    """
    if offender.plans.filter(state__in=WAITING).exists():
        raise RuleBroken("plan_waiting", "A plan for this person already waits.")
    last = offender.plans.aggregate(last=Max("version"))["last"] or 0
    endorsed = offender.assessments.filter(state=RiskAssessment.State.ENDORSED)
    interval = proposed.interval
    plan = RiskManagementPlan.objects.create(
        offender=offender,
        version=last + 1,
        state=PlanState.SUBMITTED,
        assessment=endorsed.order_by("-pk").first(),
        interval_months=interval.months if interval and interval.unit in "my" else None,
        interval_days=interval.days if interval and interval.unit in "dw" else None,
        interval_reason=proposed.interval_reason,
        author=author,
        submitted_on=timezone.localdate(),
        submitted_at=timezone.now(),
        **proposed.text,
    )
    PlanFlag.objects.bulk_create(
        PlanFlag(plan=plan, system=system, state=state, checked_on=checked_on)
        for system, state, checked_on in proposed.flags
    )
    return plan


def endorse_plan(
    *,
    plan: RiskManagementPlan,
    by: User,
    comment: str,
    is_longer: bool,
    is_inspector: bool,
    acting_for: int | None = None,
) -> RiskManagementPlan:
    """Let a plan stand; or, where its interval is longer than the level's, hand it on.

    An inspector who endorses has agreed to the interval with it. `acting_for` is the key of whose
    decision `by` makes. Raises RuleBroken: `own_plan`, `plan_not_waiting`.
    """
    _refuse(plan, by, PlanState.SUBMITTED, acting_for)
    now = Now()
    plan.decision, plan.comment = RiskManagementPlan.Decision.ENDORSED, comment
    plan.decided_by, plan.decided_for_id = by, acting_for
    plan.decided_at, plan.is_longer = now, is_longer
    if is_longer and not is_inspector:
        plan.state = PlanState.RECOMMENDED
        return _decided(plan)
    if is_longer:
        _agree(plan, by, comment, now)
    return _put_in_force(plan)


def agree_interval(*, plan: RiskManagementPlan, by: User, comment: str) -> RiskManagementPlan:
    """Let a plan stand whose interval is longer than the level's.

    Raises RuleBroken: `own_plan`, `plan_not_waiting`.
    """
    _refuse(plan, by, PlanState.RECOMMENDED)
    _agree(plan, by, comment, Now())
    return _put_in_force(plan)


def return_plan(
    *, plan: RiskManagementPlan, by: User, comment: str, acting_for: int | None = None
) -> RiskManagementPlan:
    """Give a plan back to its author, who hands in another. It is kept, and resets no clock.

    Raises RuleBroken: `own_plan`, `plan_not_waiting`.
    """
    _refuse(plan, by, PlanState.SUBMITTED, acting_for)
    plan.state = PlanState.RETURNED
    plan.decision, plan.comment = RiskManagementPlan.Decision.RETURNED, comment
    plan.decided_by, plan.decided_for_id, plan.decided_at = by, acting_for, Now()
    return _decided(plan)


def refuse_interval(*, plan: RiskManagementPlan, by: User, comment: str) -> RiskManagementPlan:
    """Give a plan back because of its interval. Raises as `agree_interval`."""
    _refuse(plan, by, PlanState.RECOMMENDED)
    plan.state = PlanState.RETURNED
    plan.interval_decision = RiskManagementPlan.IntervalDecision.REFUSED
    plan.interval_comment = comment
    plan.interval_decided_by, plan.interval_decided_at = by, Now()
    return _decided(plan)


def _refuse(
    plan: RiskManagementPlan, by: User, wanted: PlanState, acting_for: int | None = None
) -> None:
    if plan.state != wanted:
        raise RuleBroken("plan_not_waiting", "That plan is decided already.")
    if plan.author_id in (by.pk, acting_for):
        raise RuleBroken("own_plan", "Someone other than the author must decide.")


def _agree(plan: RiskManagementPlan, by: User, comment: str, now: Now) -> None:
    plan.interval_decision = RiskManagementPlan.IntervalDecision.AGREED
    plan.interval_comment = comment
    plan.interval_decided_by, plan.interval_decided_at = by, now


def _put_in_force(plan: RiskManagementPlan) -> RiskManagementPlan:
    """The plan before it is replaced first: one is in force, by constraint."""
    before = RiskManagementPlan.objects.filter(offender=plan.offender_id, state=PlanState.ENDORSED)
    before.update(state=PlanState.SUPERSEDED)
    plan.state = PlanState.ENDORSED
    plan.level, plan.agreed_on = plan.offender.management_level, timezone.localdate()
    return _decided(plan)


def _decided(plan: RiskManagementPlan) -> RiskManagementPlan:
    """Write the state and the decisions; what the plan says is never written again."""
    plan.save(
        update_fields=[
            "state",
            "decision",
            "comment",
            "decided_by",
            "decided_for",
            "decided_at",
            "is_longer",
            "interval_decision",
            "interval_comment",
            "interval_decided_by",
            "interval_decided_at",
            "level",
            "agreed_on",
        ]
    )
    return plan
