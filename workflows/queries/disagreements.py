"""Where officers would order the work otherwise: for those who answer for it, the newest first."""

from django.utils import timezone

from accounts.actor import Actor
from accounts.policy import Action
from workflows.models import PriorityDisagreement
from workflows.queries.sql import Page


def disagreements_page(
    *, actor: Actor, after: int | None = None, limit: int = 50
) -> Page[PriorityDisagreement]:
    """Some, of people in the actor's reach. One statement. `after`: key of the last one seen."""
    rows = PriorityDisagreement.objects.permitted(actor, Action.DISAGREEMENT_VIEW)
    if after is not None:
        rows = rows.filter(pk__lt=after)
    joined = rows.select_related("task__owner", "offender", "disagreed_by")
    found = list(joined.order_by("-pk")[: limit + 1])
    more = len(found) > limit
    return Page(found[:limit], (found[limit - 1].pk,) if more else None, timezone.localdate())
