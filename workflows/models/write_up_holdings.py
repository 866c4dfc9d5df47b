"""Rows of a write-up about devices and accounts: what was looked for, and what nobody declared.

Each row reads by the names of the fields of its form, so that a page says it back as it was typed.
"""

from typing import TypeAlias
from uuid import UUID

from django.db import models
from django.db.models import Q

from offenders.models import Device, OnlineAccount
from workflows.models.write_up import VisitWriteUp


class HoldingFinding(models.TextChoices):
    NOT_CHECKED = "not_checked", "Not checked"
    SEEN = "seen", "Seen"
    NOT_THERE = "not_there", "Not there"
    NO_LONGER_HELD = "no_longer_held", "No longer held"
    SEIZED = "seized", "Seized"


class DeviceCheck(models.Model):
    """A known device, looked for."""

    Finding: TypeAlias = HoldingFinding

    write_up = models.ForeignKey(
        VisitWriteUp, on_delete=models.PROTECT, related_name="device_checks"
    )
    checked = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="+")
    finding = models.CharField(max_length=14, choices=HoldingFinding)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(name="device_check_once", fields=["write_up", "checked"]),
            models.CheckConstraint(
                name="device_check_known", condition=Q(finding__in=HoldingFinding.values)
            ),
        ]

    @property
    def device(self) -> UUID:
        """Its public id."""
        return self.checked.public_id

    @property
    def label(self) -> str:
        """Which device."""
        return self.checked.label


class AccountCheck(models.Model):
    """A known account, looked for."""

    write_up = models.ForeignKey(
        VisitWriteUp, on_delete=models.PROTECT, related_name="account_checks"
    )
    checked = models.ForeignKey(OnlineAccount, on_delete=models.PROTECT, related_name="+")
    finding = models.CharField(max_length=14, choices=HoldingFinding)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(name="account_check_once", fields=["write_up", "checked"]),
            models.CheckConstraint(
                name="account_check_known", condition=Q(finding__in=HoldingFinding.values)
            ),
        ]

    @property
    def account(self) -> UUID:
        """Its public id."""
        return self.checked.public_id

    @property
    def label(self) -> str:
        """Which account."""
        return self.checked.label


class FoundDevice(models.Model):
    """A device that nobody had declared, found at the visit."""

    write_up = models.ForeignKey(
        VisitWriteUp, on_delete=models.PROTECT, related_name="found_devices"
    )
    found = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(name="found_device_once", fields=["write_up", "found"])
        ]

    @property
    def kind(self) -> str:
        """What it is."""
        return self.found.kind

    @property
    def description(self) -> str:
        """Make and model."""
        return self.found.description

    @property
    def identifier(self) -> str:
        """Serial number or IMEI."""
        return self.found.identifier


class FoundAccount(models.Model):
    """An account that nobody had declared, found at the visit."""

    write_up = models.ForeignKey(
        VisitWriteUp, on_delete=models.PROTECT, related_name="found_accounts"
    )
    found = models.ForeignKey(OnlineAccount, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(name="found_account_once", fields=["write_up", "found"])
        ]

    @property
    def service(self) -> str:
        """With which service."""
        return self.found.service

    @property
    def user_name(self) -> str:
        """The name there."""
        return self.found.user_name
