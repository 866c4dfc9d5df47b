"""Where a person is: the intervals that stop and start the clocks (SOA 2003 ss.83(6), 84(5))."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from offenders.models.offender import Offender
from offenders.querysets import OwnedQuerySet


class Status(models.TextChoices):
    """`hospital` means detained; police custody before remand is not `custody` (PRACTICE 5)."""

    COMMUNITY = "community", "In the community"
    CUSTODY = "custody", "In custody"
    HOSPITAL = "hospital", "Detained in hospital"
    ABROAD = "abroad", "Abroad"
    MISSING = "missing", "Missing"


class StatusInterval(models.Model):
    """A status over the half-open interval `[from_on, until_on)` of London dates.

    The day of release is the first day of what follows ("beginning with ... his release").
    Intervals of one person never overlap: exclusion constraint on PostgreSQL, triggers on SQLite.
    """

    offender = models.ForeignKey(Offender, on_delete=models.PROTECT, related_name="statuses")
    status = models.CharField(max_length=10, choices=Status)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    #: True where `from_on` is a release whose custody we hold no dates of (taken-over records).
    began_with_release = models.BooleanField(default=False)
    #: Custody only: when release is expected, where known.
    release_expected_on = models.DateField(null=True)
    #: The day on which that was last said anew; null while it is as it was said at the beginning.
    release_expected_said_on = models.DateField(null=True)
    #: When we took the interval over from another record; null where it was recorded here. Nobody
    #: here could plan a release before that day.
    taken_over_on = models.DateField(null=True)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = OwnedQuerySet.to("offender__").as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="status_one_open", fields=["offender"], condition=Q(until_on__isnull=True)
            ),
            models.UniqueConstraint(name="status_once_a_day", fields=["offender", "from_on"]),
            models.CheckConstraint(
                name="status_in_order",
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")),
            ),
            models.CheckConstraint(name="status_known", condition=Q(status__in=Status.values)),
            models.CheckConstraint(
                name="status_release_not_into_detention",
                condition=Q(began_with_release=False) | ~Q(status__in=["custody", "hospital"]),
            ),
            models.CheckConstraint(
                name="status_release_expected_after_it_began",
                condition=Q(release_expected_on__isnull=True)
                | Q(release_expected_on__gte=F("from_on")),
            ),
            models.CheckConstraint(
                name="status_release_expected_in_custody",
                condition=Q(release_expected_on__isnull=True)
                | Q(status__in=["custody", "hospital"]),
            ),
        ]
