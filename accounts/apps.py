"""Django's name for this room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Forces, teams, people who sign in, and who may do what."""

    name = "accounts"
