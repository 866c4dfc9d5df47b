"""A notified detail that is no longer as it was notified (SOA 2003 s.84)."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.models import User
from offenders.models import Offender
from offenders.querysets import OwnedQuerySet
from workflows.models.visit import Visit
from workflows.models.write_up_rows import NotifiedItem


class DetailChange(models.Model):
    """A change that the police came to know of on `found_on`, and that the person must notify.

    `changed_on` is the day of the change, or where nobody knows it the day it was found. `visit`:
    in whose write-up it stands, where it does.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    offender = models.ForeignKey(Offender, on_delete=models.PROTECT, related_name="detail_changes")
    item = models.CharField(max_length=18, choices=NotifiedItem)
    changed_on = models.DateField()
    found_on = models.DateField()
    visit = models.ForeignKey(
        Visit, on_delete=models.PROTECT, related_name="detail_changes", null=True
    )
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    #: Said otherwise when the visit was written up again, or the visit was voided.
    withdrawn_at = models.DateTimeField(null=True)

    objects = OwnedQuerySet.to("offender__").as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="detail_change_known", condition=Q(item__in=NotifiedItem.values)
            ),
            models.CheckConstraint(
                name="detail_change_found_afterwards",
                condition=Q(found_on__gte=F("changed_on")),
            ),
            models.UniqueConstraint(
                name="detail_change_once_of_a_visit",
                fields=["visit", "item"],
                condition=Q(withdrawn_at__isnull=True, visit__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["offender", "found_on"],
                name="detail_change_live",
                condition=Q(withdrawn_at__isnull=True),
            )
        ]
