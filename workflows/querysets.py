"""Lists of tasks and alerts. Methods narrow, join or order; none of them writes."""

from typing import Self

from django.db.models import Q, QuerySet
from viewflow.workflow.status import STATUS

from accounts.actor import Actor
from accounts.policy import Action, grant
from offenders.models import Offender
from offenders.querysets import OwnedQuerySet

#: The step that the attending officer keeps after a reassignment (PRACTICE 10).
KEPT_STEP = "write_up"

#: What a task is while someone can still complete it.
OPEN = (STATUS.NEW, STATUS.ASSIGNED)


class TaskQuerySet(OwnedQuerySet):
    """Steps of work about people."""

    to_offender = "offender__"

    def permitted(self, actor: Actor, action: Action) -> Self:
        """Only the tasks on which `actor` may do `action`.

        An officer who attended keeps access to finish that write-up, wherever the person went,
        and no longer.
        """
        rows = super().permitted(actor, action)
        if actor.user_id is None or grant(actor, action) is None:
            return rows
        kept = Q(owner_id=actor.user_id, step=KEPT_STEP, status__in=OPEN)
        return self.filter(Q(pk__in=rows.values("pk")) | kept & self._not_closed_to(actor))

    def open(self) -> Self:
        """Human steps that someone can still complete."""
        return self.filter(flow_task_type="HUMAN", status__in=OPEN)


class VisitQuerySet(OwnedQuerySet):
    """Visits to people, and attempts at them."""

    to_offender = "offender__"

    def effective(self) -> Self:
        """Only those that count: effective, not voided, and not found otherwise by a review."""
        return self.filter(
            outcome="effective",
            voided_at__isnull=True,
            found_ineffective_at__isnull=True,
        )

    def still_for(self, actor: Actor, action: Action) -> Self:
        """Those on which `actor` may finish what they began, wherever the person went.

        Not with a conflict declared since, nor without an account and vetting (PRACTICE 15).
        """
        if grant(actor, action) is None:
            return self.none()
        return self.filter(self._not_closed_to(actor))


class AlertQuerySet(QuerySet):
    """What officers are told."""

    def permitted(self, actor: Actor, action: Action) -> Self:
        """Only what was told to `actor`, about people whom they may still see."""
        if actor.user_id is None or grant(actor, action) is None:
            return self.none()
        seen = Offender.objects.permitted(actor, Action.OFFENDER_VIEW)
        about_someone_seen = Q(offender__isnull=True) | Q(offender__in=seen.values("pk"))
        return self.filter(about_someone_seen, to_id=actor.user_id)

    def unseen(self) -> Self:
        """Only what the officer has not marked as read."""
        return self.filter(seen_at__isnull=True)
