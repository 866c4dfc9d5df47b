"""What rows said before they were changed in place: the past as it was known then.

Where a fact is changed and not added to (an interval that is closed, an order whose end moves),
the row as it was is kept here, with the instant until which it stood by the database clock. The
database itself writes these rows (`offenders.history`), so that no code can forget to. Their words
need no check of their own: the row they were copied from had one.
"""

from django.db import models
from django.db.models.functions import Now

from accounts.models import Team, User
from offenders.models.offender import Offender


class Was(models.Model):
    """One row as it stood until an instant. Inserted by the database alone, and never changed."""

    #: The row that was changed.
    fact_id = models.BigIntegerField()
    offender = models.ForeignKey(Offender, on_delete=models.PROTECT, related_name="+")
    stood_until = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["offender", "stood_until"], name="%(class)s_asked")]


class AddressWas(Was):
    """An address before its kind or dates were changed. Where it was is not kept again."""

    kind = models.CharField(max_length=16)
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)


class NotificationBasisWas(Was):
    """What registers a person, before another record corrected it."""

    disposal = models.CharField(max_length=40)
    relevant_date = models.DateField()
    discharge_months = models.PositiveSmallIntegerField(null=True)


class OrderWas(Was):
    """An order before its end moved, or a court discharged it."""

    kind = models.CharField(max_length=20)
    made_on = models.DateField()
    ends_on = models.DateField(null=True)
    discharged_on = models.DateField(null=True)


class StatusIntervalWas(Was):
    """Where a person was said to be, before the interval was closed or a release said anew."""

    status = models.CharField(max_length=10)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    began_with_release = models.BooleanField()
    release_expected_on = models.DateField(null=True)
    release_expected_said_on = models.DateField(null=True)
    taken_over_on = models.DateField(null=True)


class OffenderWas(Was):
    """Who managed a person, and what decides what is owed, before it was changed."""

    date_of_birth = models.DateField()
    registration_ended_on = models.DateField(null=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    offender_manager = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True
    )


class HistoryBegan(models.Model):
    """Since when what rows said before is kept: one row, written by the migration."""

    at = models.DateTimeField(db_default=Now(), editable=False)
