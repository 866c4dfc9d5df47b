"""Indicators of online risk: sent, listed, looked at, and said whom they are about."""

import datetime as dt
from typing import Any
from uuid import UUID

import orjson
from django.http import HttpResponseBase
from rest_framework.request import Request
from rest_framework.serializers import Serializer

from accounts.idempotency import Reply
from accounts.policy import Action
from api.endpoint import Answer, Endpoint, WritingEndpoint
from api.pagination import Cursor
from api.parsers import BatchParser
from api.shapes import common
from api.shapes import indicators as shapes
from api.views.about_offender import AboutOffender
from risk.models import Indicator
from workflows.actions.indicators import matching, restricting
from workflows.actions.indicators.receiving import Result, receive, receive_batch
from workflows.actions.indicators.recording import record_about
from workflows.actions.indicators.retracting import retract
from workflows.queries import indicators as reads
from workflows.queries.triage import triages_of
from workflows.steps import indicators as steps


class IndicatorList(Endpoint):
    """Indicators that the caller may see: those that wait, the first to be triaged first."""

    action = Action.INDICATOR_VIEW
    operation_id = "list_indicators"
    query_shape = shapes.IndicatorQuery
    answer_shape = shapes.IndicatorList

    def get(self, request: Request) -> HttpResponseBase:
        limit = self.asked.pop("limit")
        given = self.asked.pop("cursor", "")
        cursor = Cursor(request.path, self.asked)
        after = _after(cursor.read(given)) if given else None
        wanted = reads.Wanted(**self.asked)
        page = reads.indicators_page(actor=self.by, wanted=wanted, after=after, limit=limit)
        ids = [str(found.public_id) for found in page.rows]
        self.consult(
            ids=ids,
            row_count=len(ids),
            filters={name: str(value) for name, value in self.asked.items()},
        )
        suggested = reads.suggested_of(self.by, page.rows)
        shown = {"results": [shapes.row(found, suggested.get(found.pk, [])) for found in page.rows]}
        return self.show(shown | cursor.links(page.next, limit))


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
    answer_shape = shapes.MatchAnswer
    answer_status = 201

    def post(self, request: Request, offender: UUID) -> HttpResponseBase:
        values = self.sent()

        def run() -> Answer:
            found = record_about(by=self.by, offender=offender, **values)
            return Answer(shapes.matched(found), status=201)

        return self.write(run)


class OneIndicator(Endpoint):
    """A look at one indicator, with a reason where its person is beyond the caller's team."""

    action = Action.INDICATOR_VIEW
    noun = "indicator"

    def seen(self, indicator: UUID) -> int | None:
        """Whom it is about. Raises NotVisible, ReasonRequired."""
        found = reads.visible(self.by, indicator)
        if found.offender is not None:
            self.need_reason(team_id=found.offender.team_id)
        return found.offender_id


class IndicatorDetail(OneIndicator):
    """One indicator: first how it may be handled, then what it says."""

    operation_id = "get_indicator"
    answer_shape = shapes.IndicatorAnswer

    def get(self, request: Request, indicator: UUID) -> HttpResponseBase:
        about = self.seen(indicator)
        self.consult(offender_id=about)
        found = reads.with_parts(self.by, indicator)
        return self.show(shapes.detail(found, triages_of(self.by, found)))


class Candidates(OneIndicator):
    """Whom an indicator may be about, of those whom the caller may see, with the reasons."""

    operation_id = "list_candidates"
    answer_shape = shapes.MatchCandidates

    def get(self, request: Request, indicator: UUID) -> HttpResponseBase:
        about = self.seen(indicator)
        found = reads.candidates_of(self.by, reads.visible(self.by, indicator))
        ids = [str(match.offender.public_id) for match in found]
        self.consult(ids=ids, row_count=len(ids), offender_id=about)
        return self.show({"results": [shapes.candidate(match) for match in found]})


class Deciding(WritingEndpoint):
    """What says whom an indicator is about, or takes it back."""

    noun = "indicator"
    answer_shape = shapes.MatchAnswer

    def decided(self, **given: Any) -> HttpResponseBase:
        """The indicator that `perform` leaves."""

        def run() -> Answer:
            return Answer(shapes.matched(type(self).perform(by=self.by, **given)))

        return self.write(run)

    def seen_again(self, reply: Reply) -> int | None:
        """Whom it is about now. Raises NotVisible where the caller sees it no more."""
        return reads.visible(self.by, UUID(orjson.loads(reply.body)["id"])).offender_id

    perform: Any


class ConfirmMatch(Deciding):
    """Say that an indicator is about a person, who need not have been suggested."""

    action = Action.INDICATOR_MATCH
    operation_id = "confirm_match"
    body_shape = steps.ConfirmMatch
    body_names_records = True
    perform = staticmethod(matching.confirm_match)

    def post(self, request: Request, indicator: UUID) -> HttpResponseBase:
        return self.decided(indicator=indicator, **self.sent())


class RejectMatch(Deciding):
    """Say that an indicator is not about a person who was suggested. It is remembered."""

    action = Action.INDICATOR_MATCH
    operation_id = "reject_match"
    body_shape = steps.RejectMatch
    body_names_records = True
    perform = staticmethod(matching.reject_match)

    def post(self, request: Request, indicator: UUID) -> HttpResponseBase:
        return self.decided(indicator=indicator, **self.sent())


class Unmatch(Deciding):
    """Take back that an indicator is about a person, with a reason, before it is triaged."""

    action = Action.INDICATOR_UNMATCH
    operation_id = "unmatch_indicator"
    body_shape = steps.TakeBack
    perform = staticmethod(matching.unmatch)

    def post(self, request: Request, indicator: UUID) -> HttpResponseBase:
        return self.decided(indicator=indicator, **self.sent())


class UndoMerge(Deciding):
    """Let an indicator that was merged into another stand for itself again, with a reason."""

    action = Action.INDICATOR_UNMATCH
    operation_id = "undo_merge"
    body_shape = steps.TakeBack
    perform = staticmethod(matching.undo_merge)

    def post(self, request: Request, indicator: UUID) -> HttpResponseBase:
        return self.decided(indicator=indicator, **self.sent())


class Decisions(OneIndicator):
    """What was decided about an indicator and by whom, and who may see a restricted one."""

    operation_id = "list_indicator_decisions"
    answer_shape = shapes.DecisionList

    def get(self, request: Request, indicator: UUID) -> HttpResponseBase:
        about = self.seen(indicator)
        found = reads.visible(self.by, indicator)
        rows = shapes.decisions(
            reads.decisions_of(self.by, found), reads.settled_about(self.by, found)
        )
        self.consult(row_count=len(rows), offender_id=about)
        named = [common.officer(one) for one in reads.named_users(found)]
        return self.show({"results": rows, "named": named})


class Settling(WritingEndpoint):
    """What says who may see an indicator, or takes it back."""

    noun = "indicator"
    answer_shape: type[Serializer] = shapes.StandsAnswer
    action = Action.INDICATOR_RESTRICT

    def post(self, request: Request, indicator: UUID) -> HttpResponseBase:
        given = self.sent()

        def run() -> Answer:
            found = type(self).perform(by=self.by, indicator=indicator, **given)
            return Answer(self.told(found))

        return self.write(run)

    def told(self, found: Indicator) -> dict[str, Any]:
        """What the caller is answered."""
        return shapes.stands(found)

    def seen_again(self, reply: Reply) -> int | None:
        """Whom it is about now. Raises NotVisible where the caller sees it no more."""
        return reads.visible(self.by, UUID(orjson.loads(reply.body)["id"])).offender_id

    perform: Any


class Restrict(Settling):
    """Leave an indicator to named officers, and to whoever restricts it."""

    operation_id = "restrict_indicator"
    body_shape = steps.RestrictIndicator
    body_names_records = True
    perform = staticmethod(restricting.restrict_indicator)


class KeepSecret(Settling):
    """Have nobody but named officers know of it, and give it to a supervisor by name."""

    action = Action.INDICATOR_KEEP_SECRET
    operation_id = "keep_indicator_secret"
    body_shape = steps.KeepSecret
    body_names_records = True
    perform = staticmethod(restricting.keep_secret)


class NameUser(Settling):
    """Let another officer see a restricted indicator.

    An inspector may without opening it, where too few of the named officers can.
    """

    operation_id = "name_indicator_user"
    body_shape = steps.NameUser
    answer_shape = shapes.NamedAnswer
    body_names_records = True
    perform = staticmethod(restricting.name_user)

    def told(self, found: Indicator) -> dict[str, Any]:
        """Nothing of what the caller may not open."""
        return shapes.named(found)

    def seen_again(self, reply: Reply) -> int | None:
        """Nothing of it is read back."""
        return None


class UnnameUser(Settling):
    """Let an officer see a restricted indicator no more."""

    operation_id = "unname_indicator_user"
    body_shape = steps.NameUser
    body_names_records = True
    perform = staticmethod(restricting.unname_user)


class LiftRestriction(Settling):
    """Open a restricted indicator to whoever may see it by the table."""

    operation_id = "lift_indicator_restriction"
    body_shape = steps.TakeBack
    perform = staticmethod(restricting.lift_restriction)


class Retract(Settling):
    """Take an indicator back: what one sent oneself, as a system or as an officer."""

    action = Action.INDICATOR_RETRACT
    operation_id = "retract_indicator"
    body_shape = steps.TakeBack
    answer_shape = shapes.RetractedAnswer
    perform = staticmethod(retract)

    def told(self, found: Indicator) -> dict[str, Any]:
        """Not that it is restricted or secret: the system that sent it may not know."""
        return shapes.retracted(found)

    def seen_again(self, reply: Reply) -> int | None:
        """Another system reads nothing back but that it was done."""
        return None if self.by.kind == "client" else super().seen_again(reply)


def _after(keys: tuple[Any, ...]) -> tuple[Any, ...]:
    """The key that a page goes on after: an instant where it is of what waits, and the row."""
    return keys if len(keys) == 1 else (dt.datetime.fromisoformat(keys[0]), keys[1])
