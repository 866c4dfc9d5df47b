"""Tables of this room: versions of the rule set, and bank holidays."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length, Now
from django.db.models.lookups import Exact

from accounts.models import User
from rules.dates import EARLIEST


class RuleSetVersion(models.Model):
    """One version of the rules and the day it takes effect.

    What it says is never changed, from the day it is proposed: another version replaces it
    (`rules.guards`). In force on a day is, of the approved versions, the one that took effect
    last, and of two on the same day the higher number.
    """

    class Origin(models.TextChoices):
        SHIPPED = "shipped", "Shipped with the service"
        PROPOSED = "proposed", "Proposed by an officer"

    class State(models.TextChoices):
        PROPOSED = "proposed", "Proposed"
        APPROVED = "approved", "Approved"
        WITHDRAWN = "withdrawn", "Withdrawn"

    number = models.PositiveIntegerField(unique=True)
    effective_from = models.DateField()
    title = models.CharField(max_length=120)
    source = models.TextField(help_text="Where these rules come from.")
    evidence = models.TextField(help_text="What was seen, what is a default, what is unconfirmed.")
    document = models.JSONField(help_text="The rule set, as rules.ruleset.RuleSet reads it.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the document.")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.PROPOSED)
    state = models.CharField(max_length=9, choices=State, default=State.PROPOSED)
    #: The version that this one was written from and would replace.
    based_on = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField(max_length=2000, default="", blank=True)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    #: The London day of `approved_at`.
    approved_on = models.DateField(null=True)
    approval_reason = models.TextField(max_length=2000, default="", blank=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    #: The London day of `withdrawn_at`.
    withdrawn_on = models.DateField(null=True)
    withdrawal_reason = models.TextField(max_length=2000, default="", blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["-effective_from", "-number"],
                name="ruleset_version_in_force",
                condition=Q(state="approved"),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(number__gte=1), name="ruleset_version_number_from_1"
            ),
            models.CheckConstraint(
                condition=Q(effective_from__gte=EARLIEST),
                name="ruleset_version_effective_from_1900",
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(source="") & ~Q(evidence=""),
                name="ruleset_version_says_where_from",
            ),
            models.CheckConstraint(
                condition=Exact(Length("digest"), 64), name="ruleset_version_digest_is_sha256"
            ),
            models.CheckConstraint(
                condition=Q(
                    origin="shipped",
                    state="approved",
                    based_on__isnull=True,
                    proposed_by__isnull=True,
                )
                | (
                    Q(origin="proposed", based_on__isnull=False, proposed_by__isnull=False)
                    & ~Q(reason="")
                ),
                name="ruleset_version_shipped_or_proposed",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("proposed_by")),
                name="ruleset_version_approver_is_not_author",
            ),
            models.CheckConstraint(
                condition=Q(origin="shipped")
                | Q(state="approved", approved_at__isnull=False)
                | Q(state="proposed", approved_at__isnull=True)
                | Q(state="withdrawn"),
                name="ruleset_version_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(
                    approved_by__isnull=True,
                    approved_at__isnull=True,
                    approved_on__isnull=True,
                    approval_reason="",
                )
                | (
                    Q(
                        approved_by__isnull=False,
                        approved_at__isnull=False,
                        approved_on__isnull=False,
                        effective_from__gte=F("approved_on"),
                    )
                    & ~Q(approval_reason="")
                ),
                name="ruleset_version_approved_before_effect",
            ),
            models.CheckConstraint(
                condition=(
                    Q(
                        withdrawn_by__isnull=True,
                        withdrawn_at__isnull=True,
                        withdrawn_on__isnull=True,
                        withdrawal_reason="",
                    )
                    & ~Q(state="withdrawn")
                )
                | (
                    Q(
                        state="withdrawn",
                        withdrawn_by__isnull=False,
                        withdrawn_at__isnull=False,
                        withdrawn_on__isnull=False,
                    )
                    & ~Q(withdrawal_reason="")
                    & (Q(approved_at__isnull=True) | Q(effective_from__gt=F("withdrawn_on")))
                ),
                name="ruleset_version_withdrawn_before_effect",
            ),
        ]


class BankHoliday(models.Model):
    """One day that is not worked. Substitute days are rows, the weekend days they stand for not."""

    class Division(models.TextChoices):
        ENGLAND_AND_WALES = "england-and-wales", "England and Wales"

    division = models.CharField(max_length=20, choices=Division)
    on = models.DateField()
    name = models.CharField(max_length=80)
    source = models.CharField(max_length=80)
    #: A day that is proclaimed late changes no list as it was known before.
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["division", "on"], name="bank_holiday_once_a_day"),
            models.CheckConstraint(
                condition=models.Q(division__in=["england-and-wales"]),
                name="bank_holiday_division_known",
            ),
        ]
