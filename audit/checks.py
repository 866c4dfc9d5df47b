"""What `manage.py check --database default` says about the record."""

from collections.abc import Sequence
from typing import Any

from django.apps.config import AppConfig
from django.core.checks import CheckMessage

from audit import triggers
from audit.guarding import lost


def record_is_protected(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """An error for each trigger that is not there."""
    return lost(
        databases,
        since=("audit", "0003_refuse_replacing_a_completion"),
        missing=triggers.missing,
        said="The audit record can be changed: trigger {name} is missing, off or altered.",
        id="audit.E001",
    )
