"""What can go wrong on the floor. The outer rooms turn these into answers."""

from django.core.exceptions import ImproperlyConfigured


class AuditUnavailable(Exception):
    """The record could not be written, so what it records may not happen (503)."""

    code = "audit_unavailable"


class WallLost(ImproperlyConfigured):
    """The database lost a trigger that refuses what must not be. No server process starts."""


class TriggersMissing(WallLost):
    """The database would let the record be changed. The service does not start."""
