"""Particular actions: raised in some work or by themselves, and finished."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

import audit.record as audit
from accounts.actor import Actor
from accounts.models import User
from accounts.policy import Action
from audit.models import Operation
from offenders.actions.counting import save_changed, stamp
from offenders.errors import Invalid, RuleBroken
from offenders.models import Offender
from workflows.actions.locking import (
    lock_person,
    of_staff_number,
    officer,
    require_reason,
    visible_person,
)
from workflows.actions.stepping import Written
from workflows.engine import transitions
from workflows.models import CaseAction, Kind, Process, Task
from workflows.reconcile import reconcile


@transaction.atomic
def raise_action(
    *, by: Actor, offender: UUID, version: int | None = None, **values: Any
) -> CaseAction:
    """Raise one action by itself. `values`: of the form RaiseAction.

    Raises NotVisible, NotPermitted, Stale, TaskBusy; Invalid: `in_past`, `unknown_officer`,
    `cannot_do_it`; RuleBroken `registration_ended`, as nothing is owed then.
    """
    person = lock_person(visible_person(by, offender).pk, version=version)
    Offender.objects.require(by, Action.CASE_ACTION_RAISE, person)
    require_reason(by, Action.CASE_ACTION_RAISE, values["text"], team_id=person.team_id)
    if person.registration_ended_on is not None:
        raise RuleBroken("registration_ended", "The registration has ended.")
    [raised] = write_actions([values], by=officer(by), person=person)
    save_changed(person)
    reconcile(person, because=Action.CASE_ACTION_RAISE)
    hand_out([raised])
    audit.record(
        by=by,
        action=Action.CASE_ACTION_RAISE,
        operation=Operation.COLLECTION,
        offender_id=person.pk,
        subject=f"case_action:{raised.public_id}",
        payload={"text": raised.text, "due_on": raised.due_on.isoformat()},
    )
    return raised


def write_actions(
    rows: Iterable[Mapping[str, Any]],
    *,
    by: User,
    person: Offender,
    process: Process | None = None,
    field: str = "",
) -> list[CaseAction]:
    """Keep the actions that some work raised. `rows`: of the form RaiseAction.

    They become work when what is owed is worked out again; then call `hand_out`. `field`: the name
    of the rows in the form, so that a refusal names its row. Raises Invalid as `raise_action`.
    """
    return [
        write_action(
            row, by=by, person=person, process=process, at=f"{field}.{place}." if field else ""
        )
        for place, row in enumerate(rows)
    ]


def write_action(
    row: Mapping[str, Any], *, by: User, person: Offender, process: Process | None, at: str = ""
) -> CaseAction:
    """Keep one action, as `write_actions`. `at`: where its row stands in the form."""
    today = timezone.localdate()
    if row["due_on"] < today:
        raise Invalid("in_past", "That day is past.", field=f"{at}due_on")
    return CaseAction.objects.create(
        offender=person,
        process=process,
        text=row["text"],
        due_on=row["due_on"],
        owner=named_owner(by, person, row["owner"], field=f"{at}owner"),
        raised_on=today,
        raised_by=by,
    )


def hand_out(raised: Iterable[CaseAction]) -> None:
    """Give the new work of actions to whom they name. The rest is the offender manager's.

    No work comes of an action where a death is reported or the registration ended meanwhile.
    """
    for action in raised:
        if action.owner is None:
            continue
        task = Task.objects.open().filter(
            process__obligation__offender=action.offender_id,
            process__obligation__about=action.about,
            kind=Kind.CASE_ACTION,
        )
        if (found := task.first()) is not None:
            transitions.reassign(found, owner=action.owner)


def withdraw_actions(raised: Iterable[CaseAction], *, by: User, reason: str) -> None:
    """End those of `raised` that nobody finished: what they came from was wrong.

    Their work goes when what is owed is worked out again.
    """
    for action in raised:
        if action.finished_on is None:
            _finish(action, by, CaseAction.Outcome.NOT_DONE, reason)


def finish_action(
    *, by: Actor, user: User, person: Offender, task: Task, values: dict[str, Any]
) -> Written:
    """Say what came of an action."""
    obligation = task.process.obligation
    about = obligation.about if obligation is not None else ""
    action = CaseAction.objects.get(offender=person, pk=about.removeprefix("action:"))
    _finish(action, user, values["outcome"], values["evidence"])
    return Written(
        fulfilled=((Kind.CASE_ACTION, about),),
        payload={"case_action": str(action.public_id), "outcome": action.outcome},
    )


def _finish(action: CaseAction, by: User, outcome: str, evidence: str) -> None:
    action.outcome, action.evidence = outcome, evidence
    action.finished_on, action.finished_by = timezone.localdate(), by
    stamp(action, "finished_at", "outcome", "evidence", "finished_on", "finished_by")


def named_owner(by: User, person: Offender, staff_number: str, *, field: str) -> User | None:
    """Who is named, where that is not the offender manager: someone who may do it.

    Raises Invalid: `unknown_officer`, `cannot_do_it`.
    """
    if not staff_number.strip():
        return None
    named = of_staff_number(by, staff_number.strip(), field=field)
    if named.pk == person.offender_manager_id:
        return None
    able = Offender.objects.permitted(Actor.of_user(named), Action.CASE_ACTION_FINISH)
    if not able.filter(pk=person.pk).exists():
        raise Invalid("cannot_do_it", "That officer may not do this task.", field=field)
    return named
