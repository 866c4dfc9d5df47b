"""`manage.py close_account`: an officer leaves; their work goes to the team's supervisor."""

import argparse
from typing import Any

from django.core.management import BaseCommand, CommandError

from accounts.actor import Actor
from accounts.models import User
from workflows.actions.officers import close_account


class Command(BaseCommand):
    """Closes an account. Its sessions end with their next request."""

    help = "Close an officer's account and hand their open work to the team's supervisor."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Whose account."""
        parser.add_argument("staff_number")
        parser.add_argument("--force", required=True, help="code of the force")

    def handle(self, *, staff_number: str, force: str, **options: Any) -> None:
        """Close it. Raises CommandError where there is no such open account."""
        officer = User.objects.filter(
            force__code=force, staff_number=staff_number, is_active=True
        ).first()
        if officer is None:
            raise CommandError("There is no open account with that staff number.")
        moved = close_account(by=Actor.system("close-account"), officer=officer)
        self.stdout.write(f"Closed. {moved} people went to the supervisor.")
