"""Deliveries of signed feeds: taken in or held, looked at, released, discarded."""

from typing import Any
from uuid import UUID

import orjson
from django.http import HttpResponseBase
from rest_framework.request import Request

from accounts.idempotency import Reply
from accounts.policy import Action
from api.endpoint import Answer, Endpoint, WritingEndpoint
from api.pagination import Cursor
from api.parsers import SignedParser
from api.shapes import deliveries as shapes
from api.shapes.indicators.receiving import receipt
from workflows.actions.indicators.deliveries import deliver
from workflows.actions.indicators.quarantine import (
    discard_delivery,
    look_at_delivery,
    release_delivery,
)
from workflows.actions.indicators.signatures import Signed
from workflows.queries import indicators as reads
from workflows.steps import indicators as steps


class Deliver(WritingEndpoint):
    """Deliver indicators of a feed, signed as Standard Webhooks has it.

    Webhook-Id, Webhook-Timestamp and Webhook-Signature say who sent it and when. What is not
    signed, late, of another schema, too many, or odd is held whole until a supervisor settles it.
    """

    action = Action.INDICATOR_DELIVER
    noun = "feed"
    operation_id = "deliver_indicators"
    parser_classes = [SignedParser]
    body_shape = steps.DeliverIndicators
    answer_shape = shapes.DeliveredAnswer

    def post(self, request: Request, feed: str) -> HttpResponseBase:
        sent: Any = request.data
        body = sent if isinstance(sent, bytes) else b""
        signed = Signed(
            request.headers.get("Webhook-Id", ""),
            request.headers.get("Webhook-Timestamp", ""),
            request.headers.get("Webhook-Signature", ""),
        )

        def run() -> Answer:
            found = deliver(by=self.by, feed=feed, signed=signed, body=body)
            return Answer(shapes.delivered(found))

        return self.write(run, fingerprint_of=body)


class HeldDeliveries(Endpoint):
    """Deliveries of the force that were held, the newest first; those that wait, unless asked."""

    action = Action.DELIVERY_VIEW
    operation_id = "list_held_deliveries"
    query_shape = shapes.HeldQuery
    answer_shape = shapes.HeldDeliveries

    def get(self, request: Request) -> HttpResponseBase:
        limit = self.asked.pop("limit")
        given = self.asked.pop("cursor", "")
        cursor = Cursor(request.path, self.asked)
        after = cursor.read(given)[0] if given else None
        waiting = self.asked["state"] == shapes.WAITING
        page = reads.held_page(actor=self.by, waiting=waiting, after=after, limit=limit)
        ids = [str(found.public_id) for found in page.rows]
        self.consult(ids=ids, row_count=len(ids), filters=self.asked)
        shown = {"results": [shapes.held(found) for found in page.rows]}
        return self.show(shown | cursor.links(page.next, limit))


class HeldDetail(Endpoint):
    """One held delivery: why, and how many of its indicators would be refused. Not what it says."""

    action = Action.DELIVERY_VIEW
    noun = "delivery"
    operation_id = "get_held_delivery"
    answer_shape = shapes.HeldDeliveryDetail

    def get(self, request: Request, delivery: UUID) -> HttpResponseBase:
        found = look_at_delivery(by=self.by, delivery=delivery)
        self.consult()
        return self.show(shapes.looked(found))


class Settling(WritingEndpoint):
    """What settles a held delivery."""

    action = Action.DELIVERY_SETTLE
    noun = "delivery"
    body_shape = steps.TakeBack
    answer_shape = shapes.SettledAnswer

    def seen_again(self, reply: Reply) -> None:
        """The delivery that the kept answer is about. Raises NotVisible."""
        reads.held(self.by, UUID(orjson.loads(reply.body)["id"]))


class Release(Settling):
    """Receive a held delivery after all. Indicators that cannot be kept are refused one by one."""

    operation_id = "release_delivery"

    def post(self, request: Request, delivery: UUID) -> HttpResponseBase:
        sent = self.sent()

        def run() -> Answer:
            held, receipts = release_delivery(by=self.by, delivery=delivery, **sent)
            return Answer(shapes.held(held) | {"results": [receipt(one) for one in receipts]})

        return self.write(run)


class Discard(Settling):
    """Receive nothing of a held delivery, with a reason. It is kept."""

    operation_id = "discard_delivery"

    def post(self, request: Request, delivery: UUID) -> HttpResponseBase:
        sent = self.sent()

        def run() -> Answer:
            held = discard_delivery(by=self.by, delivery=delivery, **sent)
            return Answer(shapes.held(held) | {"results": []})

        return self.write(run)
