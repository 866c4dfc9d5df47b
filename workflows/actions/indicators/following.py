"""Indicators that follow from what officers record here, in the transaction that records it.

From a visit: a device or an account that nobody declared, a new relationship or household with a
child, a concern for welfare. From our own records: a missed or refused visit, a late notification.
Each is about the person at once, once for each fact, and waits for its triage like any other. No
job makes one and none counts anything: no fact, no indicator.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone

from accounts.actor import Actor
from accounts.models import User
from offenders.models import Notification, Offender
from risk.actions import indicators as risk
from risk.contraband import is_contraband
from risk.grading import AssessmentGrade, Handling, SourceGrade, graded
from risk.indicator_codes import IndicatorCode, Severity
from risk.indicator_types import type_of
from risk.models import Indicator, IndicatorIdentifierKind, IndicatorState, ReferenceKind
from workflows.actions.indicators.matching import lock_with_merged
from workflows.actions.indicators.reading import Evidence, Incoming, Number
from workflows.actions.indicators.receiving import NEW, OUR_NUMBERS, Sender, take_in
from workflows.actions.indicators.retracting import ask_back, people_of, take_back
from workflows.actions.locking import lock_besides
from workflows.models import Visit, VisitWriteUp
from workflows.models.write_up_rows import ItemFinding, NotifiedItem
from workflows.queries.triage import asked_back
from workflows.steps.indicators import MOST_ROWS

VISIT, OWN_RECORDS = "visit", "own_records"
#: Who is said to have recorded what follows from our own records.
THIS_SERVICE = "This service"


@dataclass(frozen=True, kw_only=True)
class Sign:
    """One indicator that follows from a fact. `fact`: such as "visit:<uuid>"."""

    fact: str
    code: IndicatorCode
    source: str
    occurred_at: dt.datetime
    text: str
    numbers: tuple[Number, ...] = ()

    def incoming(self) -> Incoming:
        """As it is kept: officers saw it themselves, so it is graded 1A (our default)."""
        grading = graded(
            source=int(SourceGrade.RELIABLE),
            assessment=str(AssessmentGrade.DIRECTLY),
            handling=str(Handling.PERMITTED),
            conditions="",
            is_sanitised=False,
        )
        return Incoming(
            source=self.source,
            external_id=f"{OUR_NUMBERS[self.source]}{self.fact}:{self.code}",
            code=self.code,
            severity=type_of(self.code).severity_of(grading),
            grading=grading,
            occurred_at=self.occurred_at,
            text=self.text,
            subjects=(),
            numbers=self.numbers,
            references=(Evidence(ReferenceKind.CASE, self.fact),),
        )


def follow_write_up(
    record: VisitWriteUp, person: Offender, user: User, values: dict[str, Any]
) -> list[str]:
    """What follows from a write-up. Returns the codes of what is new.

    Written again, it raises what it says now and had not said before; what it no longer says stays
    until somebody triages it.
    """
    visit = record.visit
    devices, accounts = values["found_devices"], values["found_accounts"]
    signs = []
    if devices:
        numbers = [(IndicatorIdentifierKind.DEVICE, "", row["identifier"]) for row in devices]
        signs.append(_seen(visit, IndicatorCode.UDEV, "A device that was not declared", numbers))
    if accounts:
        numbers = [
            (IndicatorIdentifierKind.ACCOUNT, row["service"], row["user_name"]) for row in accounts
        ]
        signs.append(_seen(visit, IndicatorCode.UACC, "An account that was not declared", numbers))
    said = {*values["raises"]}
    if any(_is_new_household(row) for row in values["details"]):
        said.add(IndicatorCode.NEWREL)
    if IndicatorCode.NEWREL in said:
        what = "A new relationship or a household with a child"
        signs.append(_seen(visit, IndicatorCode.NEWREL, what))
    if IndicatorCode.WELF in said:
        signs.append(_seen(visit, IndicatorCode.WELF, "A concern for welfare"))
    return _keep(signs, person, user)


def follow_outcome(visit: Visit, person: Offender, user: User) -> list[str]:
    """A visit that was refused, or announced and nobody there. Returns the codes of what is new.

    Nobody at home at a visit that nobody was told of is no failure of theirs.
    """
    missed = visit.outcome == Visit.Outcome.NO_ANSWER and bool(visit.announced)
    if visit.outcome != Visit.Outcome.REFUSED and not missed:
        return []
    what = "An appointment at home was missed" if missed else "A home visit was refused"
    return _keep(
        [
            Sign(
                fact=f"visit:{visit.public_id}",
                code=IndicatorCode.NONC,
                source=OWN_RECORDS,
                occurred_at=_when(visit),
                text=f"{what} on {_day(visit.occurred_on)}.",
            )
        ],
        person,
        user,
    )


def follow_notification(
    notification: Notification, due_on: dt.date, person: Offender, user: User
) -> list[str]:
    """A notification after its last day. Returns the codes of what is new."""
    if notification.notified_on <= due_on:
        return []
    begins = dt.datetime.combine(notification.notified_on, dt.time())
    return _keep(
        [
            Sign(
                fact=f"notification:{notification.public_id}",
                code=IndicatorCode.NONC,
                source=OWN_RECORDS,
                occurred_at=timezone.make_aware(begins).astimezone(dt.UTC),
                text=f"Notified on {_day(notification.notified_on)}, due by {_day(due_on)}.",
            )
        ],
        person,
        user,
    )


def take_back_what_followed(fact: str, *, by: Actor, person: Offender, reason: str) -> int:
    """Take back what followed from a fact that was wrong. Returns how many.

    In the caller's transaction, which holds `person`, once what is owed to them was worked out: an
    officer may have said since that it is about somebody else. Already triaged ones are taken back
    too: what was decided on them stays on record. What is critical stays as it is, with a note: a
    supervisor or an inspector takes it back who neither recorded it nor says that the fact was
    wrong, as two set aside what is critical. Raises TaskBusy.
    """
    ours = Q()
    for source, prefix in OUR_NUMBERS.items():
        ours |= Q(source=source, external_id__startswith=f"{prefix}{fact}:")
    followed = Indicator.objects.filter(ours).exclude(state=IndicatorState.RETRACTED)
    seen = list(followed.order_by("pk"))
    if not seen:
        return 0
    others = lock_besides(person.pk, people_of(seen))
    held = {one.pk: one for one in (person, *others)}
    locked = lock_with_merged(seen)
    plain = [one for one in locked if one.severity != Severity.CRITICAL]
    take_back(plain, by=by, people=held, reason=reason)
    for one in locked:
        if one.severity == Severity.CRITICAL and asked_back(one) is None:
            ask_back(one, by=by, reason=reason)
    return len(plain)


def _keep(signs: Sequence[Sign], person: Offender, user: User) -> list[str]:
    """Keep what is not kept yet, each as being about the person, in the name of who recorded it."""
    codes = []
    for sign in signs:
        incoming = sign.incoming()
        by_us = sign.source == OWN_RECORDS
        sender = Sender(
            force_id=person.force_id,
            client_label=THIS_SERVICE if by_us else "",
            user_id=None if by_us else user.pk,
            merges=False,
            is_ours=True,
        )
        if _is_kept(person, incoming):
            continue
        [receipt] = take_in(sender, [incoming])
        if receipt.indicator is not None and receipt.result in NEW:
            risk.confirm_match(
                indicator=receipt.indicator, offender=person, by=user, reason=sign.text
            )
            codes.append(sign.code.value)
    return codes


def _is_kept(person: Offender, one: Incoming) -> bool:
    """Whether it followed before: written up again, it may be worded otherwise."""
    known = Indicator.objects.filter(
        force=person.force_id, source=one.source, external_id=one.external_id
    )
    return known.exists()


def _seen(
    visit: Visit,
    code: IndicatorCode,
    what: str,
    numbers: Iterable[tuple[IndicatorIdentifierKind, str, str]] = (),
) -> Sign:
    kept = [Number(kind.value, service, value.strip()) for kind, service, value in numbers]
    return Sign(
        fact=f"visit:{visit.public_id}",
        code=code,
        source=VISIT,
        occurred_at=_when(visit),
        text=f"{what}, at the home visit of {_day(visit.occurred_on)}. Its write-up says more.",
        numbers=tuple(
            one for one in kept if one.value and not is_contraband(f"{one.service} {one.value}")
        )[:MOST_ROWS],
    )


def _is_new_household(row: dict[str, Any]) -> bool:
    return row["item"] == NotifiedItem.CHILD_HOUSEHOLD and row["finding"] == ItemFinding.CHANGED


def _when(visit: Visit) -> dt.datetime:
    if visit.occurred_at is not None:
        return visit.occurred_at
    return timezone.make_aware(dt.datetime.combine(visit.occurred_on, dt.time()))


def _day(on: dt.date) -> str:
    return f"{on.day} {on:%B %Y}"
