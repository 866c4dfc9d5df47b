"""`manage.py add_integration`: let another system ask for lists."""

import argparse
import datetime as dt
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.db import transaction

import audit.record as audit
from accounts import actions
from accounts.actor import Actor
from accounts.models import Force, Team
from accounts.policy import SCOPES, Action
from audit.models import Operation


class Command(BaseCommand):
    """Registers a client, bound to a force, teams and scopes. Its secret is printed once."""

    help = "Register an integration and print its secret, once."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """What it may see, and until when."""
        parser.add_argument("label")
        parser.add_argument("--force", required=True, help="code of the force")
        parser.add_argument("--team", action="append", default=[], help="only these teams")
        parser.add_argument("--scope", action="append", required=True, choices=SCOPES.values())
        parser.add_argument("--expires-on", type=dt.date.fromisoformat, default=None)

    @transaction.atomic
    def handle(self, **options: Any) -> None:
        """Register it. Raises CommandError for a force or team that does not exist."""
        by = Actor.system("add-integration")
        force = Force.objects.filter(code=options["force"]).first()
        if force is None:
            raise CommandError("There is no force with that code.")
        teams = list(Team.objects.filter(force=force, name__in=options["team"]))
        if len(teams) != len(set(options["team"])):
            raise CommandError("There is no team of that name.")
        integration, secret = actions.register_integration(
            by=by,
            force=force,
            label=options["label"],
            scopes=options["scope"],
            teams=teams,
            expires_on=options["expires_on"],
        )
        audit.record(
            by=by,
            action=Action.ACCOUNT_MANAGE,
            operation=Operation.CONFIGURATION,
            subject=f"client:{integration.client_id}",
        )
        self.stdout.write(f"client id {integration.client_id}\nsecret    {secret}")
