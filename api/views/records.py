"""One person's record: what happened with them, kind by kind, newest first."""

from functools import partial
from uuid import UUID

from django.http import HttpResponseBase
from rest_framework.request import Request

from accounts.policy import Action, Redaction
from api import plan
from api.endpoint import Endpoint
from api.pagination import Cursor
from api.shapes import assessments
from api.shapes import risk_history as history_shapes
from api.shapes import timeline as timeline_shapes
from api.shapes import visits as visit_shapes
from api.shapes.plans import PlanList
from api.views.dated import DatedList
from offenders.models import Offender
from workflows.queries import person as people
from workflows.queries import visits
from workflows.queries.assessed import assessments_page
from workflows.queries.plan import versions_page
from workflows.queries.risk_history import risk_history
from workflows.queries.timeline import timeline_page


class WholeRecord(Endpoint):
    """A look at what somebody's record holds beside the short card."""

    action = Action.OFFENDER_VIEW
    is_beyond_card = True

    @property
    def shows_text(self) -> bool:
        """Whether the caller reads what somebody typed, which may hold an address."""
        return self.grant.redaction is Redaction.NONE


class OfPerson(WholeRecord, DatedList):
    """Rows about one person, page by page."""

    noun = "offender"

    def person(self, offender: UUID) -> Offender:
        """The person, whom the caller sees, with a reason where one is needed."""
        found = people.visible(self.by, offender)
        self.need_reason(team_id=found.team_id)
        return found


class VisitsOfPerson(OfPerson):
    """Every visit to one person and every attempt, the void ones among them, newest first."""

    operation_id = "list_visits"
    answer_shape = visit_shapes.VisitList

    def get(self, request: Request, offender: UUID) -> HttpResponseBase:
        found = self.person(offender)
        return self.dated_page(
            request,
            partial(visits.visits_page, found),
            partial(visit_shapes.visit_row, shows_text=self.shows_text),
            offender_id=found.pk,
        )


class TimelineOfPerson(OfPerson):
    """What happened with one person, newest first: the timeline of the person's page."""

    operation_id = "get_timeline"
    answer_shape = timeline_shapes.Timeline

    def get(self, request: Request, offender: UUID) -> HttpResponseBase:
        found = self.person(offender)
        limit = self.asked.pop("limit")
        given = self.asked.pop("cursor", "")
        cursor = Cursor(request.path, self.asked)
        page = timeline_page(
            self.by, found, after=cursor.read(given) if given else None, limit=limit
        )
        self.consult(offender_id=found.pk, row_count=len(page.rows))
        rows = [timeline_shapes.entry(one, shows_text=self.shows_text) for one in page.rows]
        return self.show({"results": rows} | cursor.links(page.next, limit))


class RiskHistoryOfPerson(OfPerson):
    """Every decision on one person's level, assessments, scores, plan and indicators."""

    operation_id = "get_risk_history"
    answer_shape = history_shapes.RiskHistory

    def get(self, request: Request, offender: UUID) -> HttpResponseBase:
        found = self.person(offender)
        limit = self.asked.pop("limit")
        given = self.asked.pop("cursor", "")
        cursor = Cursor(request.path, self.asked)
        after = cursor.read(given) if given else None
        page = risk_history(actor=self.by, person=found, after=after, limit=limit)
        self.consult(offender_id=found.pk, row_count=len(page.rows))
        rows = [history_shapes.decision(one, shows_text=self.shows_text) for one in page.rows]
        return self.show({"results": rows} | cursor.links(page.next, limit))


class PlansOfPerson(OfPerson):
    """Every version of one person's risk management plan, newest first, and what became of it."""

    operation_id = "list_plans"
    answer_shape = PlanList

    def get(self, request: Request, offender: UUID) -> HttpResponseBase:
        found = self.person(offender)
        shows_work = self.shows_text and people.shows_work(self.by, found)
        return self.dated_page(
            request,
            partial(versions_page, found),
            partial(plan.version, shows_text=self.shows_text, shows_work=shows_work),
            offender_id=found.pk,
        )


class AssessmentsOfPerson(OfPerson):
    """Every assessment of one person, newest first, with its factors and what was decided on it."""

    operation_id = "list_assessments"
    answer_shape = assessments.AssessmentList

    def get(self, request: Request, offender: UUID) -> HttpResponseBase:
        found = self.person(offender)
        shows_work = self.shows_text and people.shows_work(self.by, found)
        return self.dated_page(
            request,
            partial(assessments_page, found),
            partial(assessments.whole, shows_work=shows_work),
            offender_id=found.pk,
        )


class VisitDetail(WholeRecord):
    """One visit whole: who was there, its preparation, its write-ups and its reviews."""

    noun = "visit"
    operation_id = "get_visit"
    answer_shape = visit_shapes.VisitWhole

    def get(self, request: Request, visit: UUID) -> HttpResponseBase:
        found = visits.visible(self.by, visit)
        self.need_reason(team_id=found.offender.team_id)
        self.consult(offender_id=found.offender_id)
        is_whole = self.shows_text and people.shows_work(self.by, found.offender)
        work = visits.with_work(found) if is_whole else None
        return self.show(visit_shapes.visit_whole(found, work, shows_text=self.shows_text))
