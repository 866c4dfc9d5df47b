"""What can go wrong on the floor. The outer rooms turn these into answers."""

from django.core.exceptions import ImproperlyConfigured


class AuditUnavailable(Exception):
    """The record could not be written, so what it records may not happen (503)."""

    code = "audit_unavailable"


class TriggersMissing(ImproperlyConfigured):
    """The database would let the record be changed. The service does not start."""
