"""What `manage.py check --database default` says about the guards of this room."""

from collections.abc import Sequence
from typing import Any

from django.apps.config import AppConfig
from django.core.checks import CheckMessage, Error

from audit.guarding import lost
from risk import (
    as_received,
    frozen,
    frozen_scores,
    kept_decisions,
    kept_triages,
    score_tables,
)


def assessments_are_frozen(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """An error for each guard that is not there."""
    return lost(
        databases,
        since=("risk", "0005_level_and_plan_decided_for"),
        missing=frozen.missing,
        said="Changes to what was assessed would be accepted: {name} is missing or altered.",
        id="risk.E001",
    )


def scores_are_frozen(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """The same of static scores."""
    return lost(
        databases,
        since=("risk", "0006_static_scores"),
        missing=frozen_scores.missing,
        said="Changes to static scores would be accepted: {name} is missing or altered.",
        id="risk.E002",
    )


def indicators_are_as_received(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """The same of indicators."""
    return lost(
        databases,
        since=("risk", "0007_indicators"),
        missing=as_received.missing,
        said="Changes to what was received would be accepted: {name} is missing or altered.",
        id="risk.E004",
    )


def indicator_decisions_are_kept(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """The same of what was decided about indicators."""
    return lost(
        databases,
        since=("risk", "0011_decisions_about_indicators"),
        missing=kept_decisions.missing,
        said="Changes to decisions about indicators would be accepted: {name} is missing or "
        "altered.",
        id="risk.E005",
    )


def triages_are_kept(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """The same of the triage of indicators."""
    return lost(
        databases,
        since=("risk", "0015_checks_of_triages_are_kept"),
        missing=kept_triages.missing,
        said="Changes to the triage of indicators would be accepted: {name} is missing or altered.",
        id="risk.E006",
    )


def score_tables_can_be_read(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """An error where the force's own versions of the static scores' tables cannot be right."""
    try:
        score_tables.known()
    except score_tables.TablesWrong as error:
        hint = "Put the file of STATIC_SCORE_VERSIONS right, or leave the setting empty."
        return [Error(str(error), hint=hint, id="risk.E003")]
    return []
