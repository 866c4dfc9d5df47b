"""What an officer made of an indicator, and the check of it where it takes a second person."""

import uuid
from typing import TypeAlias

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.deciding import decided_for_another
from accounts.models import User
from offenders.models import Offender, OrderCondition
from risk.indicator_codes import SETS_ASIDE, Severity, TriageOutcome
from risk.models.indicator import Indicator
from risk.models.match import MatchDecision


class TriageCheck(models.TextChoices):
    """What a supervisor makes of a triage that takes a second person.

    Or nobody: it lapses where its check was withdrawn and the indicator is triaged anew.
    """

    AGREED = "agreed", "Agree"
    RETURNED = "returned", "Return it for triage"
    LAPSED = "lapsed", "Not asked any more"


class IndicatorTriage(models.Model):
    """One triage of one indicator, of the confirmation that it was about one person.

    It stands from `stands_at`: at once, or where it takes a check, when a supervisor agreed. Before
    that the indicator waits, with its deadline. `decision` and `comment` are the supervisor's; the
    rest never changes (`risk.kept_triages`).
    """

    Outcome: TypeAlias = TriageOutcome
    Check: TypeAlias = TriageCheck

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="triages")
    offender = models.ForeignKey(
        Offender, on_delete=models.PROTECT, related_name="indicator_triages"
    )
    #: By which an officer had said that it is about the person.
    confirmation = models.ForeignKey(
        MatchDecision, on_delete=models.PROTECT, related_name="triages"
    )
    #: Of the indicator, so that the database itself asks for the second person.
    severity = models.CharField(max_length=8, choices=Severity)
    outcome = models.CharField(max_length=24, choices=TriageOutcome)
    reason = models.TextField(max_length=2000)
    #: The condition of an order that it may be a breach of.
    condition = models.ForeignKey(
        OrderCondition, on_delete=models.PROTECT, related_name="triages", null=True
    )
    duplicate_of = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="+", null=True
    )
    #: The force that has it now, in words.
    transferred_to = models.CharField(max_length=100, blank=True)
    takes_check = models.BooleanField()
    triaged_on = models.DateField()
    triaged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    decision = models.CharField(max_length=8, choices=TriageCheck, blank=True)
    comment = models.TextField(max_length=2000, blank=True)
    checked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    #: Whom they acted for, under a delegation.
    checked_for = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    checked_at = models.DateTimeField(null=True)
    #: The London date from which it stands; and the instant, by the database's clock.
    stands_on = models.DateField(null=True)
    stands_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="triage_words_known",
                condition=Q(
                    outcome__in=TriageOutcome.values,
                    severity__in=Severity.values,
                    decision__in=["", *TriageCheck.values],
                ),
            ),
            models.CheckConstraint(name="triage_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="triage_duplicate_has_a_target",
                condition=Q(outcome="duplicate", duplicate_of__isnull=False)
                & ~Q(duplicate_of=F("indicator"))
                | ~Q(outcome="duplicate") & Q(duplicate_of__isnull=True),
            ),
            models.CheckConstraint(
                name="triage_transferred_says_where",
                condition=Q(outcome="transferred") & ~Q(transferred_to="")
                | ~Q(outcome="transferred") & Q(transferred_to=""),
            ),
            models.CheckConstraint(
                name="triage_critical_set_aside_by_two",
                condition=~Q(severity="critical", outcome__in=sorted(SETS_ASIDE))
                | Q(takes_check=True),
            ),
            models.CheckConstraint(
                name="triage_checked_by_another",
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("triaged_by")),
            ),
            models.CheckConstraint(
                name="triage_checked_for_another",
                condition=decided_for_another("checked_by", "checked_for", "triaged_by"),
            ),
            models.CheckConstraint(
                name="triage_checked_whole",
                condition=Q(
                    decision__in=["", "lapsed"],
                    comment="",
                    checked_by__isnull=True,
                    checked_at__isnull=True,
                )
                | Q(takes_check=True, checked_by__isnull=False, checked_at__isnull=False)
                & Q(decision__in=["agreed", "returned"])
                & ~Q(comment=""),
            ),
            models.CheckConstraint(
                name="triage_stands_once_agreed",
                condition=Q(stands_on__isnull=True, stands_at__isnull=True)
                | Q(stands_on__isnull=False, stands_at__isnull=False)
                & (Q(takes_check=False) | Q(decision="agreed")),
            ),
            models.UniqueConstraint(
                name="triage_one_waits_or_stands",
                fields=["confirmation"],
                condition=~Q(decision__in=["returned", "lapsed"]),
            ),
        ]
        indexes = [models.Index(fields=["offender", "stands_on"], name="triage_of_person")]
