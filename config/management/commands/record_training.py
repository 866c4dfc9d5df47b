"""`manage.py record_training`: an officer completed a course, or a refresher."""

import argparse
import datetime as dt
from typing import Any

from django.core.management import BaseCommand, CommandError

from accounts.actor import Actor
from accounts.models import TrainingCode
from config.accounts import officer_of
from offenders.errors import Invalid
from rules import typed
from workflows.actions.trainings import record_training


class Command(BaseCommand):
    """Records one training of one officer, and nothing else."""

    help = "Record a training that an officer completed, and until when it holds."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Whose, of what, and from when until when."""
        parser.add_argument("staff_number")
        parser.add_argument("code", choices=TrainingCode.values)
        parser.add_argument("--force", required=True, help="code of the force")
        parser.add_argument("--completed", required=True, type=typed.day)
        parser.add_argument("--until", required=True, type=typed.day)

    def handle(
        self,
        *,
        staff_number: str,
        code: str,
        force: str,
        completed: dt.date,
        until: dt.date,
        **options: Any,
    ) -> None:
        """Record it. Raises CommandError where there is no such officer or the days are wrong."""
        officer = officer_of(force=force, staff_number=staff_number)
        try:
            record_training(
                by=Actor.system("record-training"),
                officer=officer.public_id,
                code=TrainingCode(code),
                completed_on=completed,
                valid_until=until,
            )
        except Invalid as error:
            raise CommandError(error.message) from error
        self.stdout.write(f"{officer.username}: {TrainingCode(code).label} until {until}.")
