"""Visits of one person page by page, one visit whole, and what a visit in a list leads to."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from accounts.actor import Actor
from accounts.policy import Action
from offenders.models import Offender
from workflows.errors import NotVisible
from workflows.models import (
    PreparationStaff,
    Task,
    Visit,
    VisitAttendance,
    VisitReview,
    VisitWriteUp,
)
from workflows.queries.paging import newest_first
from workflows.queries.sql import Page
from workflows.queries.write_up import WRITE_UP_ROWS
from workflows.querysets import KEPT_STEP


def visits_page(
    person: Offender, *, after: Sequence[Any] | None = None, limit: int = 50
) -> Page[Visit]:
    """Visits and attempts, the void ones among them, newest first. Two statements.

    The caller has found the person in a `permitted` list.
    """
    visits = person.visits.select_related("recorded_by", "voided_by")
    return newest_first(
        visits.prefetch_related(_attended()), "occurred_on", after=after, limit=limit
    )


def visible(actor: Actor, visit: UUID) -> Visit:
    """The visit with its person and who was there. Raises NotVisible."""
    seen = Visit.objects.permitted(actor, Action.OFFENDER_VIEW).filter(public_id=visit)
    people = seen.select_related("offender__team", "recorded_by", "voided_by")
    found = people.prefetch_related(_attended()).first()
    if found is None:
        raise NotVisible
    return found


def with_work(visit: Visit) -> Visit:
    """The visit with what was prepared, written up and reviewed. As many reads for any of them."""
    staff = Prefetch("preparation__staff", PreparationStaff.objects.select_related("user"))
    write_ups = VisitWriteUp.objects.select_related("written_by").order_by("pk")
    reviews = VisitReview.objects.select_related("reviewed_by", "reviewed_for").order_by("pk")
    rows = Visit.objects.select_related(
        "preparation__prepared_by",
        "lone_authority__officer",
        "lone_authority__authorised_by",
        "lone_authority__authorised_for",
    )
    return rows.prefetch_related(
        staff,
        "preparation__purposes",
        "preparation__checks",
        Prefetch("write_ups", write_ups.prefetch_related(*WRITE_UP_ROWS)),
        Prefetch("reviews", reviews),
    ).get(pk=visit.pk)


def write_ups_of(actor: Actor, visits: Iterable[Visit]) -> dict[int, Task]:
    """The newest write-up of each visit that has one, by the visit's key. One read.

    Open or done, and only where the actor may see it. Attempts that failed are not written up, and
    what was cancelled with a void is left out.
    """
    effective = [
        visit.pk
        for visit in visits
        if visit.outcome == Visit.Outcome.EFFECTIVE and visit.process_id is not None
    ]
    if not effective:
        return {}
    seen = Task.objects.permitted(actor, Action.TASK_VIEW).filter(flow_task_type="HUMAN")
    written = seen.filter(visit__in=effective, step=KEPT_STEP).exclude(status="CANCELED")
    return {task.visit_id: task for task in written.order_by("pk")}


def _attended() -> Prefetch:
    return Prefetch("attendances", VisitAttendance.objects.select_related("user").order_by("pk"))
