"""When an officer is away, and who covers meanwhile."""

import datetime as dt
import uuid
from typing import Self, TypeAlias

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models.user import User


class AbsenceKind(models.TextChoices):
    """Why, in one word. Never anything medical."""

    LEAVE = "leave", "Leave"
    SICKNESS = "sickness", "Sickness"
    ABSTRACTION = "abstraction", "Abstraction"
    COURSE = "course", "Course"
    OTHER = "other", "Other"


class AbsenceQuerySet(models.QuerySet):
    """Absences by when they hold."""

    def live(self) -> Self:
        """Those that nobody has called off."""
        return self.filter(cancelled_at__isnull=True)

    def on(self, day: dt.date) -> Self:
        """Those that hold on a London date."""
        return self.live().filter(from_on__lte=day, until_on__gt=day)

    def held_on(self, day: dt.date, known_at: dt.datetime | None = None) -> Self:
        """Those that hold on a London date, or held on it and were called off on a later one.

        `known_at`: by what was on record at that instant; else now.
        """
        next_day = dt.datetime.combine(day + dt.timedelta(days=1), dt.time())
        stands = Q(cancelled_at__isnull=True) | Q(cancelled_at__gte=timezone.make_aware(next_day))
        rows = self.filter(from_on__lte=day, until_on__gt=day)
        if known_at is None:
            return rows.filter(stands)
        known = rows.filter(recorded_at__lte=known_at)
        return known.filter(stands | Q(cancelled_at__gt=known_at))

    def ending_after(self, day: dt.date) -> Self:
        """Those that hold on a London date or begin later."""
        return self.live().filter(until_on__gt=day)

    def covered(self) -> Self:
        """Those for which somebody stands in."""
        return self.filter(cover__isnull=False, cover_ended_at__isnull=True)


class Absence(models.Model):
    """One officer away from `from_on` until `until_on`, which is the first day back.

    Half-open, as every interval here. Nothing changes hands by it: people and work stay with the
    officer, and who else sees the work meanwhile is derived from this row as it is read.
    Rows are inserted and never edited. An absence that is called off, or ends early, is cancelled:
    it held until then. Those of one officer that were not cancelled never overlap: exclusion
    constraint on PostgreSQL, triggers on SQLite (`accounts/absences.py`). `cover_ended_at`: the
    cover may not go on, and the officer is uncovered.
    """

    Kind: TypeAlias = AbsenceKind

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    officer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="absences")
    kind = models.CharField(max_length=11, choices=Kind)
    from_on = models.DateField()
    until_on = models.DateField()
    cover = models.ForeignKey(User, on_delete=models.PROTECT, related_name="covering", null=True)
    cover_ended_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    cancelled_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    cancelled_at = models.DateTimeField(null=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="absence_kind_known", condition=Q(kind__in=AbsenceKind.values)
            ),
            models.CheckConstraint(
                name="absence_has_some_length", condition=Q(until_on__gt=F("from_on"))
            ),
            models.CheckConstraint(
                name="absence_covered_by_another",
                condition=Q(cover__isnull=True) | ~Q(cover=F("officer")),
            ),
            models.CheckConstraint(
                name="absence_cover_ends_where_there_was_one",
                condition=Q(cover_ended_at__isnull=True) | Q(cover__isnull=False),
            ),
            models.CheckConstraint(
                name="absence_cancelled_by_someone",
                condition=Q(cancelled_at__isnull=True, cancelled_by__isnull=True)
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False),
            ),
        ]
        indexes = [
            # Every list asks who is away, and for whom its reader covers.
            models.Index(
                fields=["officer", "until_on"],
                name="absence_of_officer",
                condition=Q(cancelled_at__isnull=True),
            ),
            models.Index(
                fields=["cover", "until_on"],
                name="absence_of_cover",
                condition=Q(
                    cancelled_at__isnull=True, cover__isnull=False, cover_ended_at__isnull=True
                ),
            ),
        ]
