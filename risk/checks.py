"""What `manage.py check --database default` says about assessments."""

from collections.abc import Sequence
from typing import Any

from django.apps.config import AppConfig
from django.core.checks import CheckMessage, Error
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from risk import frozen


def assessments_are_frozen(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """An error for each guard that is not there.

    Silent until the migration that makes them has run: `migrate` runs these checks first.
    """
    return [
        Error(
            f"Changes to what was assessed would be accepted: {name} is missing or altered.",
            hint="Run `manage.py restore_triggers` and find out who removed it.",
            id="risk.E001",
        )
        for alias in databases or ()
        if ("risk", "0004_tools_that_there_are_and_frozen_assessments")
        in MigrationRecorder(connections[alias]).applied_migrations()
        for name in frozen.missing(connections[alias])
    ]
