"""Alerts: what the signed-in officer was told, and marking it as read."""

from django.http import HttpResponseBase
from rest_framework.request import Request

from accounts.policy import Action
from api.endpoint import Answer, Endpoint, WritingEndpoint
from api.pagination import Cursor
from api.shapes import alerts as shapes
from workflows.actions import alerts as actions
from workflows.queries.alerts import alerts_page


class AlertList(Endpoint):
    """What the officer was told, newest first."""

    action = Action.ALERT_VIEW
    operation_id = "list_alerts"
    query_shape = shapes.AlertQuery
    answer_shape = shapes.AlertList

    def get(self, request: Request) -> HttpResponseBase:
        limit = self.asked.pop("limit")
        given = self.asked.pop("cursor", "")
        cursor = Cursor(request.path, self.asked)
        after = cursor.read(given)[0] if given else None
        page = alerts_page(actor=self.by, which=self.asked["state"], after=after, limit=limit)
        about = [str(row.alert.offender.public_id) for row in page.rows if row.alert.offender]
        self.consult(ids=about, row_count=len(page.rows), filters=self.asked)
        shown = {"results": [shapes.alert(row) for row in page.rows]}
        return self.show(shown | cursor.links(page.next, limit))


class MarkAlertsSeen(WritingEndpoint):
    """Mark alerts as read."""

    action = Action.ALERT_MARK_SEEN
    operation_id = "mark_alerts_seen"
    body_shape = shapes.MarkSeen
    body_names_records = True
    answer_shape = shapes.MarkedAnswer

    def post(self, request: Request) -> HttpResponseBase:
        alerts = self.sent()["alerts"]

        def run() -> Answer:
            return Answer({"marked": actions.mark_seen(by=self.by, alerts=alerts)})

        return self.write(run)
