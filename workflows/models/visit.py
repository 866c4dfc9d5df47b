"""Home visits: what happened, who was there, and what a supervisor said of it."""

import uuid
from typing import TypeAlias

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.deciding import decided_for_another
from accounts.models import User
from offenders.models import Address, Offender
from workflows.models.process import Process
from workflows.querysets import VisitQuerySet


class VisitOutcome(models.TextChoices):
    EFFECTIVE = "effective", "Effective: seen in person, purpose met"
    SEEN_NOT_COMPLETED = "seen_not_completed", "Seen at the door, not completed"
    NO_ANSWER = "no_answer", "No answer"
    REFUSED = "refused", "Refused"
    NOT_RESIDENT = "not_resident", "Not resident"
    ABORTED_BY_POLICE = "aborted_by_police", "Aborted by police"


class VisitPlace(models.TextChoices):
    HOME = "home", "At home"
    REGULARLY_FOUND = "regularly_found", "At a place where they are regularly found"
    ELSEWHERE = "elsewhere", "Somewhere else"


class Visit(models.Model):
    """One attempt to see a person where they live or are regularly found.

    `occurred_at` is what the officer says; `recorded_at` is the database clock and cannot be set.
    Only a live effective visit resets the clock (PRACTICE 2, 9). A wrong entry is voided.
    """

    Outcome: TypeAlias = VisitOutcome
    Place: TypeAlias = VisitPlace

    #: Failed entries that count towards a warrant (SOA 2003 s.96B(2)(d); PRACTICE 9).
    ENTRY_FAILED = (Outcome.NO_ANSWER, Outcome.REFUSED)

    class Origin(models.TextChoices):
        IMPORTED = "imported", "Taken over from another record"
        RECORDED = "recorded", "Recorded here"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    offender = models.ForeignKey(Offender, on_delete=models.PROTECT, related_name="visits")
    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="visits", null=True)
    #: The London date of `occurred_at`; all that a taken-over record has.
    occurred_on = models.DateField()
    occurred_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, choices=Outcome)
    announced = models.BooleanField(null=True)
    #: The last notified address, where it was there; else null.
    address = models.ForeignKey(Address, on_delete=models.PROTECT, related_name="+", null=True)
    #: Where else it was; empty where it was at that address, or nobody said.
    place = models.CharField(max_length=15, choices=Place, blank=True)
    #: For the purpose of assessing risk (s.96B).
    for_risk_assessment = models.BooleanField(default=False)
    concern = models.BooleanField(default=False)
    note = models.TextField(max_length=2000, blank=True)
    #: Why someone who was not there made the entry (PRACTICE 10), or why it is late.
    entry_reason = models.CharField(max_length=500, blank=True)
    lone = models.BooleanField(default=False)
    lone_authorised = models.BooleanField(default=False)
    #: The authority it was made under; `lone_authorised` says whether that still held.
    lone_authority = models.ForeignKey(
        "workflows.LoneVisitAuthority", on_delete=models.PROTECT, related_name="+", null=True
    )
    partner_agency_present = models.BooleanField(default=False)
    #: What was prepared before it, where anything was.
    preparation = models.ForeignKey(
        "workflows.VisitPreparation", on_delete=models.PROTECT, related_name="visits", null=True
    )
    write_up_due_on = models.DateField(null=True)
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.RECORDED)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    #: Set by a review that found it not effective; the clock is worked out again.
    found_ineffective_at = models.DateTimeField(null=True)
    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    void_reason = models.CharField(max_length=500, blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="visit_outcome_known", condition=Q(outcome__in=VisitOutcome.values)
            ),
            models.CheckConstraint(
                name="visit_place_known", condition=Q(place__in=["", *VisitPlace.values])
            ),
            models.CheckConstraint(
                name="visit_recorded_here_has_its_facts",
                condition=Q(origin="imported", recorded_by__isnull=True, outcome="effective")
                | Q(
                    origin="recorded",
                    recorded_by__isnull=False,
                    occurred_at__isnull=False,
                    announced__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="visit_void_has_a_reason",
                condition=Q(voided_at__isnull=True, voided_by__isnull=True, void_reason="")
                | Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(void_reason=""),
            ),
            models.CheckConstraint(
                name="visit_authority_only_if_lone",
                condition=Q(lone_authorised=False) | Q(lone=True),
            ),
            models.UniqueConstraint(
                name="visit_one_for_an_authority",
                fields=["lone_authority"],
                condition=Q(lone_authority__isnull=False, voided_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                fields=["offender", "occurred_on"],
                name="visit_live",
                condition=Q(voided_at__isnull=True),
            ),
            # Few: a night reads those of everyone.
            models.Index(
                fields=["offender", "occurred_on"],
                name="visit_failed",
                condition=Q(
                    voided_at__isnull=True, outcome__in=["no_answer", "refused", "not_resident"]
                ),
            ),
        ]


class VisitAttendance(models.Model):
    """A member of staff who was there. Nobody who attended may endorse (PRACTICE 10)."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="attendances")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    #: A colleague of a partner agency, by name and agency; counts as the second person.
    partner = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="attendance_once",
                fields=["visit", "user"],
                condition=Q(user__isnull=False),
            ),
            models.CheckConstraint(
                name="attendance_is_someone",
                condition=Q(user__isnull=False, partner="") | Q(user__isnull=True) & ~Q(partner=""),
            ),
        ]


class ReviewDecision(models.TextChoices):
    ACCEPTED = "accepted", "Accepted"
    RETURNED = "returned", "Returned for more"
    INEFFECTIVE = "ineffective", "Not an effective visit"


class VisitReview(models.Model):
    """A supervisor's look at a visit, by someone who was not there and did not record it."""

    Decision: TypeAlias = ReviewDecision

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="reviews")
    decision = models.CharField(max_length=11, choices=Decision)
    comment = models.TextField(max_length=2000, blank=True)
    visit_recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    #: Whom the reviewer acted for, under a delegation.
    reviewed_for = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    reviewed_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="visit_review_decision_known", condition=Q(decision__in=ReviewDecision.values)
            ),
            models.CheckConstraint(
                name="visit_reviewed_by_another",
                condition=~Q(reviewed_by=F("visit_recorded_by")),
            ),
            models.CheckConstraint(
                name="visit_reviewed_for_another",
                condition=decided_for_another("reviewed_by", "reviewed_for", "visit_recorded_by"),
            ),
        ]


class LoneVisitAuthority(models.Model):
    """Authority, given beforehand, to make one visit alone (PRACTICE 11). It covers one attempt."""

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    risk_assessment = models.TextField(max_length=4000)
    authorised_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    #: Whom the authoriser acted for, under a delegation.
    authorised_for = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    authorised_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="lone_visit_authorised_by_another",
                condition=~Q(authorised_by=F("officer")),
            ),
            models.CheckConstraint(
                name="lone_visit_authorised_for_another",
                condition=decided_for_another("authorised_by", "authorised_for", "officer"),
            ),
        ]


class VisitDirection(models.Model):
    """A dated direction that brings the next visit forward (PRACTICE 4)."""

    offender = models.ForeignKey(
        Offender, on_delete=models.PROTECT, related_name="visit_directions"
    )
    visit_by = models.DateField()
    reason = models.TextField(max_length=2000)
    given_on = models.DateField()
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    #: The visit in whose write-up it was given: it is about the one after, even on the same day.
    given_in = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="+", null=True)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["offender", "given_on"],
                name="direction_live",
                condition=Q(withdrawn_at__isnull=True),
            )
        ]
