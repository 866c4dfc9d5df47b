"""`manage.py set_up_feed`: let another system deliver indicators that it signs."""

import argparse
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from accounts.actor import Actor
from accounts.models import Force
from offenders.errors import Invalid
from workflows.actions.indicators.feeds import set_up_feed


class Command(BaseCommand):
    """Makes or changes one feed. Its secret is given by INDICATOR_FEED_SECRETS, never here."""

    help = "Set up a feed of indicators, or change one."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """What it is called, what its indicators come from, and how many there are."""
        parser.add_argument("name", help="small letters, digits and hyphens")
        parser.add_argument("--force", required=True, help="code of the force")
        parser.add_argument("--source", required=True, help="what its indicators come from")
        parser.add_argument("--schema-version", required=True)
        parser.add_argument("--daily-limit", required=True, type=int)
        parser.add_argument("--close", action="store_true", help="take nothing from it any more")

    def handle(self, *, name: str, force: str, close: bool, **options: Any) -> None:
        """Set it up. Raises CommandError for an unknown force, a bad name or a limit below one."""
        found = Force.objects.filter(code=force).first()
        if found is None:
            raise CommandError("There is no force with that code.")
        if options["daily_limit"] < 1:
            raise CommandError("A feed brings at least one indicator in a day.")
        try:
            set_up_feed(
                by=Actor.system("set-up-feed"),
                force=found,
                name=name,
                source=options["source"],
                schema_version=options["schema_version"],
                daily_limit=options["daily_limit"],
                is_active=not close,
            )
        except Invalid as error:
            raise CommandError(error.message) from error
        self.stdout.write(f"{name}: {'closed' if close else 'open'}.")
        if name not in settings.INDICATOR_FEED_SECRETS:
            self.stdout.write("It has no secret yet: INDICATOR_FEED_SECRETS. All of it is held.")
