"""Put back the triggers of the audit record after a table rebuild or a restore lost them."""

from typing import Any, NamedTuple

from django.core.management.base import BaseCommand
from django.db import connection, transaction

from audit import triggers
from audit.models import ActorKind, Operation
from audit.record import record


class Operator(NamedTuple):
    """Whoever may run commands on this machine; the machine's own log says who that was."""

    kind: str = ActorKind.SYSTEM
    key: str = "restore_audit_triggers"
    label: str = "restore_audit_triggers"
    client_id: str = ""


class Command(BaseCommand):
    """Restores the triggers, and leaves an event that says which were missing."""

    help = "Put back the triggers that refuse changes to the audit record."
    #: The checks fail while a trigger is missing, which is when this is needed.
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        lost = triggers.missing()
        with transaction.atomic():
            triggers.create(connection)
            record(
                by=Operator(),
                action="audit.triggers_restored",
                operation=Operation.CONFIGURATION,
                row_count=len(lost),
                payload={"missing": lost},
            )
        self.stdout.write(f"Restored: {', '.join(lost) or 'none was missing'}.")
