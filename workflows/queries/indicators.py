"""Indicators of online risk: listed by the deadline of their triage, and whom they may mean."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from accounts.actor import Actor
from accounts.policy import Action
from offenders.models import Offender
from risk.models import WAITING, Indicator, IndicatorReference, Match, QuarantinedDelivery
from workflows.errors import NotVisible
from workflows.queries.sql import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which of the indicators that an actor may see are asked for. `state` None: those waiting."""

    state: str | None = None
    severity: str | None = None
    person: UUID | None = None

    def filters(self) -> Q:
        """The conditions of those that are given."""
        state = Q(state__in=WAITING) if self.state is None else Q(state=self.state)
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
    rows = permitted(actor).select_related("recorded_by", "matched_by", "feed")
    parts = ("subjects", "identifiers", Prefetch("references", IndicatorReference.objects.all()))
    found = rows.prefetch_related(*parts).filter(public_id=indicator).first()
    if found is None:
        raise NotVisible
    return found


def indicators_page(
    *,
    actor: Actor,
    wanted: Wanted,
    after: tuple[dt.datetime, int] | None = None,
    limit: int = 50,
) -> Page[Indicator]:
    """Some, the first to be triaged first. `after`: deadline and key of the last one seen."""
    rows = permitted(actor).filter(wanted.filters())
    if after is not None:
        triage_by, key = after
        rows = rows.filter(Q(triage_by__gt=triage_by) | Q(triage_by=triage_by, pk__gt=key))
    found = list(rows.order_by("triage_by", "pk")[: limit + 1])
    more = len(found) > limit
    last = found[limit - 1] if more else None
    return Page(found[:limit], (last.triage_by, last.pk) if last else None, timezone.localdate())


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
