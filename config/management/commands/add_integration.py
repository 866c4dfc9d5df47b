"""`manage.py add_integration`: let another system ask for lists."""

import argparse
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.db import transaction

import audit.record as audit
from accounts import actions
from accounts.actor import Actor
from accounts.models import Force, Team
from accounts.policy import SCOPES, Action
from audit.models import Operation
from config.accounts import binding
from rules import typed


class Command(BaseCommand):
    """Registers a client, bound to a force or to teams of it, and to scopes."""

    help = "Register an integration and print its secret, once."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """What it may see, and until when."""
        parser.add_argument("label")
        parser.add_argument("--force", required=True, help="code of the force")
        reach = parser.add_mutually_exclusive_group(required=True)
        reach.add_argument("--team", action="append", default=[], help="only these teams")
        reach.add_argument("--whole-force", action="store_true", help="everyone of the force")
        parser.add_argument("--scope", action="append", required=True, choices=SCOPES.values())
        parser.add_argument(
            "--expires-on", type=typed.day, help="its last day; default: in 90 days"
        )

    @transaction.atomic
    def handle(self, **options: Any) -> None:
        """Register it. Raises CommandError for a force or team that does not exist, or a date."""
        by = Actor.system("add-integration")
        force = Force.objects.filter(code=options["force"]).first()
        if force is None:
            raise CommandError("There is no force with that code.")
        teams = list(Team.objects.filter(force=force, name__in=options["team"]))
        if len(teams) != len(set(options["team"])):
            raise CommandError("There is no team of that name.")
        try:
            integration, secret = actions.register_integration(
                by=by,
                force=force,
                label=options["label"],
                scopes=options["scope"],
                teams=teams,
                whole_force=options["whole_force"],
                expires_on=options["expires_on"],
            )
        except ValueError as error:
            raise CommandError(str(error)) from error
        audit.record(
            by=by,
            action=Action.ACCOUNT_MANAGE,
            operation=Operation.CONFIGURATION,
            subject=f"client:{integration.client_id}",
            payload={"before": None, "after": binding(integration)},
        )
        self.stdout.write(
            f"client id {integration.client_id}\nsecret    {secret}\n"
            f"last day  {integration.expires_on}"
        )
