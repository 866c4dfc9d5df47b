"""Django's name for this room."""

from django.apps import AppConfig


class RulesConfig(AppConfig):
    """Dated rules, working days and date arithmetic. Knows no person."""

    name = "rules"
