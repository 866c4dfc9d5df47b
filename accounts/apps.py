"""Django's name for this room."""

from django.apps import AppConfig
from django.core.checks import Tags, register

from accounts.checks import absences_are_guarded


class AccountsConfig(AppConfig):
    """Forces, teams, people who sign in, and who may do what."""

    name = "accounts"

    def ready(self) -> None:
        """Have `check --database` look at the guards of absences."""
        register(absences_are_guarded, Tags.database)
