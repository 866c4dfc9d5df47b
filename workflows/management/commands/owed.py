"""`manage.py owed`: what is owed to everyone of a force, as JSON."""

import datetime as dt
import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.models import Force
from rules import typed
from workflows.owing import answers


class Command(BaseCommand):
    help = "Prints what is owed to each person of a force on a day, by reference, as JSON"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--as-of", type=typed.day, help="YYYY-MM-DD (today)")
        parser.add_argument("--force", default=settings.DEFAULT_FORCE, help="code of the force")

    def handle(self, *, as_of: dt.date | None, force: str, **options: Any) -> None:
        found = Force.objects.filter(code=force).first()
        if found is None:
            raise CommandError(f"There is no force with the code {force}.")
        due = answers(force=found, as_of=as_of or timezone.localdate())
        self.stdout.write(json.dumps(due, indent=1))
