"""Moving people between offender managers, many at once, undoable as one step."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import Team, User
from offenders.models import Offender


class Reassignment(models.Model):
    """One decision to move people to other offender managers, undone as one step.

    `over_capacity`: why somebody was given more than they can carry.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reason = models.TextField(max_length=2000)
    over_capacity = models.TextField(max_length=2000, default="", blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(db_default=Now(), editable=False)
    undone_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reassignment_undone_by_someone",
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
            )
        ]


class ReassignmentMove(models.Model):
    """One person's part of a reassignment."""

    reassignment = models.ForeignKey(Reassignment, on_delete=models.PROTECT, related_name="moves")
    offender = models.ForeignKey(Offender, on_delete=models.PROTECT, related_name="moves")
    from_manager = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    from_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    to_manager = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    to_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    #: Whether the undo took the person back, to the old officer or, where that one may not go on,
    #: to the team's supervisor (not where ownership changed since: PRACTICE 15).
    returned = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="move_once_in_a_reassignment", fields=["reassignment", "offender"]
            )
        ]
