"""Deliveries of signed feeds that were held: why, how many, and releasing or discarding them."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from accounts.actor import Actor
from accounts.policy import Action, grant
from audit.record import consult
from risk.models import QuarantinedDelivery, Settlement
from ui.views.indicators import to_inbox
from ui.views.page import READ, page, see_other, show
from ui.views.subject_form import Look, SubjectForm
from workflows.actions.indicators.quarantine import (
    discard_delivery,
    look_at_delivery,
    release_delivery,
)
from workflows.queries import indicators as reads
from workflows.queries.cursor import Cursor
from workflows.steps.indicators import TakeBack

#: Rows of a page.
ROWS = 50
#: What holds a delivery, and what would refuse one of its indicators, by code.
REASONS = {
    "signature_wrong": "It is not signed by who knows the secret of the feed",
    "outside_window": "It was signed more than five minutes away from now: it may be a recording",
    "schema_unknown": "It is not written as the feed writes",
    "grading_contradicts": "Its grading contradicts itself",
    "future_date": "It tells of what has not happened yet",
    "too_many": "It brings more than the feed may or usually does",
    "content_refused": "It holds a picture, a film or a file",
    "handling_conditions_missing": "Handling C without its conditions",
    "handling_conditions_not_expected": "Conditions of handling without handling C",
    "in_future": "It has not happened yet",
}
UNSHAPED = "It is not written as an indicator is"


def reason_words(code: str) -> str:
    """Why a delivery is held or one of it would be refused."""
    return REASONS.get(code, UNSHAPED)


@page(Action.DELIVERY_VIEW, *READ)
def held(request: HttpRequest, by: Actor) -> HttpResponse:
    """Those that wait for somebody, newest first; all of them where asked for."""
    which = "all" if request.GET.get("show") == "all" else "waiting"
    cursor = Cursor(reverse("ui:held-deliveries"), {"show": which})
    keys = cursor.read_or_begin(request.GET.get("after", ""))
    found = reads.held_page(
        actor=by, waiting=which == "waiting", after=keys[0] if keys else None, limit=ROWS
    )
    ids = [str(one.public_id) for one in found.rows]
    consult(by=by, action=Action.DELIVERY_VIEW, ids=ids, row_count=len(ids))
    context = {
        "section": "indicators",
        "trail": to_inbox(),
        "which": which,
        "deliveries": [_line(one) for one in found.rows],
        "first_url": reverse("ui:held-deliveries") if keys else "",
        "next_url": f"?show={which}&after={cursor.write(found.next)}" if found.next else "",
    }
    return show(request, "held_deliveries.html", context)


@page(Action.DELIVERY_VIEW, *READ)
def delivery(request: HttpRequest, by: Actor, delivery: UUID) -> HttpResponse:
    """One: reasons and numbers, never what it says; and what releasing it would do."""
    found = look_at_delivery(by=by, delivery=delivery)
    consult(by=by, action=Action.DELIVERY_VIEW, subject=f"delivery:{delivery}")
    waits = not found.held.settlement
    settles = waits and grant(by, Action.DELIVERY_SETTLE) is not None
    context = {
        "section": "indicators",
        "trail": _trail(),
        "delivery": _line(found.held) | {"items": found.items},
        "refused": [
            {"words": reason_words(code), "count": count}
            for code, count in sorted(found.refused.items())
        ],
        "can_be_released": found.can_be_released,
        "release_url": reverse("ui:release-delivery", args=[delivery])
        if settles and found.can_be_released
        else "",
        "discard_url": reverse("ui:discard-delivery", args=[delivery]) if settles else "",
    }
    return show(request, "held_delivery.html", context)


def _line(found: QuarantinedDelivery) -> dict[str, Any]:
    settled = found.settlement
    return {
        "public_id": found.public_id,
        "feed": found.feed.name,
        "sent_by": found.client_label,
        "reasons": [reason_words(code) for code in found.reasons],
        "items": found.items,
        "digest": found.digest,
        "received_at": found.received_at,
        "state": str(Settlement(settled).label) if settled else "Waits for a decision",
        "settled_by": found.settled_by.display_name if found.settled_by else "",
        "settled_at": found.settled_at,
        "settlement_reason": found.settlement_reason,
    }


def _trail() -> list[dict[str, str]]:
    return [*to_inbox(), {"label": "Held deliveries", "url": reverse("ui:held-deliveries")}]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryForm(SubjectForm[QuarantinedDelivery]):
    """What settles one; back on its page once it is sent."""

    keyword: ClassVar[str] = "delivery"
    template: str = "delivery_form.html"
    icon: str = "indicator"

    def find(self, by: Actor, key: UUID) -> QuarantinedDelivery:
        return reads.held(by, key)

    def look(self, found: QuarantinedDelivery) -> Look:
        return Look(subject=f"delivery:{found.public_id}")

    def surrounds(self, by: Actor, found: QuarantinedDelivery) -> dict[str, Any]:
        url = reverse("ui:held-delivery", args=[found.public_id])
        return {
            "section": "indicators",
            "trail": [*_trail(), {"label": found.feed.name, "url": url}],
            "delivery": _line(found),
            "version": None,
            "back": {"url": url, "label": "Back to the delivery"},
        }

    def after(self, by: Actor, key: UUID) -> HttpResponse:
        return see_other("ui:held-delivery", key)


RELEASE = DeliveryForm(
    route="release-delivery",
    shape=TakeBack,
    action=Action.DELIVERY_SETTLE,
    act=release_delivery,
    title="Release the delivery",
    hint="Its indicators are received as they would have been. Those that cannot be kept are "
    "refused one by one.",
    submit="Release",
    said="Released. Its indicators are received.",
)
DISCARD = DeliveryForm(
    route="discard-delivery",
    shape=TakeBack,
    action=Action.DELIVERY_SETTLE,
    act=discard_delivery,
    title="Discard the delivery",
    hint="Nothing of it is received. It is kept, and why.",
    submit="Discard",
    said="Discarded. Nothing of it was received.",
)


@page(RELEASE.action, "GET", "HEAD", "POST")
def release(request: HttpRequest, by: Actor, delivery: UUID) -> HttpResponse:
    """Receiving what was held."""
    return RELEASE.answer(request, by, delivery)


@page(DISCARD.action, "GET", "HEAD", "POST")
def discard(request: HttpRequest, by: Actor, delivery: UUID) -> HttpResponse:
    """Receiving nothing of it."""
    return DISCARD.answer(request, by, delivery)
