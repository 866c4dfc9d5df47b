"""People offered to an officer of another team, who stay where they are until it is decided."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.deciding import decided_for_another
from accounts.models import Team, User
from offenders.models import Offender
from offenders.querysets import OwnedQuerySet
from workflows.models.caseload import Reassignment

#: Nobody has accepted, declined or withdrawn the offer.
WAITING = Q(decided_at__isnull=True, withdrawn_at__isnull=True)


class TransferState(models.TextChoices):
    """What has become of an offer."""

    WAITING = "waiting", "Waits for a decision"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"


class TransferOffer(models.Model):
    """People of one team, offered to an officer of another (PRACTICE 15).

    It waits until the other team's supervisor or an inspector accepts or declines it, or its own
    team withdraws it. `reassignment` is what moved everyone. `offered_for` and `decided_for`: whom
    they acted for, under a delegation.
    """

    class Decision(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    from_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    to_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    to_officer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(max_length=2000)
    offered_on = models.DateField()
    offered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    offered_for = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    offered_at = models.DateTimeField(db_default=Now(), editable=False)
    version = models.PositiveIntegerField(default=1)
    decision = models.CharField(max_length=8, choices=Decision, blank=True)
    decision_reason = models.TextField(max_length=2000, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    decided_for = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)
    reassignment = models.OneToOneField(
        Reassignment, on_delete=models.PROTECT, related_name="offer", null=True
    )
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="transfer_between_two_teams", condition=~Q(to_team=F("from_team"))
            ),
            models.CheckConstraint(name="transfer_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="transfer_decision_known",
                condition=Q(decision__in=["", "accepted", "declined"]),
            ),
            models.CheckConstraint(
                name="transfer_decided_whole",
                condition=Q(
                    decision="",
                    decided_by__isnull=True,
                    decided_at__isnull=True,
                    reassignment__isnull=True,
                )
                | Q(
                    decision="accepted",
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                    reassignment__isnull=False,
                )
                | Q(
                    decision="declined",
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                    reassignment__isnull=True,
                )
                & ~Q(decision_reason=""),
            ),
            models.CheckConstraint(
                name="transfer_decided_by_another",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("offered_by")),
            ),
            models.CheckConstraint(
                name="transfer_decided_for_another",
                condition=decided_for_another("decided_by", "decided_for", "offered_by"),
            ),
            # Nor by whoever it was offered for, nor by somebody who acts for them.
            models.CheckConstraint(
                name="transfer_offered_for_another",
                condition=Q(offered_for__isnull=True)
                | ~Q(offered_for=F("offered_by"))
                & (Q(decided_by__isnull=True) | ~Q(decided_by=F("offered_for")))
                & (Q(decided_for__isnull=True) | ~Q(decided_for=F("offered_for"))),
            ),
            models.CheckConstraint(
                name="transfer_withdrawn_whole",
                condition=Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True)
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False, decision=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["to_team", "-id"],
                name="transfer_waiting",
                condition=WAITING,
            ),
            models.Index(fields=["from_team", "-id"], name="transfer_from_team"),
        ]

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has accepted, declined or withdrawn it."""
        return self.decided_at is None and self.withdrawn_at is None

    @property
    def state(self) -> str:
        """What has become of it: one of `TransferState`."""
        settled = TransferState.WITHDRAWN if self.withdrawn_at else TransferState.WAITING
        return self.decision or settled.value


class TransferPerson(models.Model):
    """One person of an offer, with who managed them when it was made.

    `waiting` is a copy of whether the offer is, so that the database refuses a second one. It is
    let go as well where the person has left the team that offered them.
    """

    offer = models.ForeignKey(TransferOffer, on_delete=models.PROTECT, related_name="people")
    offender = models.ForeignKey(Offender, on_delete=models.PROTECT, related_name="transfers")
    from_manager = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    waiting = models.BooleanField(default=True)

    objects = OwnedQuerySet.to("offender__").as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="transfer_person_once_in_an_offer", fields=["offer", "offender"]
            ),
            models.UniqueConstraint(
                name="transfer_person_in_one_waiting_offer",
                fields=["offender"],
                condition=Q(waiting=True),
            ),
        ]
