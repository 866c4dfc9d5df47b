"""`manage.py renew_vetting`: an officer's vetting was renewed, or ends earlier."""

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
from config.accounts import officer_of, standing
from rules import typed


class Command(BaseCommand):
    """Sets the last day on which an officer's vetting holds, and nothing else."""

    help = "Set the last day of an officer's vetting."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Whose, and until when."""
        parser.add_argument("staff_number")
        parser.add_argument("--force", required=True, help="code of the force")
        parser.add_argument("--until", required=True, type=typed.day)

    @transaction.atomic
    def handle(self, *, staff_number: str, force: str, until: dt.date, **options: Any) -> None:
        """Set it. Raises CommandError where there is no such open account."""
        by = Actor.system("renew-vetting")
        officer = officer_of(force=force, staff_number=staff_number)
        if not officer.is_active:
            raise CommandError("That account is not open. `manage.py add_officer` opens one.")
        before = standing(officer)
        actions.change_vetting(by=by, officer=officer, expires_on=until)
        audit.record(
            by=by,
            action=Action.ACCOUNT_MANAGE,
            operation=Operation.CONFIGURATION,
            subject=f"user:{officer.public_id}",
            payload={"before": before, "after": standing(officer)},
        )
        self.stdout.write(f"{officer.username} is vetted until {until}.")
