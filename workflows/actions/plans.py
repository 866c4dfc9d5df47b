"""The risk management plan: one officer writes it, another endorses it, an inspector agrees to
longer intervals (docs/decisions/0019)."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone

from accounts.actor import Actor
from accounts.models import Role, User
from accounts.policy import Action
from offenders.actions.counting import stamp
from offenders.errors import Invalid, RuleBroken
from offenders.models import Offender
from risk import actions as risk
from risk.models import FlagSystem, PlanState, RiskManagementPlan
from risk.models.plan import BY_LEVEL
from rules import current
from rules.period import Period
from workflows.actions.case_actions import hand_out, named_owner
from workflows.actions.deciding import refuse_own
from workflows.actions.stepping import Written
from workflows.models import CaseAction, Kind, PlanAction, PlanActionChoice, Task
from workflows.models.plan import ActionChoice
from workflows.plan_intervals import is_longer, is_too_long
from workflows.queries.assessing import factors_of
from workflows.queries.plan import open_actions

#: The fields of the form that are columns of the plan as they were typed.
TYPED = (
    "supervision",
    "monitoring_control",
    "interventions_treatment",
    "victim_safety",
    "contingency",
    "attendance",
    "disclosure_considered",
    "disclosure_reasoning",
    "review",
)
TOO_LONG = "That is longer than a plan may set at this management level."


def draft_plan(
    *, by: Actor, user: User, person: Offender, task: Task, values: dict[str, Any]
) -> Written:
    """Hand in a plan for endorsement, with what becomes of open actions and the new ones.

    Raises RuleBroken `plan_waiting`; Invalid: `flag_missing`, `in_future`, `reason_needed`,
    `interval_too_long`, `action_undecided`, `unknown_action`, `in_past`, `unknown_officer`,
    `unknown_factor`, `cannot_do_it`.
    """
    interval = _interval(values, person)
    flags = _flags(values["flags"])
    choices = _choices(person, values["open_actions"])
    proposed = risk.Proposed(
        text={name: values[name] for name in TYPED},
        interval=interval,
        interval_reason=values["interval_reason"] if interval else "",
        flags=flags,
    )
    plan = risk.submit_plan(offender=person, author=user, proposed=proposed)
    for choice in choices:
        choice.plan = plan
    PlanActionChoice.objects.bulk_create(choices)
    PlanAction.objects.bulk_create(_new_actions(plan, user, person, values["new_actions"]))
    return Written(
        payload={
            "plan": str(plan.public_id),
            "version": plan.version,
            "visit_every": values["visit_every"],
            **{name: values[name] for name in TYPED},
        },
    )


def endorse_plan(
    *, by: Actor, user: User, person: Offender, task: Task, values: dict[str, Any]
) -> Written:
    """Endorse or return the plan that waits. With a longer interval an inspector decides next.

    Raises RuleBroken: `own_plan`, `interval_too_long`.
    """
    plan = person.plans.get(state=PlanState.SUBMITTED)
    _refuse_own(plan, by)
    comment = values["comment"]
    if values["decision"] == RiskManagementPlan.Decision.RETURNED:
        risk.return_plan(plan=plan, by=user, comment=comment, acting_for=by.acting_for_id)
        return _decided(plan, comment)
    _refuse_too_long(plan, person)
    risk.endorse_plan(
        plan=plan,
        by=user,
        comment=comment,
        is_longer=is_longer(plan.interval, person.management_level, *_rules()),
        # To a longer interval nobody agrees for an inspector (`accounts.in_person`).
        is_inspector=by.role == Role.INSPECTOR and by.acting_for_id is None,
        acting_for=by.acting_for_id,
    )
    return _in_force(plan, comment) if plan.state == PlanState.ENDORSED else _decided(plan, comment)


def approve_interval(
    *, by: Actor, user: User, person: Offender, task: Task, values: dict[str, Any]
) -> Written:
    """Agree to a plan's longer interval, or return the plan because of it.

    Raises RuleBroken: `own_plan`, `interval_too_long`.
    """
    plan = person.plans.get(state=PlanState.RECOMMENDED)
    _refuse_own(plan, by)
    comment = values["interval_comment"]
    if values["interval_decision"] == RiskManagementPlan.IntervalDecision.REFUSED:
        risk.refuse_interval(plan=plan, by=user, comment=comment)
        return _decided(plan, comment)
    _refuse_too_long(plan, person)
    risk.agree_interval(plan=plan, by=user, comment=comment)
    return _in_force(plan, comment)


def _interval(values: Mapping[str, Any], person: Offender) -> Period | None:
    """The interval that was chosen; None for the level's."""
    if values["visit_every"] == BY_LEVEL:
        return None
    interval = Period.parse(values["visit_every"])
    if not values["interval_reason"].strip():
        raise Invalid("reason_needed", "Say why that often.", field="interval_reason")
    if is_too_long(interval, person.management_level, *_rules()):
        raise Invalid("interval_too_long", TOO_LONG, field="visit_every")
    return interval


def _rules() -> tuple[Any, Any, Any]:
    today = timezone.localdate()
    return current.in_force(today), current.calendar(), today


def _flags(rows: Iterable[Mapping[str, Any]]) -> list[tuple[str, str, Any]]:
    """Each system once, as looked up today or before."""
    found = {}
    for place, row in enumerate(rows):
        if row["checked_on"] > timezone.localdate():
            at = f"flags.{place}.checked_on"
            raise Invalid("in_future", "That day is still to come.", field=at)
        found[row["system"]] = (row["system"], row["state"], row["checked_on"])
    if missing := [label for value, label in FlagSystem.choices if value not in found]:
        said = f"Say of each system whether its flag is set: {', '.join(missing)}."
        raise Invalid("flag_missing", said, field="flags")
    return list(found.values())


def _choices(person: Offender, rows: Iterable[Mapping[str, Any]]) -> list[PlanActionChoice]:
    """What becomes of each open action. One that was finished meanwhile needs nothing any more."""
    known = {
        action.public_id: action
        for action in CaseAction.objects.filter(offender=person).exclude(pillar="")
    }
    found: dict[UUID, PlanActionChoice] = {}
    for place, row in enumerate(rows):
        at = f"open_actions.{place}."
        action = known.get(row["action"])
        if action is None:
            raise Invalid("unknown_action", "There is no such action.", field=f"{at}action")
        if row["choice"] != ActionChoice.KEEP and not row["reason"].strip():
            said = "Say what was done, or why it is not wanted any more."
            raise Invalid("reason_needed", said, field=f"{at}reason")
        found[action.public_id] = PlanActionChoice(
            case_action=action, choice=row["choice"], reason=row["reason"]
        )
    if any(action.public_id not in found for action in open_actions(person)):
        said = "Choose for each open action what becomes of it."
        raise Invalid("action_undecided", said, field="open_actions")
    return list(found.values())


def _new_actions(
    plan: RiskManagementPlan, user: User, person: Offender, rows: Iterable[Mapping[str, Any]]
) -> list[PlanAction]:
    made, known = [], factors_of(person)
    for place, row in enumerate(rows):
        at = f"new_actions.{place}."
        if row["due_on"] < timezone.localdate():
            raise Invalid("in_past", "That day is past.", field=f"{at}due_on")
        made.append(
            PlanAction(
                plan=plan,
                pillar=row["pillar"],
                factor=_factor(row["factor"], known, field=f"{at}factor"),
                text=row["text"],
                due_on=row["due_on"],
                officer=named_owner(user, person, row["owner"], field=f"{at}owner"),
            )
        )
    return made


def _factor(said: str, known: Mapping[str, str], *, field: str) -> str:
    """The code of a factor, which an officer says by its name; "" for none."""
    wanted = said.strip().casefold()
    codes = [code for code, name in known.items() if wanted in {code, name.casefold()}]
    if wanted and not codes:
        names = ", ".join(known.values()) or "none"
        raise Invalid("unknown_factor", f"No such risk factor. Known: {names}.", field=field)
    return codes[0] if codes else ""


def _refuse_own(plan: RiskManagementPlan, by: Actor) -> None:
    refuse_own(
        by,
        plan.author_id,
        code="own_plan",
        message="Someone other than the author must decide.",
    )


def _refuse_too_long(plan: RiskManagementPlan, person: Offender) -> None:
    """The level may have been raised since the plan was handed in."""
    if is_too_long(plan.interval, person.management_level, *_rules()):
        raise RuleBroken("interval_too_long", f"{TOO_LONG} Return the plan to its author.")


def _decided(plan: RiskManagementPlan, comment: str) -> Written:
    payload = {"plan": str(plan.public_id), "version": plan.version, "state": plan.state}
    return Written(reason=comment, payload=payload)


def _in_force(plan: RiskManagementPlan, comment: str) -> Written:
    """The plan stands: finish what it says is done or not wanted, and hand out what it asks for."""
    finished = _finish(plan)
    raised = _raise(plan)
    return Written(
        fulfilled=(
            (Kind.PLAN_REVIEW, ""),
            *((Kind.CASE_ACTION, action.about) for action in finished),
        ),
        reason=comment,
        payload=_decided(plan, comment).payload
        | {
            "finished": [str(action.public_id) for action in finished],
            "raised": [str(action.public_id) for action in raised],
        },
        after=lambda task: hand_out(raised),
    )


def _finish(plan: RiskManagementPlan) -> list[CaseAction]:
    """Actions that the author said are done or not wanted, and that nobody finished meanwhile."""
    outcomes = {
        ActionChoice.DONE.value: CaseAction.Outcome.DONE,
        ActionChoice.NOT_WANTED.value: CaseAction.Outcome.NOT_DONE,
    }
    finished = []
    ending = plan.open_actions.exclude(choice=ActionChoice.KEEP).select_related("case_action")
    for chosen in ending.filter(case_action__finished_on__isnull=True).order_by("pk"):
        action = chosen.case_action
        action.outcome, action.evidence = outcomes[chosen.choice], chosen.reason
        action.finished_on, action.finished_by = timezone.localdate(), plan.author
        stamp(action, "finished_at", "outcome", "evidence", "finished_on", "finished_by")
        finished.append(action)
    return finished


def _raise(plan: RiskManagementPlan) -> list[CaseAction]:
    """The new actions, by their author and from today; a day that passed meanwhile stays as said.

    Whoever was named and may not do it any more leaves it to the offender manager.
    """
    wanted = plan.new_actions.select_related("officer").order_by("pk")
    return [
        CaseAction.objects.create(
            offender=plan.offender,
            text=one.text,
            due_on=one.due_on,
            owner=one.officer if one.officer and _able(one.officer, plan.offender) else None,
            raised_on=timezone.localdate(),
            raised_by=plan.author,
            pillar=one.pillar,
            factor=one.factor,
        )
        for one in wanted
    ]


def _able(officer: User, person: Offender) -> bool:
    """Whether an officer may still do a task about the person."""
    may = Offender.objects.permitted(Actor.of_user(officer), Action.CASE_ACTION_FINISH)
    return may.filter(pk=person.pk).exists()
