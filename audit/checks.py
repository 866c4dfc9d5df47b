"""What `manage.py check --database default` says about the record."""

from collections.abc import Sequence
from typing import Any

from django.apps.config import AppConfig
from django.core.checks import CheckMessage, Error
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from audit import triggers


def record_is_protected(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """An error for each trigger that is not there.

    Silent until the last migration that makes them has run: `migrate` runs these checks first.
    """
    return [
        Error(
            f"The audit record can be changed: trigger {name} is missing, off or altered.",
            hint="Run `manage.py restore_triggers` and find out who removed it.",
            id="audit.E001",
        )
        for alias in databases or ()
        if ("audit", "0003_refuse_replacing_a_completion")
        in MigrationRecorder(connections[alias]).applied_migrations()
        for name in triggers.missing(connections[alias])
    ]
