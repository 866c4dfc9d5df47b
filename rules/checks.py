"""What `manage.py check --database default` says about versions of the rules."""

from collections.abc import Sequence
from typing import Any

from django.apps.config import AppConfig
from django.core.checks import CheckMessage, Error
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from rules import guards


def versions_are_guarded(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """An error for each guard that is not there.

    Silent until the migration that makes them has run: `migrate` runs these checks first.
    """
    return [
        Error(
            f"Changes to the rules in force would be accepted: {name} is missing or altered.",
            hint="Run `manage.py restore_triggers` and find out who removed it.",
            id="rules.E001",
        )
        for alias in databases or ()
        if ("rules", "0006_versions_are_never_changed")
        in MigrationRecorder(connections[alias]).applied_migrations()
        for name in guards.missing(connections[alias])
    ]
