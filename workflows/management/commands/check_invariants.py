"""`manage.py check_invariants`: is what must always be true, true?"""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from workflows.invariants import broken


class Command(BaseCommand):
    help = "Counts what must never be. Prints a name and a number each, and exits 1 if there is any"

    def handle(self, **options: Any) -> None:
        found = broken()
        for name, count in found.items():
            self.stdout.write(f"{name}: {count}")
        if found:
            sys.exit(1)
        self.stdout.write("Every invariant holds.")
