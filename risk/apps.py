"""Django's name for this room."""

from django.apps import AppConfig
from django.core.checks import Tags, register

from risk.checks import (
    assessments_are_frozen,
    indicator_decisions_are_kept,
    indicators_are_as_received,
    score_tables_can_be_read,
    scores_are_frozen,
    triages_are_kept,
)


class RiskConfig(AppConfig):
    """How dangerous: assessments, scores, indicators, and the priority worked out from them."""

    name = "risk"

    def ready(self) -> None:
        """Have the checks look at what guards the rows of this room, and at the tables."""
        register(assessments_are_frozen, Tags.database)
        register(scores_are_frozen, Tags.database)
        register(indicators_are_as_received, Tags.database)
        register(indicator_decisions_are_kept, Tags.database)
        register(triages_are_kept, Tags.database)
        register(score_tables_can_be_read)
