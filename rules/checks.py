"""What `manage.py check --database default` says about versions of the rules."""

from collections.abc import Sequence
from typing import Any

from django.apps.config import AppConfig
from django.core.checks import CheckMessage

from audit.guarding import lost
from rules import guards


def versions_are_guarded(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """An error for each guard that is not there."""
    return lost(
        databases,
        since=("rules", "0006_versions_are_never_changed"),
        missing=guards.missing,
        said="Changes to the rules in force would be accepted: {name} is missing or altered.",
        id="rules.E001",
    )
