"""One officer's decisions, given to another for a while."""

import datetime as dt
import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.models.force import Team
from accounts.models.user import Role, User


class DelegationQuerySet(models.QuerySet):
    """Delegations by when they hold."""

    def live(self) -> Self:
        """Those that nobody has ended."""
        return self.filter(ended_at__isnull=True)

    def at(self, moment: dt.datetime) -> Self:
        """Those whose window holds `moment`. Standing is judged by `accounts.standing_in`."""
        return self.live().filter(from_at__lte=moment, until_at__gt=moment)

    def ending_after(self, moment: dt.datetime) -> Self:
        """Those whose window holds `moment` or begins later."""
        return self.live().filter(until_at__gt=moment)


class Delegation(models.Model):
    """The decisions of a role that `delegator` holds, for `delegate` from `from_at` to `until_at`.

    `role` as it was when it was granted: it lapses with the delegator's role. `team`: the
    supervisor's team; null for an inspector, whose reach is the force. Half-open. What ended it
    early has its own instant; `ended_by` is null where the standing of either side did.
    """

    class Ended(models.TextChoices):
        REVOKED = "revoked", "Revoked"
        LAPSED = "lapsed", "An account or vetting ended"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    delegator = models.ForeignKey(User, on_delete=models.PROTECT, related_name="delegated")
    delegate = models.ForeignKey(User, on_delete=models.PROTECT, related_name="delegations")
    role = models.CharField(max_length=20, choices=Role)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", null=True)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    reason = models.TextField(max_length=2000)
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    ended_because = models.CharField(max_length=7, choices=Ended, blank=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    ended_at = models.DateTimeField(null=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="delegation_of_a_role_that_decides",
                condition=Q(role="supervisor", team__isnull=False)
                | Q(role="inspector", team__isnull=True),
            ),
            models.CheckConstraint(
                name="delegation_to_another", condition=~Q(delegate=F("delegator"))
            ),
            models.CheckConstraint(
                name="delegation_not_granted_to_oneself", condition=~Q(delegate=F("granted_by"))
            ),
            models.CheckConstraint(
                name="delegation_has_some_length", condition=Q(until_at__gt=F("from_at"))
            ),
            models.CheckConstraint(name="delegation_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="delegation_ended_whole",
                condition=Q(ended_because="", ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_because="revoked", ended_at__isnull=False, ended_by__isnull=False)
                | Q(ended_because="lapsed", ended_at__isnull=False, ended_by__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                fields=["delegate", "until_at"],
                name="delegation_to_officer",
                condition=Q(ended_at__isnull=True),
            ),
            models.Index(
                fields=["delegator", "until_at"],
                name="delegation_of_officer",
                condition=Q(ended_at__isnull=True),
            ),
        ]
