"""What an officer was told, newest first."""

from typing import Literal

from django.utils import timezone

from accounts.actor import Actor
from accounts.policy import Action
from workflows.models import Alert
from workflows.queries.sql import Page

Which = Literal["unseen", "all"]


def alerts_page(
    *, actor: Actor, which: Which = "unseen", after: int | None = None, limit: int = 50
) -> Page[Alert]:
    """Some alerts of the actor. `after` is the `next` of the page before: (key,)."""
    told = Alert.objects.permitted(actor, Action.ALERT_VIEW)
    if which == "unseen":
        told = told.unseen()
    if after is not None:
        told = told.filter(pk__lt=after)
    found = list(told.select_related("offender", "officer").order_by("-pk")[: limit + 1])
    rows = found[:limit]
    more = len(found) > limit
    return Page(rows, (rows[-1].pk,) if more else None, timezone.localdate())


def unseen_count(actor: Actor) -> int:
    """How many alerts the actor has not read."""
    return Alert.objects.permitted(actor, Action.ALERT_VIEW).unseen().count()
