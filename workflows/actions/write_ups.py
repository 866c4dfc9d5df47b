"""Writing a visit up: the record, its rows, and what follows from them, all in one act."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from django.db.models import Model
from django.utils import timezone

from accounts.actor import Actor
from accounts.models import User
from offenders import actions as people
from offenders.errors import Invalid
from offenders.models import Device, HoldingState, Offender, OnlineAccount
from workflows.actions.case_actions import hand_out, write_actions
from workflows.actions.stepping import Written
from workflows.models import (
    AccountCheck,
    CaseAction,
    ConditionCheck,
    DetailCheck,
    DeviceCheck,
    FactorEvidence,
    FoundAccount,
    FoundDevice,
    Kind,
    Obligation,
    PersonPresent,
    Task,
    Visit,
    VisitDirection,
    VisitWriteUp,
    WriteUpAction,
    WriteUpPurpose,
)
from workflows.queries.holdings import conditions_of

Rows = list[dict[str, Any]]

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
)
#: What a check says of where a device or an account went.
BECAME = {
    DeviceCheck.Finding.NO_LONGER_HELD.value: HoldingState.NO_LONGER_HELD,
    DeviceCheck.Finding.SEIZED.value: HoldingState.SEIZED,
}
#: A run of digits as long as the number of an account.
_ACCOUNT_NUMBER = re.compile(r"\d(?:[ -]?\d){7,}")


def write_up(
    *, by: Actor, user: User, person: Offender, task: Task, values: dict[str, Any]
) -> Written:
    """Write up an effective visit. Later than its limit is marked for ever.

    One that was returned is written again as a row of its own (PRACTICE 12); whether the visit was
    written up in time was settled by the first. What was found undeclared is written down as such,
    actions become work, and a next visit that is wanted sooner is directed, in the same act.

    Raises Invalid: `referral_needed` where there were children and no referral is named,
    `children_there`, `account_number`, `ends_first`, `in_future`, `not_theirs`, `twice`,
    `say_what_was_seen`, of the next visit `in_past`, `no_visit_owed`, `not_later`, `reason_needed`;
    and as `write_actions`, and `offenders` of what was found.
    """
    visit = _visit_of(task)
    _refuse_children(values)
    _refuse_times(values)
    _refuse_account_numbers(values)
    columns = {name: value for name, value in values.items() if name not in ROWS}
    is_late = _is_late(visit, timezone.localdate())
    record = VisitWriteUp.objects.create(
        visit=visit, is_late=is_late, written_by=user, written_at=timezone.now(), **columns
    )
    _keep_rows(record, person, user, values)
    actions = write_actions(
        values["actions"], by=user, person=person, process=task.process, field="actions"
    )
    _keep(WriteUpAction, record, ({"raised": raised} for raised in actions))
    _direct_next_visit(record, user, person, values)
    return Written(
        payload={"visit": str(visit.public_id), "late": is_late},
        after=partial(_hand_out, actions),
    )


def _hand_out(actions: list[CaseAction], task: Task) -> None:
    hand_out(actions)


def _keep_rows(record: VisitWriteUp, person: Offender, user: User, values: dict[str, Any]) -> None:
    _keep(WriteUpPurpose, record, ({"purpose": one} for one in values["purposes"]))
    _keep(PersonPresent, record, values["persons"])
    _keep(DetailCheck, record, _once(values["details"], "item", "details"))
    evidence = _once(values["evidence"], "factor", "evidence")
    _keep(FactorEvidence, record, (row for row in evidence if row["text"].strip()))
    _check_conditions(record, person, values["condition_checks"])
    devices = {device.public_id: device for device in person.devices.all()}
    accounts = {account.public_id: account for account in person.online_accounts.all()}
    _check(DeviceCheck, record, devices, values["device_checks"], "device")
    _check(AccountCheck, record, accounts, values["account_checks"], "account")
    _note_changes(record, person, user, values, devices | accounts)
    _write_down_found(record, person, user, values)


def _keep(model: type[Model], record: VisitWriteUp, rows: Iterable[Mapping[str, Any]]) -> None:
    model._default_manager.bulk_create(model(write_up=record, **row) for row in rows)


def _once(rows: Rows, name: str, field: str) -> Rows:
    """`rows`, of which each is about something else. Raises Invalid `twice`."""
    seen = set()
    for place, row in enumerate(rows):
        if row[name] in seen:
            raise Invalid("twice", "This stands here already.", field=f"{field}.{place}.{name}")
        seen.add(row[name])
    return rows


def _check(
    model: type[Model],
    record: VisitWriteUp,
    known: Mapping[Any, Device] | Mapping[Any, OnlineAccount],
    rows: Rows,
    name: str,
) -> None:
    """Keep what was looked for among what is known. Raises Invalid `not_theirs`, `twice`."""
    field = f"{name}_checks"
    for place, row in enumerate(_once(rows, name, field)):
        if row[name] not in known:
            raise Invalid("not_theirs", "The person has no such thing.", field=f"{field}.{place}")
    _keep(
        model,
        record,
        (
            {"checked": known[row[name]], "finding": row["finding"], "note": row["note"]}
            for row in rows
        ),
    )


def _check_conditions(record: VisitWriteUp, person: Offender, rows: Rows) -> None:
    """Keep each condition that was gone through. Raises Invalid `say_what_was_seen`."""
    live = conditions_of(person, record.visit.occurred_on)
    known = {condition.public_id: condition for condition in live}
    for place, row in enumerate(_once(rows, "condition", "condition_checks")):
        at = f"condition_checks.{place}"
        if row["condition"] not in known:
            raise Invalid("not_theirs", "No such condition bound that day.", field=at)
        if row["finding"] == ConditionCheck.Finding.NOT_KEPT and not row["seen"].strip():
            raise Invalid("say_what_was_seen", "Say what was seen.", field=f"{at}.seen")
    _keep(
        ConditionCheck,
        record,
        (
            {"checked": known[row["condition"]], "finding": row["finding"], "seen": row["seen"]}
            for row in rows
        ),
    )


def _note_changes(
    record: VisitWriteUp,
    person: Offender,
    user: User,
    values: dict[str, Any],
    known: Mapping[Any, Device | OnlineAccount],
) -> None:
    """What was seized or is no longer held: a line of its history, unless a later one stands."""
    day = record.visit.occurred_on
    checks = [(row["device"], row["finding"]) for row in values["device_checks"]]
    checks += [(row["account"], row["finding"]) for row in values["account_checks"]]
    for key, finding in checks:
        state = BECAME.get(finding)
        if state is None:
            continue
        held = known[key]
        held.offender = person
        last = held.history.order_by("-since_on", "-pk").first()
        if last is None or (last.since_on <= day and last.state != state):
            people.change_holding(
                held=held, state=state, on=day, reference=_reference(record), recorded_by=user
            )


def _write_down_found(
    record: VisitWriteUp, person: Offender, user: User, values: dict[str, Any]
) -> None:
    """What nobody declared becomes a device or an account of the person, found that day.

    One that was found before and is written up again is the same one.
    """
    how = {
        "offender": person,
        "state": HoldingState.FOUND_UNDECLARED,
        "on": record.visit.occurred_on,
        "reference": _reference(record),
        "recorded_by": user,
    }
    devices = [
        _same_device(record, row) or people.add_device(**row, **how)
        for row in values["found_devices"]
    ]
    accounts = [
        _same_account(record, row) or people.add_account(**row, **how)
        for row in values["found_accounts"]
    ]
    _keep(FoundDevice, record, ({"found": one} for one in dict.fromkeys(devices)))
    _keep(FoundAccount, record, ({"found": one} for one in dict.fromkeys(accounts)))


def _same_device(record: VisitWriteUp, row: dict[str, Any]) -> Device | None:
    before = FoundDevice.objects.filter(
        write_up__visit=record.visit_id,
        found__kind=row["kind"],
        found__description=row["description"],
        found__identifier=row["identifier"].strip().upper(),
    )
    found = before.exclude(write_up=record).select_related("found").first()
    return found and found.found


def _same_account(record: VisitWriteUp, row: dict[str, Any]) -> OnlineAccount | None:
    before = FoundAccount.objects.filter(
        write_up__visit=record.visit_id,
        found__service__iexact=row["service"],
        found__user_name__iexact=row["user_name"],
    )
    found = before.exclude(write_up=record).select_related("found").first()
    return found and found.found


def _reference(record: VisitWriteUp) -> str:
    return f"visit:{record.visit.public_id}"


def _direct_next_visit(
    record: VisitWriteUp, user: User, person: Offender, values: dict[str, Any]
) -> None:
    """Bring the next visit forward where the officer proposes an earlier day (PRACTICE 4).

    Raises Invalid: `in_past`, `no_visit_owed`, `not_later`, `reason_needed`.
    """
    day, why = values["next_visit_by"], values["next_visit_reason"]
    if day is None:
        return
    today = timezone.localdate()
    owed = Obligation.objects.filter(
        offender=person, kind=Kind.HOME_VISIT, closed_at__isnull=True
    ).first()
    if owed is None:
        raise Invalid("no_visit_owed", "No home visit is owed now.", field="next_visit_by")
    if day < today:
        raise Invalid("in_past", "That day is past.", field="next_visit_by")
    if day > owed.due_on:
        said = f"The visit is due by {owed.due_on.isoformat()}: no later day can be proposed."
        raise Invalid("not_later", said, field="next_visit_by")
    if day == owed.due_on:
        return
    if not why.strip():
        raise Invalid("reason_needed", "Say why it should be sooner.", field="next_visit_reason")
    VisitDirection.objects.create(
        offender=person,
        visit_by=day,
        reason=why,
        given_on=today,
        given_by=user,
        given_in=record.visit,
    )


def _refuse_children(values: dict[str, Any]) -> None:
    general = values["safeguarding_referral"].strip()
    children = [(at, row) for at, row in enumerate(values["persons"]) if row["is_child"]]
    if children and not values["children_present"]:
        said = "You named a child: say that there were children."
        raise Invalid("children_there", said, field="children_present")
    named = "Give the reference of the safeguarding referral."
    for place, row in children:
        row["referral_reference"] = row["referral_reference"].strip() or general
        if not row["referral_reference"]:
            field = f"persons.{place}.referral_reference"
            raise Invalid("referral_needed", named, field=field)
    if values["children_present"] and not children and not general:
        raise Invalid("referral_needed", named, field="safeguarding_referral")


def _refuse_times(values: dict[str, Any]) -> None:
    began, ended, now = values["started_at"], values["ended_at"], timezone.now()
    for name, at in (("started_at", began), ("ended_at", ended)):
        if at is not None and at > now:
            raise Invalid("in_future", "It has not happened yet.", field=name)
    if began is not None and ended is not None and ended < began:
        raise Invalid("ends_first", "It would end before it began.", field="ended_at")


def _refuse_account_numbers(values: dict[str, Any]) -> None:
    """Financial data is not copied (College of Policing, Notification requirements)."""
    typed = [("finances", values["finances"])]
    typed += [(f"details.{at}.note", row["note"]) for at, row in enumerate(values["details"])]
    for field, text in typed:
        if _ACCOUNT_NUMBER.search(text):
            said = "Take the number of the account or card out: it is not kept here."
            raise Invalid("account_number", said, field=field)


def _is_late(visit: Visit, today: dt.date) -> bool:
    """Whether the first record of the visit was written, or now is, after its limit."""
    first = visit.write_ups.order_by("pk").first()
    if first is not None:
        return first.is_late
    return visit.write_up_due_on is not None and today > visit.write_up_due_on


def _visit_of(task: Task) -> Visit:
    return Visit.objects.filter(process_id=task.process_id, voided_at__isnull=True).latest("pk")
