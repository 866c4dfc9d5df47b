"""`manage.py close_integration`: another system may ask for nothing more."""

import argparse
from typing import Any

from django.core.management import BaseCommand
from django.db import transaction

import audit.record as audit
from accounts import actions
from accounts.actor import Actor
from accounts.policy import Action
from audit.models import Operation
from config.accounts import binding, integration_of


class Command(BaseCommand):
    """Closes an integration for good. Its next request is refused."""

    help = "Close an integration: its tokens and its secret end at once."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Which one."""
        parser.add_argument("client_id")

    @transaction.atomic
    def handle(self, *, client_id: str, **options: Any) -> None:
        """Close it. Raises CommandError where there is none of that client id."""
        by = Actor.system("close-integration")
        integration = integration_of(client_id)
        before = binding(integration)
        actions.close_integration(by=by, integration=integration)
        audit.record(
            by=by,
            action=Action.ACCOUNT_MANAGE,
            operation=Operation.CONFIGURATION,
            subject=f"client:{client_id}",
            payload={"before": before, "after": binding(integration)},
        )
        self.stdout.write("Closed.")
