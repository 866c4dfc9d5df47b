"""Contacts that are not visits: they never reset a clock (PRACTICE 9)."""

import uuid

from django.db import models
from django.db.models.functions import Now

from accounts.models import User
from offenders.models.offender import Offender
from offenders.querysets import OwnedQuerySet


class ContactNote(models.Model):
    """A telephone, station, neighbourhood or partner contact."""

    class Kind(models.TextChoices):
        TELEPHONE = "telephone", "Telephone"
        STATION = "station", "At a police station"
        NEIGHBOURHOOD = "neighbourhood", "Neighbourhood contact"
        PARTNER = "partner", "Partner agency"
        OTHER = "other", "Other"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    offender = models.ForeignKey(Offender, on_delete=models.PROTECT, related_name="contact_notes")
    kind = models.CharField(max_length=14, choices=Kind)
    occurred_at = models.DateTimeField()
    text = models.TextField(max_length=4000)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = OwnedQuerySet.to("offender__").as_manager()
