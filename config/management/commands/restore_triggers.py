"""`manage.py restore_triggers`: put back what keeps the record, and what is on it, right."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from accounts.actor import Actor
from audit import triggers
from audit.models import Operation
from audit.record import record
from config.walls import ROOMS
from offenders import history, intervals
from risk import frozen, frozen_scores
from rules import guards
from workflows import own_visits


class Command(BaseCommand):
    """Restores what a table rebuild or a restore lost, and leaves an event that says what."""

    help = (
        "Put back the triggers of the record, status intervals, history, rules, assessments, "
        "static scores and visits."
    )
    #: The checks fail while one is missing, which is when this is needed.
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore them all. Raises CommandError where intervals overlap already."""
        lost = [name for guard in ROOMS for name in guard.missing()]
        # First, so that what follows is on a record that cannot be changed.
        with transaction.atomic():
            triggers.create(connection)
            record(
                by=Actor.system("restore-triggers"),
                action="audit.triggers_restored",
                operation=Operation.CONFIGURATION,
                row_count=len(lost),
                payload={"missing": lost},
            )
        with transaction.atomic():
            guards.create(connection)
            if history.missing():
                history.create(connection)
            if frozen.missing():
                frozen.create(connection)
            if frozen_scores.missing():
                frozen_scores.create(connection)
            if own_visits.missing():
                own_visits.create(connection)
        if people := intervals.overlapping():
            raise CommandError(
                f"The audit record is protected again. {people} people have status intervals that "
                "overlap: end one of each pair, then run this again."
            )
        with transaction.atomic():
            intervals.create(connection)
        self.stdout.write(f"Restored: {', '.join(lost) or 'none was missing'}.")
