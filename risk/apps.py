"""Django's name for this room."""

from django.apps import AppConfig


class RiskConfig(AppConfig):
    """How dangerous: assessments and the priority that is worked out from them."""

    name = "risk"
