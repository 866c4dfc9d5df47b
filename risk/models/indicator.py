"""Online-risk indicators: what somebody or something reports of a person, and what became of it."""

import uuid
from typing import TypeAlias

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.models import Force, User
from offenders.models import Offender, OrderCondition
from risk.grading import AssessmentGrade, Handling, SourceGrade
from risk.indicator_codes import IndicatorCode, Severity, TriageOutcome
from risk.models.feed import IndicatorFeed
from risk.querysets import IndicatorQuerySet


class IndicatorState(models.TextChoices):
    """Where it stands. Before triage nothing is decided on it, whoever it may be about."""

    UNMATCHED = "unmatched", "Nobody is confirmed"
    UNTRIAGED = "untriaged", "A person is confirmed"
    TRIAGED = "triaged", "Triaged"
    MERGED = "merged", "The same as another"
    RETRACTED = "retracted", "Taken back by its source"


#: What still waits for a decision.
WAITING = (IndicatorState.UNMATCHED, IndicatorState.UNTRIAGED)


class Indicator(models.Model):
    """One sign, as it was received, and what became of it.

    What was received never changes, and a triage is decided once (`risk.as_received`). It scores
    for nobody until somebody confirms whom it is about: `offender` is null before. A merged one
    stands for the same event as `merged_into`, which alone counts; both are kept.
    """

    Severity: TypeAlias = Severity
    State: TypeAlias = IndicatorState

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="indicators")
    source = models.CharField(max_length=40)
    #: The sender's own number of it.
    external_id = models.CharField(max_length=120)
    #: An `IndicatorCode`.
    code = models.CharField(max_length=8)
    severity = models.CharField(max_length=8, choices=Severity)
    source_grade = models.PositiveSmallIntegerField(choices=SourceGrade)
    assessment_grade = models.CharField(max_length=1, choices=AssessmentGrade)
    handling = models.CharField(max_length=1, choices=Handling)
    handling_conditions = models.TextField(max_length=500, blank=True)
    #: What would name its source was left out.
    sanitised = models.BooleanField()
    occurred_at = models.DateTimeField()
    received_at = models.DateTimeField(db_default=Now(), editable=False)
    text = models.TextField(max_length=4000, blank=True)
    #: SHA-256 hex of what makes two of them the same event; empty where too little is known.
    fingerprint = models.CharField(max_length=64, blank=True)
    #: SHA-256 hex of everything that was sent, so that the same number with other content shows.
    content_digest = models.CharField(max_length=64)
    #: By when it must be triaged (rule `indicator.triage.*`).
    triage_by = models.DateTimeField()
    feed = models.ForeignKey(
        IndicatorFeed, on_delete=models.PROTECT, related_name="indicators", null=True
    )
    #: The other system that sent it, or our own job; empty where an officer recorded it.
    client_label = models.CharField(max_length=100, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)

    state = models.CharField(max_length=9, choices=State, default=State.UNMATCHED)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="merged", null=True
    )
    offender = models.ForeignKey(
        Offender, on_delete=models.PROTECT, related_name="indicators", null=True
    )
    matched_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    matched_at = models.DateTimeField(null=True)
    #: What the triage led to; empty before.
    outcome = models.CharField(max_length=24, choices=TriageOutcome, blank=True)
    outcome_reason = models.TextField(max_length=2000, blank=True)
    triaged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    triaged_at = models.DateTimeField(null=True)
    #: Since when it loses weight; null while untriaged or while its linked action is open.
    decays_from = models.DateTimeField(null=True)
    #: The condition of an order that it may be a breach of.
    condition = models.ForeignKey(
        OrderCondition, on_delete=models.PROTECT, related_name="indicators", null=True
    )
    #: When supervisors were told that its deadline has passed.
    late_told_at = models.DateTimeField(null=True)
    #: Only named users see it (`IndicatorAccess`); its points count for everyone.
    is_restricted = models.BooleanField(default=False)
    #: Its very existence is for the named users; it is left out of what others see.
    is_secret = models.BooleanField(default=False)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="indicator_once_per_source", fields=["force", "source", "external_id"]
            ),
            models.CheckConstraint(
                name="indicator_says_where_from", condition=~Q(source="") & ~Q(external_id="")
            ),
            models.CheckConstraint(
                name="indicator_sent_by_one",
                condition=Q(recorded_by__isnull=False, client_label="")
                | (Q(recorded_by__isnull=True) & ~Q(client_label="")),
            ),
            models.CheckConstraint(
                name="indicator_words_known",
                condition=Q(
                    code__in=[code.value for code in IndicatorCode],
                    severity__in=Severity.values,
                    outcome__in=["", *TriageOutcome.values],
                ),
            ),
            models.CheckConstraint(
                name="indicator_grades_known",
                condition=Q(
                    source_grade__in=SourceGrade.values,
                    assessment_grade__in=AssessmentGrade.values,
                    handling__in=Handling.values,
                ),
            ),
            models.CheckConstraint(
                name="indicator_conditions_of_handling",
                condition=Q(handling="P", handling_conditions="")
                | (Q(handling="C") & ~Q(handling_conditions="")),
            ),
            models.CheckConstraint(
                name="indicator_state_known", condition=Q(state__in=IndicatorState.values)
            ),
            models.CheckConstraint(
                name="indicator_merged_has_a_target",
                condition=(Q(state="merged", merged_into__isnull=False) & ~Q(merged_into=F("id")))
                | (~Q(state="merged") & Q(merged_into__isnull=True)),
            ),
            models.CheckConstraint(
                name="indicator_matched_whole",
                condition=Q(offender__isnull=True, matched_by__isnull=True, matched_at__isnull=True)
                | Q(offender__isnull=False, matched_by__isnull=False, matched_at__isnull=False),
            ),
            models.CheckConstraint(
                name="indicator_matched_has_a_person",
                condition=Q(state__in=["unmatched", "merged"], offender__isnull=True)
                | Q(state="untriaged", offender__isnull=False)
                | Q(state__in=["triaged", "retracted"]),
            ),
            models.CheckConstraint(
                name="indicator_untriaged_has_no_outcome",
                condition=Q(
                    state__in=["unmatched", "untriaged", "merged"],
                    outcome="",
                    decays_from__isnull=True,
                )
                | (Q(state="triaged") & ~Q(outcome=""))
                | Q(state="retracted"),
            ),
            models.CheckConstraint(
                name="indicator_triaged_whole",
                condition=Q(
                    outcome="",
                    outcome_reason="",
                    triaged_by__isnull=True,
                    triaged_at__isnull=True,
                )
                | (Q(triaged_by__isnull=False, triaged_at__isnull=False) & ~Q(outcome="")),
            ),
            models.CheckConstraint(
                name="indicator_secret_is_restricted",
                condition=Q(is_secret=False) | Q(is_restricted=True),
            ),
        ]
        indexes = [
            models.Index(
                fields=["force", "triage_by", "id"],
                name="indicator_waiting",
                condition=Q(state__in=["unmatched", "untriaged"]),
            ),
            models.Index(
                fields=["force", "fingerprint"],
                name="indicator_same_event",
                condition=~Q(fingerprint=""),
            ),
            models.Index(fields=["offender", "state"], name="indicator_of_person"),
            models.Index(
                fields=["feed", "received_at"],
                name="indicator_of_feed",
                condition=Q(feed__isnull=False),
            ),
        ]


class IndicatorAccess(models.Model):
    """A named user who may see a restricted indicator (PRACTICE 14)."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="named_users")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    named_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField(db_default=Now(), editable=False)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="indicator_named_user_one_live",
                fields=["indicator", "user"],
                condition=Q(ended_at__isnull=True),
            )
        ]
