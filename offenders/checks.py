"""What `manage.py check --database default` says about status intervals and history."""

from collections.abc import Sequence
from typing import Any

from django.apps.config import AppConfig
from django.core.checks import CheckMessage, Error
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from offenders import history, intervals


def intervals_are_guarded(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """An error for each guard that is not there.

    Silent until the migration that makes them has run: `migrate` runs these checks first.
    """
    return [
        Error(
            f"Overlapping status intervals would be accepted: {name} is missing or altered.",
            hint="Run `manage.py restore_triggers` and find out who removed it.",
            id="offenders.E001",
        )
        for alias in databases or ()
        if ("offenders", "0002_status_intervals_never_overlap")
        in MigrationRecorder(connections[alias]).applied_migrations()
        for name in intervals.missing(connections[alias])
    ]


def history_is_kept(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """An error for each trigger that is not there. Silent until its migration has run."""
    return [
        Error(
            f"What a fact said before would be forgotten: {name} is missing or altered.",
            hint="Run `manage.py restore_triggers` and find out who removed it.",
            id="offenders.E002",
        )
        for alias in databases or ()
        if ("offenders", "0007_as_known")
        in MigrationRecorder(connections[alias]).applied_migrations()
        for name in history.missing(connections[alias])
    ]
