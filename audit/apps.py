"""Django's name for this room."""

from django.apps import AppConfig
from django.core.checks import Tags, register

from audit.checks import record_is_protected


class AuditConfig(AppConfig):
    """The floor: an append-only record of every change and every look."""

    name = "audit"

    def ready(self) -> None:
        """Have `check --database` look at the triggers."""
        register(record_is_protected, Tags.database)
