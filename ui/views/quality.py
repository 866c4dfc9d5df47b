"""Reviews and samples: how well cases are managed by team, samples, and directions given."""

import datetime as dt
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from rest_framework import serializers

from accounts.actor import Actor
from accounts.policy import Action
from audit.record import consult
from ui import forms, posting
from ui.views.page import READ, page, person_line, see_other, show, trail
from ui.views.review_parts import action_line, review_line
from ui.views.sending import send
from workflows.actions.dip_samples import draw_sample
from workflows.models import CaseReview, DipSample, DipSampleItem
from workflows.queries import quality as reads
from workflows.queries.case_reviews import directions_given
from workflows.steps import DrawSample

#: Samples shown, newest first; the API has them all.
SAMPLES = 20


@page(Action.DIP_SAMPLE_VIEW, *READ)
def quality(request: HttpRequest, by: Actor) -> HttpResponse:
    """The last twelve months by team, each count beside what it is a part of."""
    today = timezone.localdate()
    teams = reads.quality(actor=by, today=today)
    samples = reads.samples_page(actor=by, today=today, limit=SAMPLES).rows
    directions = directions_given(by)
    about = [str(action.offender.public_id) for action in directions]
    consult(by=by, action=Action.DIP_SAMPLE_VIEW, ids=about, row_count=len(about))
    context = {
        "section": "endorse",
        "teams": [_team_line(team, today) for team in teams],
        "samples": [_sample_line(sample) for sample in samples],
        "directions": [
            action_line(action) | {"person": person_line(action.offender)} for action in directions
        ],
    }
    return show(request, "quality.html", context)


@page(Action.DIP_SAMPLE_DRAW, "GET", "HEAD", "POST")
def draw(request: HttpRequest, by: Actor) -> HttpResponse:
    """The form of a sample, and drawing it."""
    shape = _shape(by)
    if request.method != "POST":
        return _drawing(request, by, shape())
    form = shape(data=forms.read(request.POST, shape))
    if not form.is_valid():
        return _drawing(request, by, form, status=400)

    def run() -> HttpResponse:
        values = form.validated_data | {"team": UUID(str(form.validated_data["team"]))}
        made = draw_sample(by=by, **values)
        return see_other("ui:sample", made.public_id)

    shown = partial(_drawing, request, by, form)
    said = "Sample drawn. Each person is a task of the checker."
    return send(request, by, run, shown=shown, said=said, action=Action.DIP_SAMPLE_DRAW)


@page(Action.DIP_SAMPLE_VIEW, *READ)
def sample(request: HttpRequest, by: Actor, sample: UUID) -> HttpResponse:
    """One sample: whom the viewer may see of it, and what was found."""
    found = reads.sample(by, sample)
    items = reads.items_of(by, found)
    tasks = reads.tasks_of(items)
    about = [str(item.offender.public_id) for item in items]
    consult(
        by=by,
        action=Action.DIP_SAMPLE_VIEW,
        subject=f"dip_sample:{sample}",
        ids=about,
        row_count=len(items),
    )
    context = {
        "section": "endorse",
        "trail": trail(("Reviews and samples", reverse("ui:quality"))),
        "sample": _sample_line(found) | {"seed": found.seed},
        "items": [_item_line(item, tasks.get(item.pk)) for item in items],
        "hidden": _sample_line(found)["drawn"] - len(items),
    }
    return show(request, "sample.html", context)


def _shape(by: Actor) -> type[DrawSample]:
    """The form with the viewer's teams to choose from."""

    class DrawSampleOf(DrawSample):
        team = serializers.ChoiceField(  # type: ignore[assignment]  # a page has names to choose from
            label="Team",
            choices=[(str(team.public_id), team.name) for team in reads.teams_of(by)],
            error_messages={"required": "Choose the team"},
        )

    return DrawSampleOf


def _drawing(
    request: HttpRequest,
    by: Actor,
    form: serializers.Serializer,
    *,
    refusals: dict[str, list[str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    consult(by=by, action=Action.DIP_SAMPLE_DRAW)
    context = {
        "section": "endorse",
        "trail": trail(("Reviews and samples", reverse("ui:quality"))),
        "form": form,
        "refusals": refusals or {},
        "key": posting.new_key(),
    }
    return show(request, "sample_draw.html", context, status=status)


def _team_line(found: reads.TeamQuality, today: dt.date) -> dict[str, Any]:
    oldest = (today - found.oldest).days if found.oldest else 0
    return {
        "name": found.team.name,
        "people": found.people,
        "reviewed": found.reviewed,
        "overdue": found.overdue,
        "oldest": f"{oldest} days" if found.overdue else "",
        "drawn": found.drawn,
        "checked": found.checked,
        "late": found.late,
        "grades": [found.grades[grade] for grade in CaseReview.Grade.values],
        "decided": found.decided,
        "returned": found.returned,
        "visits": found.visits,
        "with_partner": found.with_partner,
        "alone_authorised": found.alone_authorised,
        "alone_unauthorised": found.alone_unauthorised,
    }


def _sample_line(found: DipSample) -> dict[str, Any]:
    return {
        "public_id": found.public_id,
        "on": found.drawn_on,
        "of": found.officer.display_name if found.officer else found.team.name,
        "by": found.drawn_by.display_name,
        "drawn": getattr(found, "drawn", 0),
        "checked": getattr(found, "checked", 0),
    }


def _item_line(item: DipSampleItem, task: UUID | None) -> dict[str, Any]:
    return {
        "person": person_line(item.offender),
        "checker": item.checker.display_name,
        "manager": item.offender_manager.display_name if item.offender_manager else "Nobody",
        "task": task,
        "review": review_line(item.review) if item.review else None,
    }
