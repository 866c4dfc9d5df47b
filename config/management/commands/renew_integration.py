"""`manage.py renew_integration`: another system gets a new secret and a new last day."""

import argparse
import datetime as dt
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.db import transaction

import audit.record as audit
from accounts import actions
from accounts.actor import Actor
from accounts.policy import Action
from audit.models import Operation
from config.accounts import binding, integration_of
from rules import typed


class Command(BaseCommand):
    """Ends the old secret and its tokens at once. The new secret is printed once."""

    help = "Give an integration a new secret and a new last day."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Which one, and until when."""
        parser.add_argument("client_id")
        parser.add_argument(
            "--expires-on", type=typed.day, help="its last day; default: in 90 days"
        )

    @transaction.atomic
    def handle(self, *, client_id: str, expires_on: dt.date | None, **options: Any) -> None:
        """Renew it. Raises CommandError where it is unknown or closed, and for a date too far."""
        by = Actor.system("renew-integration")
        integration = integration_of(client_id)
        before = binding(integration)
        try:
            secret = actions.renew_integration(
                by=by, integration=integration, expires_on=expires_on
            )
        except ValueError as error:
            raise CommandError(str(error)) from error
        audit.record(
            by=by,
            action=Action.ACCOUNT_MANAGE,
            operation=Operation.CONFIGURATION,
            subject=f"client:{client_id}",
            payload={"before": before, "after": binding(integration), "new_secret": True},
        )
        self.stdout.write(f"secret    {secret}\nlast day  {integration.expires_on}")
