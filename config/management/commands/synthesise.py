"""`manage.py synthesise`: a fictitious force of any size, imported as any extract is."""

import argparse
import datetime as dt
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.actor import Actor
from accounts.models import Force
from rules import typed
from workflows.actions.forces import force_of_code
from workflows.actions.imports import import_file
from workflows.imports.synthetic import MOST_OFFENDERS, rows, write_csv
from workflows.models import ImportJob

BY = Actor.system("synthesise")


class Command(BaseCommand):
    help = (
        "Makes a fictitious force in the proportions of a real one, the same for the same seed "
        "and day, and imports it; with --out writes it as an extract instead."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--offenders", type=_people, required=True, help="how many people")
        parser.add_argument("--seed", type=int, required=True, help="which force; any number")
        parser.add_argument(
            "--force",
            default=settings.DEFAULT_FORCE,
            help=f"code of the force that gets them; default: {settings.DEFAULT_FORCE}",
        )
        parser.add_argument("--out", type=Path, help="write this file and import nothing")
        parser.add_argument(
            "--as-of", type=typed.day, help="the day of the extract; default: today"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        as_of = options["as_of"] or timezone.localdate()
        if as_of > timezone.localdate():
            raise CommandError("An extract cannot be of a day to come.")
        people = rows(offenders=options["offenders"], seed=options["seed"], as_of=as_of)
        if options["out"]:
            self._write(options["out"], people)
        else:
            name = file_name(options["offenders"], options["seed"])
            force = force_of_code(by=BY, code=options["force"])
            self._import(people, force, name=name, as_of=as_of)

    def _write(self, path: Path, people: Iterator[dict[str, str]]) -> None:
        try:
            with path.open("wb") as file:
                count = write_csv(file, people)
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"Wrote {count} people to {path}.")

    def _import(
        self, people: Iterator[dict[str, str]], force: Force, *, name: str, as_of: dt.date
    ) -> None:
        with tempfile.TemporaryFile() as file:
            count = write_csv(file, people)
            file.seek(0)
            self.stdout.write(f"Made {count} people. Importing them ...")
            import_file(
                by=BY,
                force=force,
                file=file,
                name=name,
                as_of=as_of,
                progress=self._say,
            )
        self.stdout.write(f"Imported them into {force.name}.")

    def _say(self, job: ImportJob) -> None:
        self.stdout.write(f"  {job.rows_read} rows")


def file_name(offenders: int, seed: int) -> str:
    """What the extract of this force is called, and its import job with it."""
    return f"synthetic-{offenders}-{seed}.csv"


def _people(text: str) -> int:
    count = int(text) if text.isdecimal() else 0
    if not 1 <= count <= MOST_OFFENDERS:
        raise argparse.ArgumentTypeError(f"must be 1 to {MOST_OFFENDERS}")
    return count
