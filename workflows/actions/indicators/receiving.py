"""Taking indicators in: one, or up to a thousand with the same few statements.

Safe to send twice: the same number with the same content is known, with other content refused.
What is received is never triaged, scored or decided on here.
"""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils import timezone

import audit.record as audit
from accounts import policy
from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.policy import Action
from audit.models import Operation
from offenders.errors import Invalid, RuleBroken
from risk.actions.indicators import Received, keep_indicators
from risk.models import (
    Indicator,
    IndicatorFeed,
    IndicatorIdentifier,
    IndicatorReference,
    IndicatorState,
    IndicatorSubject,
)
from workflows.actions.indicators.deadlines import Deadlines
from workflows.actions.indicators.duplicates import Duplicates
from workflows.actions.indicators.reading import Incoming, incoming_of, read
from workflows.actions.indicators.suggesting import suggestions
from workflows.actions.locking import lock_force
from workflows.steps.indicators import SendIndicator

REUSED = "This number came before with other content."
SIGNS = "What comes from this source is signed and delivered by its feed."


#: Sources of what follows from our own facts, with what its numbers begin with: nobody else's do.
OUR_NUMBERS = {"visit": "written-up:", "own_records": "recorded:"}
OURS = "Numbers of this source that begin so are ours."


class Result(StrEnum):
    """What became of one of them."""

    RECEIVED = "received"
    MERGED = "merged"
    KNOWN = "known"
    REFUSED = "refused"


NEW = (Result.RECEIVED, Result.MERGED)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one, in the order in which they came. Nothing of what was sent is said back.

    `indicator`: None where refused; then `code`, `message` and `field` say why.
    """

    result: Result
    indicator: Indicator | None = None
    code: str = ""
    message: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """In whose name they are kept: of a force, by an officer, another system, or its feed."""

    force_id: int
    client_label: str
    user_id: int | None
    feed: IndicatorFeed | None = None
    #: Whether another's report of the same event takes it in.
    merges: bool = True
    #: Whether it follows from a fact recorded here (`following`).
    is_ours: bool = False

    @classmethod
    def of(cls, by: Actor) -> "Sender":
        """Whoever acts. Raises NotPermitted for whoever belongs to no force."""
        if by.force_id is None:
            raise NotPermitted("The sender belongs to no force.")
        label = "" if by.user_id else by.label
        return cls(force_id=by.force_id, client_label=label, user_id=by.user_id)

    def of_feed(self, feed: IndicatorFeed, label: str) -> "Sender":
        """The same, of a feed: kept in the name of the system `label` that sent it."""
        return replace(self, feed=feed, client_label=label, user_id=None)

    def merging_nothing(self) -> "Sender":
        """The same, of what its sender says whom it is about: it stands for itself."""
        return replace(self, merges=False)


@transaction.atomic
def receive(*, by: Actor, **values: Any) -> Receipt:
    """Take in one indicator. `values`: of the form SendIndicator.

    Raises NotPermitted; Invalid as `incoming_of`; RuleBroken `external_id_reused`, `source_signs`.
    """
    policy.require(by, Action.INDICATOR_SEND)
    incoming = incoming_of(values, now=timezone.now())
    [receipt] = take_in(Sender.of(by), [incoming])
    if receipt.indicator is None:
        raise RuleBroken(receipt.code, receipt.message)
    subject = f"indicator:{receipt.indicator.public_id}"
    record(by, Action.INDICATOR_SEND, [receipt], subject=subject)
    return receipt


@transaction.atomic
def receive_batch(*, by: Actor, indicators: Sequence[Any]) -> list[Receipt]:
    """Take in up to MOST_ITEMS. Each is received or refused by itself; none is half-written.

    `indicators`: as they were sent, in JSON's types. Raises NotPermitted.
    """
    policy.require(by, Action.INDICATOR_SEND)
    receipts = take_in(Sender.of(by), read_all(indicators))
    record(by, Action.INDICATOR_SEND, receipts)
    return receipts


def read_all(indicators: Sequence[Any]) -> list[Incoming | Receipt]:
    """Each as it can be kept, or the receipt that refuses it."""
    now, form = timezone.now(), SendIndicator()
    return [_read(raw, form, now) for raw in indicators]


def take_in(sender: Sender, items: Sequence[Incoming | Receipt]) -> list[Receipt]:
    """Keep what can be kept, in the caller's transaction. The caller records it.

    One sender of a force at a time: what is the same is found, whoever sends it meanwhile. Who
    merges nothing and holds a person already does not wait here: a force is locked before its
    people. A constant number of statements, however many items there are.
    """
    if sender.merges:
        lock_force(sender.force_id)
    receipts = _Receipts(sender, _of_their_own(sender, items))
    new = receipts.new
    if new:
        _keep(sender, new, receipts)
    return receipts.answers()


def record(
    by: Actor, action: Action, receipts: Sequence[Receipt], *, subject: str = "", reason: str = ""
) -> None:
    """One event: how many of each, and which are kept since; never what they say."""
    new = [one.indicator for one in receipts if one.indicator and one.result in NEW]
    counts = {result.value: sum(one.result is result for one in receipts) for result in Result}
    audit.record(
        by=by,
        action=action,
        operation=Operation.COLLECTION,
        row_count=len(new),
        subject=subject,
        reason=reason,
        payload=counts | {"ids": [str(one.public_id) for one in new]},
    )


def _of_their_own(sender: Sender, items: Sequence[Incoming | Receipt]) -> list[Incoming | Receipt]:
    """Refuses whoever writes in the name of a feed's source, without its signature, or in ours.

    They could take a number before the feed or a visit does, whose own would then be refused.
    """
    feeds = IndicatorFeed.objects.filter(force_id=sender.force_id, is_active=True)
    own = {sender.feed.source} if sender.feed else set()
    signed = set(feeds.values_list("source", flat=True)) - own
    refused = Receipt(Result.REFUSED, code="source_signs", message=SIGNS, field="source")
    ours = Receipt(Result.REFUSED, code="number_is_ours", message=OURS, field="external_id")

    def looked_at(one: Incoming | Receipt) -> Incoming | Receipt:
        if isinstance(one, Receipt) or sender.is_ours:
            return one
        begins = OUR_NUMBERS.get(one.source)
        if begins is not None and one.external_id.startswith(begins):
            return ours
        return refused if one.source in signed else one

    return [looked_at(one) for one in items]


class _Receipts:
    """What becomes of each item: known, refused, or new, and then received or merged."""

    def __init__(self, sender: Sender, items: Sequence[Incoming | Receipt]) -> None:
        self.items = items
        wanted = [one for one in items if isinstance(one, Incoming)]
        self._known = _known(sender.force_id, wanted)
        #: The first of each number that is not known.
        self.new: dict[tuple[str, str], Incoming] = {}
        for one in wanted:
            if one.number not in self._known:
                self.new.setdefault(one.number, one)
        self.kept: dict[tuple[str, str], Indicator] = {}

    def answers(self) -> list[Receipt]:
        """In the order of the items."""
        return [one if isinstance(one, Receipt) else self._answer(one) for one in self.items]

    def _answer(self, one: Incoming) -> Receipt:
        kept = self.kept.get(one.number) or self._known[one.number]
        if kept.content_digest != one.digest:
            return Receipt(
                Result.REFUSED, code="external_id_reused", message=REUSED, field="external_id"
            )
        if self.new.get(one.number) is not one:
            return Receipt(Result.KNOWN, kept)
        is_merged = kept.state == IndicatorState.MERGED
        return Receipt(Result.MERGED if is_merged else Result.RECEIVED, kept)


def _known(force_id: int, items: Collection[Incoming]) -> dict[tuple[str, str], Indicator]:
    """Those whose number came before. One statement."""
    if not items:
        return {}
    rows = Indicator.objects.filter(
        force_id=force_id,
        source__in={one.source for one in items},
        external_id__in={one.external_id for one in items},
    )
    return {(row.source, row.external_id): row for row in rows}


def _keep(sender: Sender, new: Mapping[tuple[str, str], Incoming], receipts: _Receipts) -> None:
    now = timezone.now()
    deadlines = Deadlines(now)
    suggested = suggestions(sender.force_id, list(new.values()))
    duplicates = Duplicates(sender.force_id, list(new.values()))
    received = []
    for one, people in zip(new.values(), suggested, strict=True):
        row = _row(sender, one, deadlines.by(one.severity))
        if sender.merges and (same := duplicates.of(one)) is not None:
            row.merged_into, row.state = same, IndicatorState.MERGED
        else:
            duplicates.add(one, row)
        receipts.kept[one.number] = row
        received.append(_with_parts(row, one, people))
    keep_indicators(received)


def _row(sender: Sender, one: Incoming, triage_by: dt.datetime) -> Indicator:
    return Indicator(
        force_id=sender.force_id,
        source=one.source,
        external_id=one.external_id,
        code=one.code,
        severity=one.severity,
        source_grade=one.grading.source,
        assessment_grade=one.grading.assessment,
        handling=one.grading.handling,
        handling_conditions=one.grading.conditions,
        sanitised=one.grading.is_sanitised,
        occurred_at=one.occurred_at,
        text=one.text,
        fingerprint=one.fingerprint,
        content_digest=one.digest,
        triage_by=triage_by,
        feed=sender.feed,
        client_label=sender.client_label,
        recorded_by_id=sender.user_id,
    )


def _with_parts(row: Indicator, one: Incoming, suggested: dict[int, list[str]]) -> Received:
    return Received(
        row,
        subjects=[
            IndicatorSubject(
                surname=each.surname,
                forename=each.forename,
                search_key=each.key,
                born_on=each.born_on,
                postcode=each.postcode,
            )
            for each in one.subjects
        ],
        identifiers=[
            IndicatorIdentifier(
                kind=each.kind, service=each.service, value=each.value, key=each.key
            )
            for each in one.numbers
        ],
        references=[
            IndicatorReference(kind=each.kind, value=each.value) for each in one.references
        ],
        suggested=suggested,
    )


def _read(raw: Any, form: SendIndicator, now: dt.datetime) -> Incoming | Receipt:
    try:
        return read(raw, form=form, now=now)
    except Invalid as error:
        return Receipt(Result.REFUSED, code=error.code, message=error.message, field=error.field)
