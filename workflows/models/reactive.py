"""Reactive management: proposed by one, recommended by another, authorised by an inspector."""

import uuid
from typing import TypeAlias

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.deciding import decided_for_another
from accounts.models import User
from offenders.models import Offender
from offenders.querysets import OwnedQuerySet


class Recommendation(models.TextChoices):
    RECOMMENDED = "recommended", "Recommend it"
    NOT_RECOMMENDED = "not_recommended", "Do not recommend it"


class Authority(models.TextChoices):
    AUTHORISED = "authorised", "Authorise it"
    REFUSED = "refused", "Refuse it"


class ReactiveProposal(models.Model):
    """One proposal to manage a person reactively, and what two others made of it (PRACTICE 16).

    Settled by a recommendation against it, by the inspector, or by something that speaks against it
    meanwhile, such as custody or a raised level: then it lapses.
    """

    Recommendation: TypeAlias = Recommendation
    Authority: TypeAlias = Authority

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    offender = models.ForeignKey(
        Offender, on_delete=models.PROTECT, related_name="reactive_proposals"
    )
    reason = models.TextField(max_length=4000)
    proposed_on = models.DateField()
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    recommendation = models.CharField(max_length=15, choices=Recommendation, blank=True)
    recommended_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    #: Whom they acted for, under a delegation. An inspector authorises in person.
    recommended_for = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    recommended_at = models.DateTimeField(null=True)
    recommendation_comment = models.TextField(max_length=2000, blank=True)
    authority = models.CharField(max_length=10, choices=Authority, blank=True)
    authorised_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    authorised_at = models.DateTimeField(null=True)
    authority_comment = models.TextField(max_length=2000, blank=True)
    #: The London date on which it was settled, however; and the instant.
    settled_on = models.DateField(null=True)
    settled_at = models.DateTimeField(null=True)
    lapsed_because = models.CharField(max_length=60, blank=True)

    objects = OwnedQuerySet.to("offender__").as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="reactive_proposal_one_open",
                fields=["offender"],
                condition=Q(settled_on__isnull=True),
            ),
            models.CheckConstraint(
                name="reactive_proposal_recommendation_known",
                condition=Q(recommendation__in=["", *Recommendation.values]),
            ),
            models.CheckConstraint(
                name="reactive_proposal_authority_known",
                condition=Q(authority__in=["", *Authority.values]),
            ),
            models.CheckConstraint(
                name="reactive_proposal_recommended_by_another",
                condition=Q(recommended_by__isnull=True) | ~Q(recommended_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="reactive_proposal_recommended_for_another",
                condition=decided_for_another("recommended_by", "recommended_for", "proposed_by"),
            ),
            models.CheckConstraint(
                name="reactive_proposal_authorised_by_a_third",
                condition=Q(authorised_by__isnull=True)
                | ~Q(authorised_by=F("proposed_by")) & ~Q(authorised_by=F("recommended_by")),
            ),
            models.CheckConstraint(
                name="reactive_proposal_authorised_by_nobody_acted_for",
                condition=Q(authorised_by__isnull=True)
                | Q(recommended_for__isnull=True)
                | ~Q(authorised_by=F("recommended_for")),
            ),
            models.CheckConstraint(
                name="reactive_proposal_recommended_whole",
                condition=Q(
                    recommendation="", recommended_by__isnull=True, recommended_at__isnull=True
                )
                | Q(recommended_by__isnull=False, recommended_at__isnull=False)
                & ~Q(recommendation=""),
            ),
            models.CheckConstraint(
                name="reactive_proposal_authorised_whole",
                condition=Q(authority="", authorised_by__isnull=True, authorised_at__isnull=True)
                | Q(
                    recommendation="recommended",
                    authorised_by__isnull=False,
                    authorised_at__isnull=False,
                    settled_on__isnull=False,
                )
                & ~Q(authority=""),
            ),
            models.CheckConstraint(
                name="reactive_proposal_settled_whole",
                condition=Q(settled_on__isnull=True, settled_at__isnull=True, lapsed_because="")
                | Q(settled_on__isnull=False, settled_at__isnull=False),
            ),
        ]

    @property
    def about(self) -> str:
        """What its obligation is about."""
        return f"proposal:{self.pk}"


class ReactiveCriterion(models.Model):
    """One criterion of a proposal, as it was when it was proposed."""

    proposal = models.ForeignKey(
        ReactiveProposal, on_delete=models.PROTECT, related_name="criteria"
    )
    #: A word of `workflows.reactive.Criterion`.
    criterion = models.CharField(max_length=30)
    met = models.BooleanField()
    evidence = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="reactive_criterion_once", fields=["proposal", "criterion"]
            )
        ]


class ReviewOutcome(models.TextChoices):
    CONTINUES = "continues", "Reactive management continues"
    ACTIVE = "active", "Back to active management"


class ReactiveReview(models.Model):
    """A yearly look, on paper, at somebody who is managed reactively."""

    Outcome: TypeAlias = ReviewOutcome

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    offender = models.ForeignKey(
        Offender, on_delete=models.PROTECT, related_name="reactive_reviews"
    )
    outcome = models.CharField(max_length=9, choices=Outcome)
    comment = models.TextField(max_length=4000)
    reviewed_on = models.DateField()
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    #: Whom the reviewer acted for, under a delegation.
    reviewed_for = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = OwnedQuerySet.to("offender__").as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reactive_review_outcome_known",
                condition=Q(outcome__in=ReviewOutcome.values),
            ),
            models.CheckConstraint(
                name="reactive_review_for_another_than_the_reviewer",
                condition=Q(reviewed_for__isnull=True) | ~Q(reviewed_for=F("reviewed_by")),
            ),
        ]
        indexes = [models.Index(fields=["offender", "reviewed_on"], name="reactive_reviewed")]
