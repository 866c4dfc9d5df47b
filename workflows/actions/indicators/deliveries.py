"""Deliveries of signed feeds: received whole, or held until a supervisor has looked.

Whatever is odd about one holds all of it, and nothing else changes: a feed that somebody else
writes to must neither make a person urgent nor bury another.
"""

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

import audit.record as audit
from accounts import policy
from accounts.actor import Actor
from accounts.policy import Action
from audit.models import Operation
from risk.contraband import is_contraband
from risk.models import Indicator, IndicatorFeed, QuarantinedDelivery
from workflows.actions.alerts import tell
from workflows.actions.indicators.reading import Incoming
from workflows.actions.indicators.receiving import (
    Receipt,
    Sender,
    read_all,
    record,
    take_in,
)
from workflows.actions.indicators.signatures import Signed, fault
from workflows.actions.indicators.volumes import is_too_many
from workflows.actions.locking import lock_force
from workflows.actions.ranks import seniors_of
from workflows.errors import NotVisible
from workflows.models import Alert
from workflows.steps.indicators import MOST_ITEMS
from workflows.strict_json import NotJSON, loads

#: What a refusal of one indicator says of the delivery; any other is a change of its shape.
_REASONS = {
    "handling_conditions_missing": "grading_contradicts",
    "handling_conditions_not_expected": "grading_contradicts",
    "in_future": "future_date",
    "content_refused": "content_refused",
}
DRIFT = "schema_unknown"
#: Bodies that nobody signed are kept while so few wait: a flood must not fill the disk.
MOST_UNSIGNED = 100


@dataclass(frozen=True)
class Delivery:
    """A body as it came from a feed, and what can be read of it."""

    feed: IndicatorFeed
    body: bytes

    @cached_property
    def text(self) -> str | None:
        """The body in UTF-8; None where it is not, or holds what no database keeps."""
        try:
            text = self.body.decode()
        except UnicodeDecodeError:
            return None
        return None if "\0" in text else text

    @cached_property
    def envelope(self) -> Mapping[str, Any] | None:
        """The whole document: None where it is no JSON, or another version of the schema."""
        try:
            document = loads(self.body)
        except NotJSON:
            return None
        wanted = {"schema_version", "indicators"}
        if not isinstance(document, dict) or document.keys() != wanted:
            return None
        is_ours = document["schema_version"] == self.feed.schema_version
        items = document["indicators"]
        is_list = isinstance(items, list) and 0 < len(items) <= MOST_ITEMS
        return document if is_ours and is_list else None

    @cached_property
    def items(self) -> list[Incoming | Receipt]:
        """Each as it can be kept, or the receipt that refuses it. They come from the feed alone."""
        if self.envelope is None:
            return []
        source = self.feed.source
        return read_all(
            [
                {"source": source} | item if isinstance(item, dict) else item
                for item in self.envelope["indicators"]
            ]
        )

    def reasons(self, *, now: dt.datetime) -> list[str]:
        """Why it is held, by stable codes; none where all of it can be received."""
        if self.envelope is None:
            return [DRIFT]
        found = [_REASONS.get(one.code, DRIFT) for one in self.items if isinstance(one, Receipt)]
        sound = [one for one in self.items if isinstance(one, Incoming)]
        if any(one.source != self.feed.source for one in sound):
            found.append(DRIFT)
        if is_too_many(self.feed, len(sound) - self._known(sound), now=now):
            found.append("too_many")
        return sorted(set(found))

    def _known(self, sound: Sequence[Incoming]) -> int:
        """How many were received before: a delivery that is sent again brings nothing."""
        numbers = {one.external_id for one in sound}
        return Indicator.objects.filter(
            force=self.feed.force_id, source=self.feed.source, external_id__in=numbers
        ).count()


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of a delivery: its receipts, or what holds it."""

    receipts: Sequence[Receipt] = field(default_factory=tuple)
    held: QuarantinedDelivery | None = None


@transaction.atomic
def deliver(*, by: Actor, feed: str, signed: Signed, body: bytes) -> Delivered:
    """Take in a delivery of the feed with that name, or hold it.

    Safe to send twice. Raises NotVisible where the force has no such feed, NotPermitted.
    """
    policy.require(by, Action.INDICATOR_DELIVER)
    sender = Sender.of(by)
    found = IndicatorFeed.objects.filter(
        force_id=sender.force_id, name=feed, is_active=True
    ).first()
    if found is None:
        raise NotVisible
    delivery, now = Delivery(found, body), timezone.now()
    unsigned = fault(signed, body, secrets=_secrets(found.name), now=now)
    # What is not signed is not read.
    if reasons := [unsigned] if unsigned else delivery.reasons(now=now):
        return Delivered(held=_hold(by, sender, delivery, reasons, is_read=not unsigned))
    receipts = take_in(sender.of_feed(found, by.label), delivery.items)
    record(by, Action.INDICATOR_DELIVER, receipts, subject=f"feed:{found.name}")
    return Delivered(receipts)


def _secrets(name: str) -> list[str]:
    secrets: Mapping[str, list[str]] = settings.INDICATOR_FEED_SECRETS
    return secrets.get(name, [])


def _hold(
    by: Actor, sender: Sender, delivery: Delivery, reasons: list[str], *, is_read: bool
) -> QuarantinedDelivery:
    """Keep it aside and tell supervisors and inspectors, once for the same bytes."""
    lock_force(sender.force_id)
    digest = hashlib.sha256(delivery.body).hexdigest()
    waiting = delivery.feed.held.filter(digest=digest, settlement="").first()
    if waiting is not None:
        held = waiting
    else:
        held = _kept(by, delivery, reasons, digest, is_read=is_read)
        _tell(held)
    audit.record(
        by=by,
        action=Action.INDICATOR_DELIVER,
        operation=Operation.COLLECTION,
        subject=f"delivery:{held.public_id}",
        payload={"held_for": held.reasons},
    )
    return held


def _kept(
    by: Actor, delivery: Delivery, reasons: list[str], digest: str, *, is_read: bool
) -> QuarantinedDelivery:
    text = delivery.text
    # Pictures are not kept here either, whoever sent them.
    if text is not None and is_contraband(text):
        text, reasons = None, sorted({*reasons, "content_refused"})
    if not is_read and delivery.feed.held.filter(settlement="").count() >= MOST_UNSIGNED:
        text = None
    items = len(delivery.items) if is_read and delivery.envelope else None
    return QuarantinedDelivery.objects.create(
        feed=delivery.feed,
        reasons=reasons,
        digest=digest,
        body=text,
        items=items,
        client_label=by.label,
    )


def _tell(held: QuarantinedDelivery) -> None:
    day = timezone.localdate()
    force = held.feed.force_id
    tell(
        Alert(
            to=senior,
            about=Alert.About.DELIVERY_HELD,
            subject=f"delivery:{held.public_id}",
            on=day,
        )
        for senior in seniors_of({force}, day)[force]
    )
