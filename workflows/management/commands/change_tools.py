"""`manage.py change_tools`: other tools of risk assessment, or the same with other factors."""

import argparse
import datetime as dt
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from accounts.actor import Actor
from rules import typed
from workflows.actions.tools import change_tools


class Command(BaseCommand):
    """Keeps a version of each tool of the file that differs. What was assessed keeps its own."""

    help = "Change the tools of risk assessment, from a file such as risk/tools.yaml."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The file, and from which day on."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--from", dest="begin", required=True, type=typed.day)

    def handle(self, *, file: Path, begin: dt.date, **options: Any) -> None:
        """Keep them. Raises CommandError with what is wrong with the file."""
        try:
            made = change_tools(
                by=Actor.system("change-tools"),
                text=file.read_text(encoding="utf-8"),
                effective_from=begin,
            )
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        for version in made:
            self.stdout.write(f"{version} from {begin}.")
        self.stdout.write(f"{len(made)} changed.")
