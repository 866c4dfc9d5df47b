"""Indicators sent by other systems and written down by officers."""

from uuid import UUID

from django.http import HttpResponseBase
from rest_framework.request import Request

from accounts.policy import Action
from api.endpoint import Answer, WritingEndpoint
from api.parsers import BatchParser
from api.shapes.indicators import matching
from api.shapes.indicators import receiving as shapes
from api.views.about_offender import AboutOffender
from workflows.actions.indicators.receiving import Result, receive, receive_batch
from workflows.actions.indicators.recording import record_about
from workflows.steps import indicators as steps


class Send(WritingEndpoint):
    """Send one indicator. The same again is known; another under its number is refused (409)."""

    action = Action.INDICATOR_SEND
    operation_id = "send_indicator"
    body_shape = steps.SendIndicator
    answer_shape = shapes.ReceiptAnswer
    answer_status = 201

    def post(self, request: Request) -> HttpResponseBase:
        values = self.sent()

        def run() -> Answer:
            receipt = receive(by=self.by, **values)
            status = 200 if receipt.result is Result.KNOWN else 201
            return Answer(shapes.receipt(receipt), status=status)

        return self.write(run)


class SendBatch(WritingEndpoint):
    """Send up to a thousand indicators. Each is received, known, merged or refused by itself."""

    action = Action.INDICATOR_SEND
    operation_id = "send_indicators"
    parser_classes = [BatchParser]
    body_shape = steps.SendBatch
    answer_shape = shapes.ReceiptList

    def post(self, request: Request) -> HttpResponseBase:
        sent = self.sent()

        def run() -> Answer:
            receipts = receive_batch(by=self.by, **sent)
            return Answer({"results": [shapes.receipt(one) for one in receipts]})

        return self.write(run)


class RecordAbout(AboutOffender):
    """Write down an indicator about a person who is known: it is matched with them at once."""

    action = Action.INDICATOR_MATCH
    operation_id = "record_indicator"
    body_shape = steps.RecordAbout
    answer_shape = matching.MatchAnswer
    answer_status = 201

    def post(self, request: Request, offender: UUID) -> HttpResponseBase:
        values = self.sent()

        def run() -> Answer:
            found = record_about(by=self.by, offender=offender, **values)
            return Answer(matching.matched(found), status=201)

        return self.write(run)
