"""What `manage.py check --database default` says about absences."""

from collections.abc import Sequence
from typing import Any

from django.apps.config import AppConfig
from django.core.checks import CheckMessage

from accounts import absences
from audit.guarding import lost


def absences_are_guarded(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """An error for each guard that is not there."""
    return lost(
        databases,
        since=("accounts", "0006_absences_never_overlap"),
        missing=absences.missing,
        said="Overlapping absences would be accepted: {name} is missing or altered.",
        id="accounts.E001",
    )
