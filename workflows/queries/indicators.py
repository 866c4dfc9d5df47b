"""Indicators of online risk: listed by the deadline of their triage, and whom they may mean."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from accounts.actor import Actor
from accounts.models import User
from accounts.policy import Action
from offenders.models import Offender
from risk.models import (
    WAITING,
    Decided,
    Indicator,
    IndicatorAccess,
    IndicatorDecision,
    IndicatorReference,
    Match,
    MatchDecision,
    MatchState,
    QuarantinedDelivery,
)
from workflows.errors import NotVisible
from workflows.models import Task
from workflows.queries.sql import Page

#: In the place of a state: every indicator, whatever became of it.
EVERY_STATE = "all"
#: The most that is counted of what waits.
MOST_COUNTED = 99


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which of the indicators that an actor may see are asked for.

    `state` None: those waiting; EVERY_STATE: all of them.
    """

    state: str | None = None
    severity: str | None = None
    person: UUID | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether only such are asked for as wait for somebody: these have a deadline to meet."""
        return self.state is None or self.state in WAITING

    def filters(self) -> Q:
        """The conditions of those that are given."""
        state = Q(state__in=WAITING) if self.state is None else Q(state=self.state)
        if self.state == EVERY_STATE:
            state = Q()
        given: dict[str, Any] = {"severity": self.severity, "offender__public_id": self.person}
        return state & Q(**{name: value for name, value in given.items() if value is not None})


def permitted(actor: Actor) -> QuerySet[Indicator]:
    """Those that the actor may see, with what a row shows."""
    return Indicator.objects.permitted(actor, Action.INDICATOR_VIEW).for_list()


def visible(actor: Actor, indicator: UUID) -> Indicator:
    """One that the actor may see. Raises NotVisible."""
    found = permitted(actor).filter(public_id=indicator).first()
    if found is None:
        raise NotVisible
    return found


def with_parts(actor: Actor, indicator: UUID) -> Indicator:
    """The same with all that came with it: one read for each table. Raises NotVisible."""
    rows = permitted(actor).select_related("recorded_by", "matched_by", "triaged_by", "feed")
    parts = ("subjects", "identifiers", Prefetch("references", IndicatorReference.objects.all()))
    found = rows.prefetch_related(*parts).filter(public_id=indicator).first()
    if found is None:
        raise NotVisible
    return found


def indicators_page(
    *,
    actor: Actor,
    wanted: Wanted,
    after: tuple[Any, ...] | None = None,
    limit: int = 50,
) -> Page[Indicator]:
    """Some of them. `after` is the `next` of the page before.

    What waits, the first to be triaged first, by deadline and key; else the newest received first,
    by key.
    """
    rows = permitted(actor).filter(wanted.filters())
    if wanted.is_waiting:
        rows = _due_after(rows, after).order_by("triage_by", "pk")
    else:
        rows = (rows.filter(pk__lt=after[0]) if after else rows).order_by("-pk")
    found = list(rows[: limit + 1])
    last = found[limit - 1] if len(found) > limit else None
    key: tuple[Any, ...] | None = None
    if last is not None:
        key = (last.triage_by, last.pk) if wanted.is_waiting else (last.pk,)
    return Page(found[:limit], key, timezone.localdate())


def _due_after(rows: QuerySet[Indicator], after: tuple[Any, ...] | None) -> QuerySet[Indicator]:
    if after is None:
        return rows
    triage_by, key = after
    return rows.filter(Q(triage_by__gt=triage_by) | Q(triage_by=triage_by, pk__gt=key))


def waiting_count(actor: Actor) -> int:
    """How many wait that the actor may see, counted up to one more than MOST_COUNTED."""
    waiting = permitted(actor).filter(state__in=WAITING).order_by()
    return waiting.values("pk")[: MOST_COUNTED + 1].count()


def suggested_of(actor: Actor, rows: Collection[Indicator]) -> dict[int, list[Offender]]:
    """Whom each of them may be about, of those whom the actor may see, the likelier first.

    One read for a page; nobody where a person is confirmed.
    """
    open_ones = [one.pk for one in rows if one.offender_id is None]
    if not open_ones:
        return {}
    seen = Offender.objects.permitted(actor, Action.INDICATOR_VIEW)
    matches = Match.objects.filter(
        indicator__in=open_ones, state=MatchState.SUGGESTED, offender__in=seen.values("pk")
    )
    found: dict[int, list[Match]] = defaultdict(list)
    for match in matches.select_related("offender").order_by("pk"):
        found[match.indicator_id].append(match)
    return {
        key: [one.offender for one in sorted(each, key=lambda one: -len(one.reasons))]
        for key, each in found.items()
    }


def triage_tasks_of(actor: Actor, rows: Collection[Indicator]) -> dict[int, UUID]:
    """The open task of each one's triage that the actor may see, by key. One read for a page."""
    about = {f"indicator:{one.pk}": one.pk for one in rows if one.offender_id is not None}
    if not about:
        return {}
    tasks = Task.objects.permitted(actor, Action.TASK_VIEW).open()
    of_these = tasks.filter(
        process__obligation__about__in=about, offender__in={one.offender_id for one in rows}
    )
    listed = of_these.values_list("process__obligation__about", "public_id")
    return {about[name]: task for name, task in listed}


def decisions_of(actor: Actor, found: Indicator) -> list[MatchDecision]:
    """What officers decided on whom it is about, oldest first, of those whom the actor may see."""
    seen = Offender.objects.permitted(actor, Action.INDICATOR_VIEW)
    rows = MatchDecision.objects.filter(
        match__indicator=found, match__offender__in=seen.values("pk")
    )
    return list(rows.select_related("match__offender", "decided_by").order_by("pk"))


#: Who may see it: why, and who was named, says more than the indicator once it is open again.
ON_SIGHT = (Decided.RESTRICTED, Decided.KEPT_SECRET, Decided.NAMED, Decided.UNNAMED, Decided.LIFTED)


def decided_for(actor: Actor) -> QuerySet[IndicatorDecision]:
    """The decisions of which the actor may be told: on who may see one, whoever is or was named."""
    named = IndicatorAccess.objects.filter(indicator=OuterRef("indicator"), user=actor.user_id or 0)
    return IndicatorDecision.objects.filter(~Q(decision__in=ON_SIGHT) | Exists(named))


def settled_about(actor: Actor, found: Indicator) -> list[IndicatorDecision]:
    """What was decided about one that the actor may see, beside its match, oldest first."""
    rows = decided_for(actor).filter(indicator=found).select_related("decided_by", "user")
    return list(rows.order_by("pk"))


def named_users(found: Indicator) -> list[User]:
    """Who may see one that is restricted, in the order of their naming."""
    rows = found.named_users.filter(ended_at=None).select_related("user").order_by("pk")
    return [one.user for one in rows]


def merged_into_it(actor: Actor, found: Indicator) -> list[Indicator]:
    """Those that were merged into it and that the actor may see, oldest first."""
    return list(permitted(actor).filter(merged_into=found).order_by("pk"))


def candidates_of(actor: Actor, found: Indicator) -> list[Match]:
    """Whom it may be about, of those whom the actor may see: confirmed, suggested, rejected.

    That there are others is not said.
    """
    seen = Offender.objects.permitted(actor, Action.INDICATOR_VIEW)
    rows = Match.objects.filter(indicator=found, offender__in=seen.values("pk"))
    order = {"confirmed": 0, "suggested": 1, "rejected": 2}
    listed = list(rows.select_related("offender__team", "decided_by").order_by("pk"))
    return sorted(listed, key=lambda match: (order[match.state], -len(match.reasons), match.pk))


def held(actor: Actor, delivery: UUID) -> QuarantinedDelivery:
    """One held delivery of the actor's force. Raises NotVisible."""
    found = _held(actor).filter(public_id=delivery).first()
    if found is None:
        raise NotVisible
    return found


def held_page(
    *, actor: Actor, waiting: bool, after: int | None = None, limit: int = 50
) -> Page[QuarantinedDelivery]:
    """Some held deliveries, the newest first; those that nobody settled, or all."""
    rows = _held(actor)
    if waiting:
        rows = rows.filter(settlement="")
    if after is not None:
        rows = rows.filter(pk__lt=after)
    found = list(rows.defer("body").order_by("-pk")[: limit + 1])
    more = len(found) > limit
    return Page(found[:limit], (found[limit - 1].pk,) if more else None, timezone.localdate())


def _held(actor: Actor) -> QuerySet[QuarantinedDelivery]:
    """Of the force, whoever's they may be about: nobody has read yet whom they name."""
    rows = QuarantinedDelivery.objects.filter(feed__force=actor.force_id or 0)
    return rows.select_related("feed", "settled_by")
