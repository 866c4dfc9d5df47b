"""Django's name for this room."""

from django.apps import AppConfig
from django.core.checks import Tags, register

from rules.checks import versions_are_guarded


class RulesConfig(AppConfig):
    """Dated rules, working days and date arithmetic. Knows no person."""

    name = "rules"

    def ready(self) -> None:
        """Have `check --database` look at the guards of the versions."""
        register(versions_are_guarded, Tags.database)
