"""Django's name for this room."""

from django.apps import AppConfig
from django.core.checks import Tags, register

from offenders.checks import history_is_kept, intervals_are_guarded


class OffendersConfig(AppConfig):
    """Who is managed: the facts about each person."""

    name = "offenders"

    def ready(self) -> None:
        """Have `check --database` look at the guards of status intervals and history."""
        register(intervals_are_guarded, Tags.database)
        register(history_is_kept, Tags.database)
