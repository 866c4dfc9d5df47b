"""What `manage.py check --database default` says about status intervals and history."""

from collections.abc import Sequence
from typing import Any

from django.apps.config import AppConfig
from django.core.checks import CheckMessage

from audit.guarding import lost
from offenders import history, intervals


def intervals_are_guarded(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """An error for each guard that is not there."""
    return lost(
        databases,
        since=("offenders", "0002_status_intervals_never_overlap"),
        missing=intervals.missing,
        said="Overlapping status intervals would be accepted: {name} is missing or altered.",
        id="offenders.E001",
    )


def history_is_kept(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """An error for each trigger that is not there."""
    return lost(
        databases,
        since=("offenders", "0007_as_known"),
        missing=history.missing,
        said="What a fact said before would be forgotten: {name} is missing or altered.",
        id="offenders.E002",
    )
