"""Writing a visit up: the record, its rows, and what follows from them, all in one act."""

import datetime as dt
import re
from functools import partial
from typing import Any

from django.utils import timezone

from accounts.actor import Actor
from accounts.models import User
from accounts.policy import Action
from offenders.errors import Invalid, RuleBroken
from offenders.models import Offender
from offenders.money import is_money_number
from workflows.actions.case_actions import hand_out, write_action
from workflows.actions.indicators.following import follow_write_up
from workflows.actions.stepping import Written
from workflows.actions.write_up_rows import keep, keep_rows
from workflows.models import (
    CaseAction,
    Kind,
    Obligation,
    Task,
    Visit,
    VisitDirection,
    VisitWriteUp,
    WriteUpAction,
)
from workflows.reviews import has_reviewed

#: Fields of the form that are rows, and so no columns of the record.
ROWS = (
    "purposes",
    "persons",
    "device_checks",
    "account_checks",
    "found_devices",
    "found_accounts",
    "details",
    "condition_checks",
    "evidence",
    "actions",
    "raises",
)
#: How far the time said at the door may lie outside the visit's beginning and end.
AGREES = dt.timedelta(hours=1)
#: How long after the door a visit that began before midnight may still end.
OVER_MIDNIGHT = dt.timedelta(hours=6)
#: A run of digits as long as the number of an account.
_ACCOUNT_NUMBER = re.compile(r"\d(?:[ -]?\d){7,}")


def write_up(
    *, by: Actor, user: User, person: Offender, task: Task, values: dict[str, Any]
) -> Written:
    """Write up an effective visit. Later than its limit is marked for ever.

    One that was returned is written again as a row of its own (PRACTICE 12); whether the visit was
    written up in time was settled by the first. What was found undeclared is written down as such,
    indicators follow, actions become work, and a next visit that is wanted sooner is directed, in
    the same act.

    Raises RuleBroken `reviewed_by_you`; Invalid: `reason_needed` of who was not there,
    `referral_needed` where there were children and no referral is named, `ethnicity_needed` of a
    child, `children_there`, `account_number`, `ends_first`, `in_future`, `another_day`,
    `another_time`, `not_theirs`, `twice`, `say_what_was_seen`, `condition_not_kept`,
    `condition_not_checked`, `conditions_bind`, of the next visit `in_past`, `no_visit_owed`,
    `not_later`, `reason_needed`; of an action `raised_before` and as `write_actions`; and as
    `offenders` of what was found.
    """
    visit = Visit.objects.get(pk=task.visit_id)
    if has_reviewed(user, visit):
        said = "You reviewed this visit. Someone else must write it up."
        raise RuleBroken("reviewed_by_you", said)
    _refuse_absent(visit, user, values)
    _refuse_children(values)
    _refuse_times(visit, values)
    _refuse_account_numbers(values)
    columns = {name: value for name, value in values.items() if name not in ROWS}
    is_late = _is_late(visit, timezone.localdate())
    record = VisitWriteUp.objects.create(
        visit=visit,
        is_late=is_late,
        written_by=user,
        written_at=timezone.now(),
        new_household_with_child="NEWREL" in values["raises"],
        concern_for_welfare="WELF" in values["raises"],
        **columns,
    )
    keep_rows(record, person, user, values)
    raised = follow_write_up(record, person, user, values)
    actions = _actions(record, user, person, task, values["actions"])
    directed = _direct_next_visit(record, by, user, person)
    return Written(
        payload={
            "visit": str(visit.public_id),
            "late": is_late,
            "actions": len(actions),
            "indicators": raised,
            "next_visit_by": directed and directed.visit_by.isoformat(),
        },
        after=partial(_hand_out, actions),
    )


def _actions(
    record: VisitWriteUp, user: User, person: Offender, task: Task, rows: list[dict[str, Any]]
) -> list[CaseAction]:
    """Keep the actions of a record, and return those that are new.

    One that an earlier write-up of the visit raised is the same one, whatever came of it since. It
    has been handed out: its day or its officer is not changed by writing the visit again. Raises
    Invalid `raised_before`, and as `write_actions`.
    """
    earlier = WriteUpAction.objects.filter(write_up__visit=record.visit_id).order_by("pk")
    before = [row.raised for row in earlier.select_related("raised__owner")]
    new: list[CaseAction] = []
    kept: list[CaseAction] = []
    for place, row in enumerate(rows):
        at = f"actions.{place}."
        same = _same_action([one for one in before if one not in kept] or before, row, person, at)
        if same is None:
            same = write_action(row, by=user, person=person, process=task.process, at=at)
            new.append(same)
        kept.append(same)
    keep(WriteUpAction, record, ({"raised": raised} for raised in dict.fromkeys(kept)))
    return new


def _same_action(
    before: list[CaseAction], row: dict[str, Any], person: Offender, at: str
) -> CaseAction | None:
    """The action of an earlier write-up that says the same. Raises Invalid `raised_before`."""
    words = _plainly(row["text"])
    alike = [one for one in before if _plainly(one.text) == words]
    same = [
        one
        for one in alike
        if one.due_on == row["due_on"] and _does_it(one, person, row["owner"].strip())
    ]
    if same or not alike:
        return next(iter(same), None)
    was = alike[0]
    who = f" by {was.owner.display_name}" if was.owner else ""
    said = (
        f"This was raised already, to be done{who} by {was.due_on:%-d %B %Y}. Leave it as it was, "
        "or say in other words what else must be done."
    )
    raise Invalid("raised_before", said, field=f"{at}text")


def _plainly(text: str) -> str:
    """`text` without what makes no other sentence of it: capitals and spaces."""
    return " ".join(text.split()).casefold()


def _does_it(action: CaseAction, person: Offender, staff_number: str) -> bool:
    """Whether the officer of that number does an action; "" names the offender manager."""
    manager = person.offender_manager.staff_number if person.offender_manager else ""
    does = action.owner.staff_number if action.owner else ""
    return (staff_number or manager).casefold() == (does or manager).casefold()


def _hand_out(actions: list[CaseAction], task: Task) -> None:
    hand_out(actions)


def _direct_next_visit(
    record: VisitWriteUp, by: Actor, user: User, person: Offender
) -> VisitDirection | None:
    """Bring the next visit forward where the officer proposes an earlier day (PRACTICE 4).

    Raises Invalid: `in_past`, `no_visit_owed`, `not_later`, `reason_needed`, `visited_today` (a
    later visit than this one), `not_yours` where the person has gone to another team.
    """
    day = record.next_visit_by
    if day is None or _directed_before(record, day):
        return None
    if not _is_sooner(record, by, person, day):
        return None
    why = record.next_visit_reason
    if not why.strip():
        raise Invalid("reason_needed", "Say why it should be sooner.", field="next_visit_reason")
    return VisitDirection.objects.create(
        offender=person,
        visit_by=day,
        reason=why,
        given_on=timezone.localdate(),
        given_by=user,
        given_in=record.visit,
    )


def _directed_before(record: VisitWriteUp, day: dt.date) -> bool:
    """Whether an earlier write-up of the visit directed the next one to that day."""
    given = VisitDirection.objects.filter(given_in=record.visit, withdrawn_at__isnull=True)
    return given.filter(visit_by=day).exists()


def _is_sooner(record: VisitWriteUp, by: Actor, person: Offender, day: dt.date) -> bool:
    """Whether `day` brings the next visit forward. Raises Invalid where it cannot be proposed."""
    field = "next_visit_by"
    today = timezone.localdate()
    owed = Obligation.objects.filter(
        offender=person, kind=Kind.HOME_VISIT, closed_at__isnull=True
    ).first()
    if owed is None:
        raise Invalid("no_visit_owed", "No home visit is owed now.", field=field)
    if day < today:
        raise Invalid("in_past", "That day is past.", field=field)
    if day > owed.due_on:
        said = f"The visit is due by {owed.due_on:%-d %B %Y}: no later day can be proposed."
        raise Invalid("not_later", said, field=field)
    if day == owed.due_on:
        return False
    able = Offender.objects.permitted(by, Action.VISIT_BRING_FORWARD)
    if not able.filter(pk=person.pk).exists():
        raise Invalid("not_yours", "Another team manages the person now.", field=field)
    visited_today = Visit.objects.effective().filter(offender=person, occurred_on=today)
    if record.visit.occurred_on < today and visited_today.exists():
        raise Invalid("visited_today", "Visited again today: say it of that visit.", field=field)
    return True


def _refuse_absent(visit: Visit, user: User, values: dict[str, Any]) -> None:
    """Who was not there says why they write it, as at the door (PRACTICE 10)."""
    was_there = visit.attendances.filter(user=user).exists()
    if not was_there and not values["entry_reason"].strip():
        said = "You were not there: say why you write it."
        raise Invalid("reason_needed", said, field="entry_reason")


def _refuse_children(values: dict[str, Any]) -> None:
    general = values["safeguarding_referral"].strip()
    children = [(at, row) for at, row in enumerate(values["persons"]) if row["is_child"]]
    if children and not values["children_present"]:
        said = "You named a child: say that there were children."
        raise Invalid("children_there", said, field="children_present")
    named = "Give the reference of the safeguarding referral."
    for place, row in children:
        if not row["ethnicity"]:
            said = "Say the child's ethnicity, or that it was not stated."
            raise Invalid("ethnicity_needed", said, field=f"persons.{place}.ethnicity")
        row["referral_reference"] = row["referral_reference"].strip() or general
        if not row["referral_reference"]:
            field = f"persons.{place}.referral_reference"
            raise Invalid("referral_needed", named, field=field)
    if values["children_present"] and not children and not general:
        raise Invalid("referral_needed", named, field="safeguarding_referral")


def _refuse_times(visit: Visit, values: dict[str, Any]) -> None:
    """Beginning and end are of this visit: of its day, and around the time said at the door."""
    began, ended, now = values["started_at"], values["ended_at"], timezone.now()
    at = visit.occurred_at or now
    for name, moment in (("started_at", began), ("ended_at", ended)):
        if moment is None:
            continue
        if moment > now:
            raise Invalid("in_future", "It has not happened yet.", field=name)
        is_same_day = timezone.localdate(moment) == visit.occurred_on
        if not is_same_day and abs(moment - at) > OVER_MIDNIGHT:
            said = f"The visit was on {visit.occurred_on:%-d %B %Y}."
            raise Invalid("another_day", said, field=name)
    if began is not None and ended is not None and ended < began:
        raise Invalid("ends_first", "It would end before it began.", field="ended_at")
    said = f"At the door it was said to be at {timezone.localtime(at):%H:%M}."
    if began is not None and began - at > AGREES:
        raise Invalid("another_time", said, field="started_at")
    if ended is not None and at - ended > AGREES:
        raise Invalid("another_time", said, field="ended_at")


def _refuse_account_numbers(values: dict[str, Any]) -> None:
    """Financial data is not copied (College of Policing, Notification requirements)."""
    typed = [("finances", values["finances"])]
    typed += [(f"details.{at}.note", row["note"]) for at, row in enumerate(values["details"])]
    for field, text in typed:
        if _ACCOUNT_NUMBER.search(text):
            said = "Take the number of the account or card out: it is not kept here."
            raise Invalid("account_number", said, field=field)
    for place, row in enumerate(values["found_accounts"]):
        for name in ("service", "user_name"):
            if is_money_number(row[name]):
                said = "A bank account or a card does not belong here: it is not kept."
                raise Invalid("account_number", said, field=f"found_accounts.{place}.{name}")


def _is_late(visit: Visit, today: dt.date) -> bool:
    """Whether the first record of the visit was written, or now is, after its limit."""
    first = visit.write_ups.order_by("pk").first()
    if first is not None:
        return first.is_late
    return visit.write_up_due_on is not None and today > visit.write_up_due_on
