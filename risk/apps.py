"""Django's name for this room."""

from django.apps import AppConfig
from django.core.checks import Tags, register

from risk.checks import assessments_are_frozen, scores_are_frozen


class RiskConfig(AppConfig):
    """How dangerous: assessments, static scores and the priority that is worked out from them."""

    name = "risk"

    def ready(self) -> None:
        """Have `check --database` look at what freezes assessments and static scores."""
        register(assessments_are_frozen, Tags.database)
        register(scores_are_frozen, Tags.database)
