"""Django's name for this room."""

from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    """What must be done, by when, by whom."""

    name = "workflows"

    def ready(self) -> None:
        """Import the flows and checks, so that steps, signals and references exist (T16)."""
        from workflows import checks, flows  # noqa: F401, PLC0415 - models must be loaded first
