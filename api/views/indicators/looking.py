"""Indicators listed and looked at."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from rest_framework.request import Request

from accounts.policy import Action
from api.endpoint import Endpoint
from api.pagination import Cursor
from api.shapes import common
from api.shapes.indicators import decisions, detail, listing, matching
from workflows.queries import indicators as reads
from workflows.queries.triage import triages_of


class IndicatorList(Endpoint):
    """Indicators that the caller may see: those that wait, the first to be triaged first."""

    action = Action.INDICATOR_VIEW
    operation_id = "list_indicators"
    query_shape = listing.IndicatorQuery
    answer_shape = listing.IndicatorList

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
        shown = {
            "results": [listing.row(found, suggested.get(found.pk, [])) for found in page.rows]
        }
        return self.show(shown | cursor.links(page.next, limit))


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
    answer_shape = detail.IndicatorAnswer

    def get(self, request: Request, indicator: UUID) -> HttpResponseBase:
        about = self.seen(indicator)
        self.consult(offender_id=about)
        found = reads.with_parts(self.by, indicator)
        return self.show(detail.answer(found, triages_of(self.by, found)))


class Candidates(OneIndicator):
    """Whom an indicator may be about, of those whom the caller may see, with the reasons."""

    operation_id = "list_candidates"
    answer_shape = matching.MatchCandidates

    def get(self, request: Request, indicator: UUID) -> HttpResponseBase:
        about = self.seen(indicator)
        found = reads.candidates_of(self.by, reads.visible(self.by, indicator))
        ids = [str(match.offender.public_id) for match in found]
        self.consult(ids=ids, row_count=len(ids), offender_id=about)
        return self.show({"results": [matching.candidate(match) for match in found]})


class Decisions(OneIndicator):
    """What was decided about an indicator and by whom, and who may see a restricted one."""

    operation_id = "list_indicator_decisions"
    answer_shape = decisions.DecisionList

    def get(self, request: Request, indicator: UUID) -> HttpResponseBase:
        about = self.seen(indicator)
        found = reads.visible(self.by, indicator)
        rows = decisions.answers(
            reads.decisions_of(self.by, found), reads.settled_about(self.by, found)
        )
        self.consult(row_count=len(rows), offender_id=about)
        named = [common.officer(one) for one in reads.named_users(found)]
        return self.show({"results": rows, "named": named})


def _after(keys: tuple[Any, ...]) -> tuple[Any, ...]:
    """The key that a page goes on after: an instant where it is of what waits, and the row."""
    return keys if len(keys) == 1 else (dt.datetime.fromisoformat(keys[0]), keys[1])
