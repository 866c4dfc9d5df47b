"""What the officer was told: visits by colleagues, people who came or went, vetting that ends."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from rest_framework import serializers

from accounts.actor import Actor
from accounts.policy import Action, grant
from audit.record import consult
from ui import words
from ui.views.page import READ, SEND, page, say, see_other, show
from workflows.actions import alerts as actions
from workflows.errors import NotVisible
from workflows.models import Alert
from workflows.queries.alerts import MOVED, Told, Which, alerts_page
from workflows.queries.cursor import Cursor
from workflows.steps.fields import PublicIdField, StrictSerializer

#: Rows of a page.
ROWS = 50

#: The words of the link from an alert to its task, by what it tells.
LEADS: dict[str, str] = {
    Alert.About.WORK_RETURNED: "Read why",
    Alert.About.STEP_OVERDUE: "Open the task",
    Alert.About.INDICATOR_LATE: "Open the task",
}


class Read(StrictSerializer):
    """The alerts that were on the page."""

    alerts = serializers.ListField(child=PublicIdField(), min_length=1, max_length=ROWS)


@page(Action.ALERT_VIEW, *READ)
def alerts(request: HttpRequest, by: Actor) -> HttpResponse:
    """Unread alerts, newest first; all of them where asked for."""
    which: Which = "all" if request.GET.get("show") == "all" else "unseen"
    cursor = Cursor(reverse("ui:alerts"), {"show": which})
    keys = cursor.read_or_begin(request.GET.get("after", ""))
    found = alerts_page(actor=by, which=which, after=keys[0] if keys else None, limit=ROWS)
    about = [str(row.alert.offender.public_id) for row in found.rows if row.alert.offender]
    consult(by=by, action=Action.ALERT_VIEW, ids=about, row_count=len(found.rows))
    later = f"?show={which}&after={cursor.write(found.next)}" if found.next else ""
    context = {
        "section": "tasks",
        "which": which,
        "alerts": [_line(by, row) for row in found.rows],
        "first_url": reverse("ui:alerts") if request.GET.get("after") else "",
        "next_url": later,
    }
    return show(request, "alerts.html", context)


@page(Action.ALERT_MARK_SEEN, *SEND)
def mark_seen(request: HttpRequest, by: Actor) -> HttpResponse:
    """Mark what stood on the page as read. What was told since stays unread."""
    form = Read(data={"alerts": request.POST.getlist("alerts")})
    if not form.is_valid():
        raise NotVisible
    count = actions.mark_seen(by=by, alerts=form.validated_data["alerts"])
    say(request, f"{words.count_words(count, 'alert', 'alerts')} marked as read.")
    return see_other("ui:tasks")


#: What an alert leads to that is no task, by what its subject begins with, and the link's words.
PAGES = {
    "transfer": ("ui:transfer", "Open the offer"),
    "delivery": ("ui:held-delivery", "Open the delivery"),
    "rules": ("ui:rules-version", "Read the change"),
    "indicator": ("ui:indicator", "Open the indicator"),
    MOVED: ("ui:reassigned", "Open the reassignment"),
}


def _leads_to(by: Actor, told: Told) -> dict[str, str]:
    """The offer, the held delivery or the rules that it is about, or the reassignment where the
    reader may open that; empty for anything else."""
    row = told.alert
    kind, about = row.leads_to
    if kind not in PAGES or (kind == MOVED and told.reassignment is None):
        return {"other_url": "", "other_link": ""}
    route, link = PAGES[kind]
    if row.about == Alert.About.FEW_NAMED and grant(by, Action.INDICATOR_RESTRICT) is not None:
        # Whoever may name an officer need not open it.
        route, link = "ui:name-indicator-user", "Name an officer"
    return {"other_url": reverse(route, args=[about]), "other_link": link}


def _line(by: Actor, told: Told) -> dict[str, Any]:
    row, task, _ = told
    person = row.offender
    return {
        "public_id": row.public_id,
        "icon": row.about,
        "words": words.alert_words(
            row.about,
            row.people,
            words.long_day(row.on),
            task.title if task else "",
            is_of_undo=row.is_of_undo,
        ),
        "task_url": reverse("ui:task", args=[task.id]) if task else "",
        "task_link": LEADS.get(row.about, ""),
        **_leads_to(by, told),
        "officer": row.officer.display_name if row.officer else "",
        "told_at": row.told_at,
        "seen": row.seen_at is not None,
        "person": person
        and {
            "public_id": person.public_id,
            "reference": person.source_ref,
            "surname": person.surname,
            "initial": person.forename[:1],
        },
    }
