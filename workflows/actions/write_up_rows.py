"""The rows of a write-up: what was gone through, what was found, who was there."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model

from accounts.models import User
from offenders import actions as people
from offenders.errors import Invalid
from offenders.models import Device, HoldingState, Offender, OnlineAccount
from workflows.actions.detail_changes import note_changed
from workflows.models import (
    AccountCheck,
    ConditionCheck,
    DetailCheck,
    DeviceCheck,
    FactorEvidence,
    FoundAccount,
    FoundDevice,
    PersonPresent,
    Visit,
    VisitWriteUp,
    WriteUpPurpose,
)
from workflows.queries.holdings import conditions_of

Rows = list[dict[str, Any]]

#: What a check says of where a device or an account went.
BECAME = {
    DeviceCheck.Finding.NO_LONGER_HELD.value: HoldingState.NO_LONGER_HELD,
    DeviceCheck.Finding.SEIZED.value: HoldingState.SEIZED,
}


def keep_rows(record: VisitWriteUp, person: Offender, user: User, values: dict[str, Any]) -> None:
    """Insert every row of a record, and write down what they change of the person.

    Raises Invalid: `twice`, `not_theirs`, `say_what_was_seen`, `condition_not_kept`,
    `condition_not_checked`, `conditions_bind`, `not_changed`, `after_the_visit`; and what
    `offenders` refuses.
    """
    keep(WriteUpPurpose, record, ({"purpose": one} for one in values["purposes"]))
    keep(PersonPresent, record, values["persons"])
    details = _once(values["details"], "item", "details")
    keep(DetailCheck, record, details)
    note_changed(record, user, details)
    evidence = _once(values["evidence"], "factor", "evidence")
    keep(FactorEvidence, record, (row for row in evidence if row["text"].strip()))
    _check_conditions(record, person, values["condition_checks"])
    devices = {device.public_id: device for device in person.devices.all()}
    accounts = {account.public_id: account for account in person.online_accounts.all()}
    _check(DeviceCheck, record, devices, values["device_checks"], "device")
    _check(AccountCheck, record, accounts, values["account_checks"], "account")
    known: dict[Any, Device | OnlineAccount] = {**devices, **accounts}
    _note_changes(record, person, user, values, known)
    _write_down_found(record, person, user, values)


def keep(model: type[Model], record: VisitWriteUp, rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert `rows` of a record, by the columns of `model`."""
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
    keep(
        model,
        record,
        (
            {"checked": known[row[name]], "finding": row["finding"], "note": row["note"]}
            for row in rows
        ),
    )


def _check_conditions(record: VisitWriteUp, person: Offender, rows: Rows) -> None:
    """Keep each condition that was gone through.

    Raises Invalid: `say_what_was_seen`; and where the one answer for all of them says otherwise,
    `condition_not_kept`, `condition_not_checked` or `conditions_bind`.
    """
    live = conditions_of(person, record.visit.occurred_on)
    known = {condition.public_id: condition for condition in live}
    for place, row in enumerate(_once(rows, "condition", "condition_checks")):
        at = f"condition_checks.{place}"
        if row["condition"] not in known:
            raise Invalid("not_theirs", "No such condition bound that day.", field=at)
        if row["finding"] == ConditionCheck.Finding.NOT_KEPT and not row["seen"].strip():
            raise Invalid("say_what_was_seen", "Say what was seen.", field=f"{at}.seen")
    _refuse_other_answer(record, known, rows)
    keep(
        ConditionCheck,
        record,
        (
            {"checked": known[row["condition"]], "finding": row["finding"], "seen": row["seen"]}
            for row in rows
        ),
    )


def _refuse_other_answer(record: VisitWriteUp, known: Mapping[Any, Any], rows: Rows) -> None:
    field, answer = "orders_complied_with", record.orders_complied_with
    not_kept = any(row["finding"] == ConditionCheck.Finding.NOT_KEPT for row in rows)
    if not_kept and answer == VisitWriteUp.OrdersKept.YES:
        said = "You found a condition that is not kept: answer no."
        raise Invalid("condition_not_kept", said, field=field)
    gone_through = {
        row["condition"] for row in rows if row["finding"] != ConditionCheck.Finding.NOT_CHECKED
    }
    if answer == VisitWriteUp.OrdersKept.YES and not gone_through.issuperset(known):
        said = "A condition was not checked: check it, or answer that not all were checked."
        raise Invalid("condition_not_checked", said, field=field)
    if known and answer == VisitWriteUp.OrdersKept.NOT_APPLICABLE:
        said = "Conditions bound that day: answer yes or no."
        raise Invalid("conditions_bind", said, field=field)


def _note_changes(
    record: VisitWriteUp,
    person: Offender,
    user: User,
    values: dict[str, Any],
    known: Mapping[Any, Device | OnlineAccount],
) -> None:
    """What was seized or is no longer held: a line of its history, unless a later one stands."""
    day, reference = record.visit.occurred_on, reference_of(record.visit)
    checks = [(row["device"], row["finding"]) for row in values["device_checks"]]
    checks += [(row["account"], row["finding"]) for row in values["account_checks"]]
    for key, finding in checks:
        state = BECAME.get(finding)
        if state is None:
            continue
        held = known[key]
        held.offender = person
        last = people.last_line(held)
        if last is None or (last.since_on <= day and last.state != state):
            people.change_holding(
                held=held,
                state=state,
                on=day,
                reference=reference,
                recorded_by=user,
            )


def _write_down_found(
    record: VisitWriteUp, person: Offender, user: User, values: dict[str, Any]
) -> None:
    """What nobody declared becomes a device or an account of the person, found that day.

    One that was found before and is written up again is the same one.
    """
    how: dict[str, Any] = {
        "offender": person,
        "state": HoldingState.FOUND_UNDECLARED,
        "on": record.visit.occurred_on,
        "reference": reference_of(record.visit),
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
    keep(FoundDevice, record, ({"found": one} for one in dict.fromkeys(devices)))
    keep(FoundAccount, record, ({"found": one} for one in dict.fromkeys(accounts)))


def _same_device(record: VisitWriteUp, row: dict[str, Any]) -> Device | None:
    before = FoundDevice.objects.filter(
        write_up__visit=record.visit_id,
        found__kind=row["kind"],
        found__description=row["description"],
        found__identifier=row["identifier"].strip().upper(),
    )
    found = before.exclude(write_up=record).select_related("found").first()
    return found.found if found else None


def _same_account(record: VisitWriteUp, row: dict[str, Any]) -> OnlineAccount | None:
    before = FoundAccount.objects.filter(
        write_up__visit=record.visit_id,
        found__service__iexact=row["service"],
        found__user_name__iexact=row["user_name"],
    )
    found = before.exclude(write_up=record).select_related("found").first()
    return found.found if found else None


def reference_of(visit: Visit) -> str:
    """How the history of a device or an account names the visit that it comes from."""
    return f"visit:{visit.public_id}"
