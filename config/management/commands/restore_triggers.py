"""`manage.py restore_triggers`: put back what keeps the record, and what is on it, right."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from accounts import absences
from accounts.actor import Actor
from audit import triggers
from audit.apart import Overlapping
from audit.models import Operation
from audit.record import record
from config.walls import GUARDS, ROOMS
from offenders import intervals
from rules import guards


class Command(BaseCommand):
    """Restores what a table rebuild or a restore lost, and leaves an event that says what."""

    help = (
        "Put back the triggers of the record, status intervals, absences, history, rules, "
        "assessments, static scores, indicators, their triage, visits and disagreements."
    )
    #: The checks fail while one is missing, which is when this is needed.
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore them all. Raises CommandError where rows overlap already."""
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
            for guard in GUARDS:
                if guard.missing():
                    guard.create(connection)
        if overlaps := list(_still_overlapping()):
            raise CommandError(f"All else is protected again. {' '.join(overlaps)}")
        self.stdout.write(f"Restored: {', '.join(lost) or 'none was missing'}.")


def _still_overlapping() -> Iterator[str]:
    """Keep intervals apart again; what is said of those that nothing can keep apart."""
    for apart in (absences, intervals):
        try:
            with transaction.atomic():
                apart.create(connection)
        except Overlapping as overlap:
            yield str(overlap)
