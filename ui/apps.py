"""Django's name for this room."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The pages that officers use."""

    name = "ui"
