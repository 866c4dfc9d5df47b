"""Django's name for this room."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The contract for machines: /api/v1."""

    name = "api"
