"""Devices and online accounts: declared by the person, or found. References only, never content."""

import uuid
from typing import TypeAlias

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import User
from offenders.models.offender import Offender
from offenders.querysets import OwnedQuerySet


class HoldingState(models.TextChoices):
    """How we know of a device or an account, and what became of it."""

    DECLARED = "declared", "Declared"
    FOUND_UNDECLARED = "found_undeclared", "Found, not declared"
    NO_LONGER_HELD = "no_longer_held", "No longer held"
    SEIZED = "seized", "Seized"


#: What somebody still has.
HELD = (HoldingState.DECLARED, HoldingState.FOUND_UNDECLARED)


class DeviceKind(models.TextChoices):
    PHONE = "phone", "Telephone"
    TABLET = "tablet", "Tablet"
    COMPUTER = "computer", "Computer"
    CONSOLE = "console", "Games console"
    STORAGE = "storage", "Storage"
    CAMERA = "camera", "Camera"
    SMART_DEVICE = "smart_device", "Smart television or other connected device"
    OTHER = "other", "Other"


class Device(models.Model):
    """Something that stores or connects. `identifier`: serial number or IMEI, where known."""

    Kind: TypeAlias = DeviceKind
    State: TypeAlias = HoldingState

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    offender = models.ForeignKey(Offender, on_delete=models.PROTECT, related_name="devices")
    kind = models.CharField(max_length=12, choices=Kind)
    description = models.CharField(max_length=200)
    identifier = models.CharField(max_length=60, blank=True)
    #: Folded, for looking it up; null where a release before this one wrote it.
    identifier_key = models.CharField(max_length=60, null=True)  # noqa: DJ001 - as said
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = OwnedQuerySet.to("offender__").as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="device_kind_known", condition=Q(kind__in=DeviceKind.values)
            ),
            models.UniqueConstraint(
                name="device_identifier_once",
                fields=["offender", "identifier"],
                condition=~Q(identifier=""),
            ),
        ]
        indexes = [models.Index(fields=["identifier_key"], name="device_by_number")]

    @property
    def label(self) -> str:
        """In one line, as a form or a page names it."""
        number = f" ({self.identifier})" if self.identifier else ""
        return f"{self.get_kind_display()}: {self.description}{number}"


class OnlineAccount(models.Model):
    """An account with a service, by its name there. Never a password, and never a bank's."""

    State: TypeAlias = HoldingState

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    offender = models.ForeignKey(Offender, on_delete=models.PROTECT, related_name="online_accounts")
    service = models.CharField(max_length=100)
    user_name = models.CharField(max_length=200)
    #: Folded, for looking it up; null where a release before this one wrote it.
    user_name_key = models.CharField(max_length=200, null=True)  # noqa: DJ001 - as said
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = OwnedQuerySet.to("offender__").as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="online_account_once", fields=["offender", "service", "user_name"]
            )
        ]
        indexes = [models.Index(fields=["user_name_key"], name="online_account_by_name")]

    @property
    def label(self) -> str:
        """In one line, as a form or a page names it."""
        return f"{self.service}: {self.user_name}"


class HoldingStatus(models.Model):
    """One line of the history of a device or an account. The newest stands.

    `reference`: where it is written, such as a visit or an exhibit number.
    """

    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="history", null=True)
    account = models.ForeignKey(
        OnlineAccount, on_delete=models.PROTECT, related_name="history", null=True
    )
    state = models.CharField(max_length=16, choices=HoldingState)
    since_on = models.DateField()
    reference = models.CharField(max_length=100, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    #: Set where what it came from was voided, such as a visit to another person.
    voided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="holding_state_known", condition=Q(state__in=HoldingState.values)
            ),
            models.CheckConstraint(
                name="holding_is_one_thing",
                condition=Q(device__isnull=False, account__isnull=True)
                | Q(device__isnull=True, account__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["device", "-since_on", "-id"], name="holding_of_device"),
            models.Index(fields=["account", "-since_on", "-id"], name="holding_of_account"),
        ]
