"""Extracts from a force: the upload, how far it got, and what was refused."""

import uuid
from typing import TypeAlias

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import Force
from offenders.models import Offender


class JobState(models.TextChoices):
    WAITING = "waiting", "Waiting"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Could not be read"


class ImportKind(models.TextChoices):
    """What a file holds: a person a row, or an official score a row."""

    PEOPLE = "people", "People"
    SCORES = "scores", "Official scores"


class ImportJob(models.Model):
    """One reading of one file. Resumes from `rows_read` after a crash."""

    State: TypeAlias = JobState
    Kind: TypeAlias = ImportKind

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    #: The default of the database serves the release before.
    kind = models.CharField(
        max_length=6, choices=Kind, default=Kind.PEOPLE, db_default=Kind.PEOPLE.value
    )
    name = models.CharField(max_length=200)
    as_of = models.DateField()
    dry_run = models.BooleanField(default=False)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    failure = models.CharField(max_length=60, blank=True)
    rows_read = models.PositiveIntegerField(default=0)
    created_count = models.PositiveIntegerField(default=0)
    changed_count = models.PositiveIntegerField(default=0)
    unchanged_count = models.PositiveIntegerField(default=0)
    refused_count = models.PositiveIntegerField(default=0)
    #: Teams and staff numbers that the file named and we did not know.
    new_teams = models.JSONField(default=list)
    new_officers = models.JSONField(default=list)
    #: Things a person should look at, as {"line", "source_ref", "code"}; never a refusal.
    remarks = models.JSONField(default=list)
    requested_by_kind = models.CharField(max_length=10)
    requested_by_key = models.CharField(max_length=100)
    requested_by_label = models.CharField(max_length=100)
    requested_at = models.DateTimeField(db_default=Now(), editable=False)
    started_at = models.DateTimeField(null=True)
    #: Moves while a worker is on it; a job that stopped moving is taken up again.
    progressed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="import_job_kind_known", condition=Q(kind__in=ImportKind.values)
            ),
            models.CheckConstraint(
                name="import_job_ended_has_its_end",
                condition=Q(state__in=["waiting", "running"], finished_at__isnull=True)
                | Q(state__in=["done", "failed"], finished_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["progressed_at"],
                name="import_job_open",
                condition=Q(state__in=["waiting", "running"]),
            )
        ]


class ImportUpload(models.Model):
    """The bytes of an extract, kept until its job ends and then removed."""

    job = models.OneToOneField(ImportJob, on_delete=models.CASCADE, related_name="upload")
    content = models.BinaryField()


class ImportRefusal(models.Model):
    """One refused row and the first reason that applied."""

    job = models.ForeignKey(ImportJob, on_delete=models.CASCADE, related_name="refusals")
    line = models.PositiveIntegerField()
    #: The row's reference, or "line:N" where it cannot name the row.
    row_key = models.CharField(max_length=60)
    reason = models.CharField(max_length=24)
    #: The first column that has the fault. The default of the database serves the release before.
    column = models.CharField(max_length=40, blank=True, default="", db_default="")

    class Meta:
        constraints = [models.UniqueConstraint(name="refusal_once_a_line", fields=["job", "line"])]


class ImportedRecord(models.Model):
    """What the last extract said of a person, to change only what has changed."""

    offender = models.OneToOneField(
        Offender, on_delete=models.PROTECT, related_name="imported_record"
    )
    #: The row's canonical values by column.
    content = models.JSONField()
    digest = models.CharField(max_length=64)
