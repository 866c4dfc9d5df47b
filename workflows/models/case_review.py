"""A supervisor's review of how a person is managed, and the checks of a dip sample."""

import uuid
from typing import Any, TypeAlias

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.deciding import decided_for_another
from accounts.models import Force, Team, User
from offenders.models import Offender
from offenders.querysets import OwnedQuerySet
from workflows.models.case_action import CaseAction
from workflows.models.process import Process


class ReviewKind(models.TextChoices):
    SUPERVISOR_REVIEW = "supervisor_review", "Supervisor review"
    DIP_SAMPLE = "dip_sample", "Dip sample"


class OverallGrade(models.TextChoices):
    GOOD = "good", "Good"
    REQUIRES_IMPROVEMENT = "requires_improvement", "Requires improvement"
    INADEQUATE = "inadequate", "Inadequate"


class CheckGrade(models.TextChoices):
    GOOD = "good", "Good"
    REQUIRES_IMPROVEMENT = "requires_improvement", "Requires improvement"
    INADEQUATE = "inadequate", "Inadequate"
    NOT_APPLICABLE = "not_applicable", "Does not apply"


class CheckItem(models.TextChoices):
    """What is gone through, in the order of the form (College of Policing; HMICFRS findings)."""

    RECORDS = "records", "Records are complete and up to date"
    FLAGS_LOCAL = "flags_local", "Flag and alert settings on the local system are right"
    FLAGS_NATIONAL = "flags_national", "Markers on PNC, PND and LEDS are set"
    ACTIONS = "actions", "Open actions are being done"
    PLAN = "plan", "Risk management plan is in date and followed"
    ASSESSMENT = "assessment", "Risk assessment is in date and fits what is known"
    VISIT_QUALITY = "visit_quality", "Quality of the visits"
    VISIT_VARIETY = "visit_variety", "Days and times of the visits vary"
    CHECKS_POLICE = "checks_police", "Local system, PNC and PND checked since the last review"
    CHECKS_OPEN = "checks_open", "Open source checked since the last review"
    DISCLOSURE = "disclosure", "Disclosure was considered and the decision recorded"
    WELFARE = "welfare", "Welfare of the officer"


class CaseReview(models.Model):
    """One review of one person's management, by someone who does not manage them.

    `offender_manager` is a copy from that day, so that the constraint can compare. A check of a
    dip sample is one too, and starts no clock. Inserted, never changed.
    """

    Kind: TypeAlias = ReviewKind
    Grade: TypeAlias = OverallGrade

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    offender = models.ForeignKey(Offender, on_delete=models.PROTECT, related_name="case_reviews")
    process = models.OneToOneField(Process, on_delete=models.PROTECT, related_name="case_review")
    kind = models.CharField(max_length=20, choices=Kind)
    reviewed_on = models.DateField()
    #: Copied, so that what a team was found to be like stays with it.
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    offender_manager = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True
    )
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    #: Whom the reviewer acted for, under a delegation.
    reviewed_for = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    grade = models.CharField(max_length=20, choices=Grade)
    comment = models.TextField(max_length=4000)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = OwnedQuerySet.to("offender__").as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="case_review_by_another_than_the_manager",
                condition=Q(offender_manager__isnull=True) | ~Q(reviewed_by=F("offender_manager")),
            ),
            models.CheckConstraint(
                name="case_review_for_another_than_the_manager",
                condition=decided_for_another("reviewed_by", "reviewed_for", "offender_manager"),
            ),
            models.CheckConstraint(
                name="case_review_kind_known", condition=Q(kind__in=ReviewKind.values)
            ),
            models.CheckConstraint(
                name="case_review_grade_known", condition=Q(grade__in=OverallGrade.values)
            ),
        ]
        indexes = [
            models.Index(fields=["offender", "kind", "reviewed_on"], name="case_reviewed"),
            models.Index(fields=["team", "kind", "reviewed_on"], name="case_reviewed_in_team"),
        ]

    @property
    def directed(self) -> list[CaseAction]:
        """What was directed: actions, by their day."""
        return sorted(self.process.case_actions.all(), key=lambda one: (one.due_on, one.pk))

    @property
    def directions(self) -> list[dict[str, Any]]:
        """The same as the rows of the form said it."""
        return [
            {
                "text": action.text,
                "due_on": action.due_on,
                "owner": action.owner.staff_number if action.owner else "",
            }
            for action in self.directed
        ]


class CaseReviewCheck(models.Model):
    """What one check of a review found; why, where it is not good."""

    Item: TypeAlias = CheckItem
    Grade: TypeAlias = CheckGrade

    review = models.ForeignKey(CaseReview, on_delete=models.PROTECT, related_name="checks")
    item = models.CharField(max_length=20, choices=Item)
    grade = models.CharField(max_length=20, choices=Grade)
    comment = models.CharField(max_length=1000, blank=True)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="case_review_check_once_in_a_review", fields=["review", "item"]
            ),
            models.CheckConstraint(
                name="case_review_check_item_known", condition=Q(item__in=CheckItem.values)
            ),
            models.CheckConstraint(
                name="case_review_check_grade_known", condition=Q(grade__in=CheckGrade.values)
            ),
            models.CheckConstraint(
                name="case_review_check_says_why",
                condition=Q(grade=CheckGrade.GOOD) | ~Q(comment=""),
            ),
        ]


class DipSample(models.Model):
    """A sample drawn for quality checks, from which it can be drawn again.

    `frame` is whom it was drawn from, by id of our own: (key, weight, whether checked lately). With
    `seed` and `size` it gives the same people again (`workflows.sampling.drawn`).
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    #: Of one officer's people alone, where it is.
    officer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    size = models.PositiveSmallIntegerField()
    seed = models.CharField(max_length=40)
    frame = models.JSONField()
    drawn_on = models.DateField()
    drawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    #: Whom they acted for, under a delegation.
    drawn_for = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="dip_sample_of_someone", condition=Q(size__gte=1) & ~Q(seed="")
            ),
            models.CheckConstraint(
                name="dip_sample_drawn_for_another",
                condition=Q(drawn_for__isnull=True) | ~Q(drawn_for=F("drawn_by")),
            ),
        ]
        indexes = [models.Index(fields=["team", "drawn_on"], name="dip_sample_of_team")]


class DipSampleItem(models.Model):
    """One person of a sample, and who checks them: never who manages them.

    `offender_manager` is a copy from the day of the draw. Checked once a review says so.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sample = models.ForeignKey(DipSample, on_delete=models.PROTECT, related_name="items")
    offender = models.ForeignKey(Offender, on_delete=models.PROTECT, related_name="dip_samples")
    offender_manager = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True
    )
    checker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    drawn_on = models.DateField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    #: Set with the review that checked it.
    checked_on = models.DateField(null=True)
    checked_at = models.DateTimeField(null=True)
    review = models.OneToOneField(
        CaseReview, on_delete=models.PROTECT, related_name="sample_item", null=True
    )

    objects = OwnedQuerySet.to("offender__").as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="dip_sample_item_once_in_a_sample", fields=["sample", "offender"]
            ),
            models.CheckConstraint(
                name="dip_sample_item_checked_by_another",
                condition=Q(offender_manager__isnull=True) | ~Q(checker=F("offender_manager")),
            ),
            models.CheckConstraint(
                name="dip_sample_item_checked_whole",
                condition=Q(checked_on__isnull=True, checked_at__isnull=True, review__isnull=True)
                | Q(checked_on__isnull=False, checked_at__isnull=False, review__isnull=False),
            ),
        ]

    @property
    def about(self) -> str:
        """How what is owed names it."""
        return f"sample:{self.pk}"


class ReturnedWork(models.Model):
    """Something that a second person gave back to whoever wrote it, with why.

    Of every step that takes a second person alike, so that how often work comes back can be told.
    """

    offender = models.ForeignKey(Offender, on_delete=models.PROTECT, related_name="returned_work")
    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="returned_work")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=40)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    returned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    #: Whom they acted for, under a delegation.
    returned_for = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    returned_on = models.DateField()
    reason = models.TextField(max_length=4000)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="returned_work_by_another", condition=~Q(author=F("returned_by"))
            ),
            models.CheckConstraint(
                name="returned_work_for_another",
                condition=decided_for_another("returned_by", "returned_for", "author"),
            ),
            models.CheckConstraint(name="returned_work_says_why", condition=~Q(reason="")),
        ]
        indexes = [
            models.Index(fields=["team", "returned_on"], name="returned_in_team"),
            models.Index(fields=["offender", "returned_on"], name="returned_of_offender"),
        ]

    @property
    def comment(self) -> str:
        """The reason, by the name that the forms of second persons give it."""
        return self.reason
