"""Offers of people between teams: listed, made, looked at, accepted, declined, withdrawn."""

from typing import Any
from uuid import UUID

import orjson
from django.http import HttpResponseBase
from rest_framework.request import Request

from accounts.idempotency import Reply
from accounts.policy import Action
from api.endpoint import Answer, Endpoint, WritingEndpoint
from api.pagination import Cursor
from api.shapes import transfers as shapes
from workflows.actions import transfer_decisions as decisions
from workflows.actions.transfers import offer_transfer, withdraw_transfer
from workflows.queries import transfers as reads
from workflows.steps import transfers as steps


class TransferList(Endpoint):
    """Offers from and to the caller's teams, the newest first; those that wait, unless asked."""

    action = Action.TRANSFER_VIEW
    operation_id = "list_transfers"
    query_shape = shapes.TransferQuery
    answer_shape = shapes.TransferList

    def get(self, request: Request) -> HttpResponseBase:
        limit = self.asked.pop("limit")
        given = self.asked.pop("cursor", "")
        cursor = Cursor(request.path, self.asked)
        after = cursor.read(given)[0] if given else None
        waiting = self.asked["state"] == "waiting"
        page = reads.transfers_page(actor=self.by, waiting=waiting, after=after, limit=limit)
        ids = [str(row.offer.public_id) for row in page.rows]
        self.consult(ids=ids, row_count=len(ids), filters=self.asked)
        shown = {"results": [shapes.transfer(*row) for row in page.rows]}
        return self.show(shown | cursor.links(page.next, limit))


class TransferDetail(Endpoint):
    """One offer: whom it is about, and what accepting it would change."""

    action = Action.TRANSFER_VIEW
    noun = "transfer"
    has_version = True
    operation_id = "get_transfer"
    answer_shape = shapes.TransferDetailAnswer

    def get(self, request: Request, transfer: UUID) -> HttpResponseBase:
        seen = decisions.look_at_transfer(by=self.by, transfer=transfer)
        people = [str(row.offender.public_id) for row in seen.people]
        self.consult(ids=people, row_count=len(people))
        number = reads.number_seen(self.by, seen.offer)
        return self.show(shapes.detail(seen, number), version=seen.offer.version)


class Transferring(WritingEndpoint):
    """What makes or settles an offer. Its answers name nobody."""

    noun = "transfer"
    answer_shape = shapes.TransferAnswer

    def settled(self, status: int = 200, **given: Any) -> HttpResponseBase:
        """The offer that `perform` leaves."""

        def run() -> Answer:
            offer = type(self).perform(by=self.by, **given)
            return Answer(
                shapes.transfer(offer, reads.number_seen(self.by, offer)),
                status=status,
                version=offer.version,
                headers={"Location": shapes.path(offer)} if status == 201 else {},
            )

        return self.write(run)

    def seen_again(self, reply: Reply) -> None:
        """The offer that the kept answer is about. Raises NotVisible."""
        reads.visible(self.by, UUID(orjson.loads(reply.body)["id"]))

    perform: Any


class OfferPeople(Transferring):
    """Offer people of one's team to an officer of another. Nobody moves before it is accepted."""

    action = Action.TRANSFER_OFFER
    operation_id = "offer_transfer"
    body_shape = steps.OfferTransfer
    body_names_records = True
    answer_status = 201
    perform = staticmethod(offer_transfer)

    def post(self, request: Request) -> HttpResponseBase:
        return self.settled(201, **self.sent())


class AcceptOffer(Transferring):
    """Take the people whom another team offers: all of them, or none."""

    action = Action.TRANSFER_DECIDE
    has_version = True
    operation_id = "accept_transfer"
    body_shape = steps.AcceptTransfer
    perform = staticmethod(decisions.accept_transfer)

    def post(self, request: Request, transfer: UUID) -> HttpResponseBase:
        return self.settled(transfer=transfer, version=self.version, **self.sent())


class DeclineOffer(Transferring):
    """Refuse the people whom another team offers, with a reason: they stay where they are."""

    action = Action.TRANSFER_DECIDE
    has_version = True
    operation_id = "decline_transfer"
    body_shape = steps.DeclineTransfer
    perform = staticmethod(decisions.decline_transfer)

    def post(self, request: Request, transfer: UUID) -> HttpResponseBase:
        return self.settled(transfer=transfer, version=self.version, **self.sent())


class WithdrawOffer(Transferring):
    """Take back an offer of one's own team that nobody has decided on."""

    action = Action.TRANSFER_OFFER
    has_version = True
    operation_id = "withdraw_transfer"
    perform = staticmethod(withdraw_transfer)

    def post(self, request: Request, transfer: UUID) -> HttpResponseBase:
        self.sent()
        return self.settled(transfer=transfer, version=self.version)
