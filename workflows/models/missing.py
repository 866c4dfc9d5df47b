"""People who cannot be found: reports, what was looked at, and where they were (PRACTICE 13)."""

import uuid
from typing import TypeAlias

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.deciding import decided_for_another
from accounts.models import User
from offenders.models import Offender, Status
from offenders.querysets import OwnedQuerySet
from workflows.models.process import Process


class ReportOrigin(models.TextChoices):
    VISIT = "visit", "After a visit to somebody not resident"
    OFFICER = "officer", "Reported by an officer"
    TAKEN_OVER = "taken_over", "Missing in the record it was taken over from"


class Confirmation(models.TextChoices):
    CONFIRMED = "confirm", "Missing: confirm"
    REFUSED = "refuse", "Not missing: close the report"


class ReportClosed(models.TextChoices):
    LOCATED = "located", "Located"
    REFUSED = "refused", "A supervisor did not confirm it"
    DIED = "died", "Found to have died"
    ENDED = "ended", "The registration ended"


class MissingReport(models.Model):
    """One report that a person's whereabouts are unknown, until they are known.

    Until a supervisor other than the reporter confirms it the person stays where they were and the
    visit stays owed. `reported_at` starts the enquiries; `closed_on` is the London date on which
    the person was found (or the report refused), `closed_at` when that was recorded. Decision and
    end have an instant by the database's clock beside their own: by it what was known is read.
    """

    Origin: TypeAlias = ReportOrigin
    Decision: TypeAlias = Confirmation
    ClosedBecause: TypeAlias = ReportClosed

    #: Where a person can be found.
    FOUND_IN = (Status.COMMUNITY, Status.CUSTODY, Status.HOSPITAL, Status.ABROAD)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    offender = models.ForeignKey(Offender, on_delete=models.PROTECT, related_name="missing_reports")
    origin = models.CharField(max_length=10, choices=ReportOrigin)
    last_seen_on = models.DateField(null=True)
    reason = models.TextField(max_length=2000)
    reported_on = models.DateField()
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    #: The supervisor's decision, and the work in which it was made.
    decision = models.CharField(max_length=7, choices=Confirmation, blank=True)
    comment = models.TextField(max_length=2000, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    #: Whom the supervisor acted for, under a delegation.
    decided_for = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    decided_on = models.DateField(null=True)
    decided_at = models.DateTimeField(null=True)
    decision_recorded_at = models.DateTimeField(null=True, editable=False)
    process = models.ForeignKey(
        Process, on_delete=models.PROTECT, related_name="missing_reports", null=True
    )
    closed_because = models.CharField(max_length=7, choices=ReportClosed, blank=True)
    found_in = models.CharField(max_length=10, choices=Status, blank=True)
    how = models.TextField(max_length=2000, blank=True)
    closed_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    closing_recorded_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)

    objects = OwnedQuerySet.to("offender__").as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="missing_report_one_open",
                fields=["offender"],
                condition=Q(closed_at__isnull=True),
            ),
            models.CheckConstraint(
                name="missing_report_origin_known", condition=Q(origin__in=ReportOrigin.values)
            ),
            models.CheckConstraint(
                name="missing_report_has_a_reporter",
                condition=Q(origin="taken_over") | Q(reported_by__isnull=False),
            ),
            models.CheckConstraint(
                name="missing_report_confirmed_by_another",
                condition=Q(decided_by__isnull=True)
                | Q(reported_by__isnull=True)
                | ~Q(decided_by=F("reported_by")),
            ),
            models.CheckConstraint(
                name="missing_report_confirmed_for_another",
                condition=decided_for_another("decided_by", "decided_for", "reported_by"),
            ),
            models.CheckConstraint(
                name="missing_report_decided_whole",
                condition=Q(
                    decision="",
                    decided_by__isnull=True,
                    decided_on__isnull=True,
                    decided_at__isnull=True,
                )
                | Q(
                    decision__in=Confirmation.values,
                    decided_by__isnull=False,
                    decided_on__isnull=False,
                    decided_at__isnull=False,
                )
                & ~Q(comment=""),
            ),
            models.CheckConstraint(
                name="missing_report_closed_whole",
                condition=Q(
                    closed_because="",
                    found_in="",
                    how="",
                    closed_on__isnull=True,
                    closed_at__isnull=True,
                    closed_by__isnull=True,
                )
                | Q(
                    closed_because__in=ReportClosed.values,
                    closed_on__gte=F("reported_on"),
                    closed_at__isnull=False,
                    closed_by__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="missing_report_found_somewhere",
                condition=~Q(closed_because="located")
                | Q(found_in__in=["community", "custody", "hospital", "abroad"]) & ~Q(how=""),
            ),
        ]
        indexes = [models.Index(fields=["offender", "reported_on"], name="missing_reported")]


class MissingDecision(models.Model):
    """What the offender manager decided after a visit at which the person was not resident."""

    class Decision(models.TextChoices):
        REPORTED = "report", "Report the person missing"
        NOT_MISSING = "not_missing", "Not missing"

    offender = models.ForeignKey(
        Offender, on_delete=models.PROTECT, related_name="missing_decisions"
    )
    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="missing_decisions")
    decision = models.CharField(max_length=11, choices=Decision)
    reason = models.TextField(max_length=2000)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField()
    decided_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="missing_decision_known",
                condition=Q(decision__in=["report", "not_missing"]),
            )
        ]
        indexes = [models.Index(fields=["offender", "decided_on"], name="missing_decided")]


class MissingEnquiry(models.Model):
    """One round of enquiries for a missing person: what was checked, found, and comes next.

    `report` is null for somebody who was missing already in the record they were taken over from.
    A round after the first is looked at by an inspector who did not make it.
    """

    offender = models.ForeignKey(
        Offender, on_delete=models.PROTECT, related_name="missing_enquiries"
    )
    report = models.ForeignKey(
        MissingReport, on_delete=models.PROTECT, related_name="enquiries", null=True
    )
    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="missing_enquiries")
    made_on = models.DateField()
    last_known_address = models.BooleanField()
    family_and_associates = models.BooleanField()
    agencies_and_records = models.BooleanField()
    wanted_marker = models.BooleanField()
    ports_alert = models.BooleanField()
    mappa_reviewed = models.BooleanField()
    findings = models.TextField(max_length=4000)
    next_steps = models.TextField(max_length=2000)
    #: Whether it came after an earlier one: then an inspector looks at it.
    is_periodic = models.BooleanField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    review = models.TextField(max_length=2000, blank=True)
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    #: Whom the inspector acted for, under a delegation.
    reviewed_for = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="missing_enquiry_reviewed_by_another",
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("made_by")),
            ),
            models.CheckConstraint(
                name="missing_enquiry_reviewed_for_another",
                condition=decided_for_another("reviewed_by", "reviewed_for", "made_by"),
            ),
            models.CheckConstraint(
                name="missing_enquiry_reviewed_whole",
                condition=Q(review="", reviewed_by__isnull=True, reviewed_at__isnull=True)
                | Q(reviewed_by__isnull=False, reviewed_at__isnull=False) & ~Q(review=""),
            ),
        ]
        indexes = [models.Index(fields=["offender", "made_on"], name="missing_enquired")]
