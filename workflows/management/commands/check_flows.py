"""`manage.py check_flows`: every running process and task still resolves to a flow and a node."""

from typing import Any

from django.core.management import BaseCommand, CommandError

from workflows.engine.references import unresolved


class Command(BaseCommand):
    """Fails when a renamed or moved flow or node has left running work behind (T12)."""

    help = "Check that all running work resolves to a flow and a node of this release."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each reference that does not resolve, with how many rows hold it."""
        faults = unresolved()
        for reference, count in faults:
            self.stderr.write(f"{reference}: {count} running")
        if faults:
            raise CommandError("Running work is left without its flow. Add a data migration.")
        self.stdout.write("All running work resolves.")
