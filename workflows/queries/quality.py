"""How well cases are managed, by team: dip samples, supervisor reviews, work that came back.

Each share is told with what it is a share of. An inspector's totals count people whose records are
closed to them too; nobody among those is named (PRACTICE 14).
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from accounts.actor import Actor
from accounts.models import Team
from accounts.policy import Action
from accounts.teams import teams_in_reach
from offenders.models import Offender
from workflows.errors import NotVisible
from workflows.models import (
    SUPERVISED,
    CaseReview,
    DipSample,
    DipSampleItem,
    Kind,
    Obligation,
    ReturnedWork,
    Task,
    Visit,
    VisitAttendance,
)
from workflows.queries.case_reviews import whole
from workflows.queries.sql import Page
from workflows.second_person import STEPS

#: The days that are looked at where nobody says which.
USUAL_DAYS = 365


@dataclass(slots=True)
class TeamQuality:
    """One team over some days. `people`: managed today, the denominator of `reviewed`.

    `drawn` in samples in those days, `checked` of them with `grades`; `late`: not checked in time.
    `reviewed`: people with a supervisor's review in those days. `overdue`: reviews that are, since
    `oldest`. `decided` by a second person, `returned` of them. `visits`: made in those days,
    attempts among them; of them a colleague of a partner agency was the second person
    (`with_partner`), or the officer was alone, with authority or without (PRACTICE 11).
    """

    team: Team
    people: int = 0
    drawn: int = 0
    checked: int = 0
    late: int = 0
    grades: Counter[str] = field(default_factory=Counter)
    reviewed: int = 0
    review_grades: Counter[str] = field(default_factory=Counter)
    overdue: int = 0
    oldest: dt.date | None = None
    decided: int = 0
    returned: int = 0
    visits: int = 0
    with_partner: int = 0
    alone_authorised: int = 0
    alone_unauthorised: int = 0


def looked_at(
    today: dt.date, since: dt.date | None, until: dt.date | None
) -> tuple[dt.date, dt.date]:
    """The first and the last day that are looked at: the last USUAL_DAYS where nobody says."""
    return since or today - dt.timedelta(days=USUAL_DAYS), until or today


def teams_of(actor: Actor) -> list[Team]:
    """The teams in which the actor has cases checked, by name."""
    return teams_in_reach(actor, Action.DIP_SAMPLE_VIEW)


def quality(
    *, actor: Actor, today: dt.date, since: dt.date | None = None, until: dt.date | None = None
) -> list[TeamQuality]:
    """Each team of the actor's, by name. Nine statements, however many there are."""
    days = looked_at(today, since, until)
    found = {team.pk: TeamQuality(team) for team in teams_of(actor)}
    seen = Offender.objects.counted(actor, Action.DIP_SAMPLE_VIEW)
    mine = Q(offender__in=seen.values("pk"))
    _count_samples(found, DipSampleItem.objects.filter(mine, drawn_on__range=days))
    _count_late(found, Obligation.objects.filter(mine, closed_at=None, due_on__lt=today))
    reviews = CaseReview.objects.filter(
        mine, kind=CaseReview.Kind.SUPERVISOR_REVIEW, reviewed_on__range=days
    )
    for key, grade, number in reviews.values_list("team", "grade").annotate(Count("pk")):
        if key in found:
            found[key].review_grades[grade] = number
    _count_visits(found, Visit.objects.filter(mine, occurred_on__range=days, voided_at=None))
    returned = ReturnedWork.objects.filter(mine, returned_on__range=days)
    decided = Task.objects.filter(mine, step__in=STEPS, status="DONE", finished__date__range=days)
    for name, rows in {
        "people": seen.managed().values_list("team").annotate(Count("pk")),
        "reviewed": reviews.values_list("team").annotate(Count("offender", distinct=True)),
        "returned": returned.values_list("team").annotate(Count("pk")),
        "decided": decided.values_list("team").annotate(Count("pk")),
    }.items():
        for key, number in rows:
            if key in found:
                setattr(found[key], name, number)
    return list(found.values())


def samples_page(
    *, actor: Actor, today: dt.date, after: int | None = None, limit: int = 50
) -> Page[DipSample]:
    """Samples of the actor's teams, newest first, each with how many were drawn and checked.

    `after` is the `next` of the page before: (key,).
    """
    samples = _with_counts(DipSample.objects.filter(team__in=teams_of(actor)))
    if after is not None:
        samples = samples.filter(pk__lt=after)
    found = list(samples.order_by("-pk")[: limit + 1])
    rows = found[:limit]
    return Page(rows, (rows[-1].pk,) if len(found) > limit else None, today)


def sample(actor: Actor, public_id: UUID) -> DipSample:
    """One sample of the actor's teams. Raises NotVisible."""
    samples = _with_counts(DipSample.objects.filter(team__in=teams_of(actor)))
    found = samples.filter(public_id=public_id).first()
    if found is None:
        raise NotVisible
    return found


def items_of(actor: Actor, found: DipSample) -> list[DipSampleItem]:
    """The people of a sample whom the actor may see, with their checks."""
    items = DipSampleItem.objects.permitted(actor, Action.DIP_SAMPLE_VIEW).filter(sample=found)
    rows = list(items.select_related("offender", "checker", "offender_manager").order_by("pk"))
    reviews = whole(CaseReview.objects.filter(sample_item__in=rows))
    by_key = {review.pk: review for review in reviews}
    for item in rows:
        item.review = by_key.get(item.review_id) if item.review_id else None
    return rows


def tasks_of(items: list[DipSampleItem]) -> dict[int, UUID]:
    """The open task of each item that nobody has checked, by the item's key."""
    abouts = {item.about: item.pk for item in items if item.checked_on is None}
    tasks = Task.objects.open().filter(
        kind=Kind.DIP_SAMPLE,
        offender__in=[item.offender_id for item in items],
        process__obligation__about__in=list(abouts),
    )
    named = tasks.values_list("process__obligation__about", "public_id")
    return {abouts[about]: public_id for about, public_id in named}


def _with_counts(samples: QuerySet[DipSample]) -> QuerySet[DipSample]:
    checked = Count("items", filter=Q(items__checked_on__isnull=False))
    return samples.select_related("team", "officer", "drawn_by").annotate(
        drawn=Count("items"), checked=checked
    )


def _count_samples(found: dict[int, TeamQuality], items: QuerySet[DipSampleItem]) -> None:
    counted = items.values_list("sample__team", "review__grade").annotate(Count("pk"))
    for key, grade, number in counted:
        if key in found:
            found[key].drawn += number
            if grade:
                found[key].checked += number
                found[key].grades[grade] += number


def _count_late(found: dict[int, TeamQuality], late: QuerySet[Obligation]) -> None:
    counted = late.filter(kind__in=SUPERVISED).values_list("offender__team", "kind")
    for key, kind, number, oldest in counted.annotate(Count("pk"), Min("due_on")):
        if kind == Kind.DIP_SAMPLE:
            found[key].late = number
        else:
            found[key].overdue, found[key].oldest = number, oldest


def _count_visits(found: dict[int, TeamQuality], made: QuerySet[Visit]) -> None:
    """Of visits recorded here: what was taken over does not say who was there.

    A visit counts with the team that has the person today.
    """
    there = VisitAttendance.objects.filter(visit=OuterRef("pk"), user__isnull=False)
    several = there.order_by().values("visit").annotate(count=Count("pk")).filter(count__gt=1)
    visits = made.filter(origin=Visit.Origin.RECORDED).alias(has_several=Exists(several))
    counted = (
        visits.order_by()
        .values_list("offender__team")
        .annotate(
            Count("pk"),
            with_partner=Count("pk", filter=Q(partner_agency_present=True, has_several=False)),
            authorised=Count("pk", filter=Q(lone=True, lone_authorised=True)),
            unauthorised=Count("pk", filter=Q(lone=True, lone_authorised=False)),
        )
    )
    for key, number, with_partner, authorised, unauthorised in counted:
        if key in found:
            found[key].visits, found[key].with_partner = number, with_partner
            found[key].alone_authorised = authorised
            found[key].alone_unauthorised = unauthorised
