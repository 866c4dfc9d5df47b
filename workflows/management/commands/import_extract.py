"""`manage.py import_extract`: takes over a force's extract and says what became of each row."""

import argparse
import datetime as dt
import json
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.actor import Actor
from accounts.models import Force
from rules import typed
from workflows.actions.forces import force_of_code
from workflows.actions.imports import import_file, look_at_file
from workflows.errors import TaskBusy
from workflows.imports.outcome import Outcome
from workflows.imports.refusals import REASON_OF, REASONS, Refusal, UnreadableFile
from workflows.models import ImportJob

BY = Actor.system("import_extract")
#: Seconds between two lines of progress.
EVERY = 2.0
#: Names printed of each list; the rest are counted.
SHOWN = 10


class Command(BaseCommand):
    help = (
        "Takes over a force's extract, one row a person, or official scores, one row a score. "
        "Refused rows are reported and are no failure. Safe to run twice: what has not changed is "
        "not written."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the extract, CSV in UTF-8")
        parser.add_argument(
            "--kind",
            choices=ImportJob.Kind.values,
            default=ImportJob.Kind.PEOPLE.value,
            help="a person a row, or an official static score a row; default: people",
        )
        parser.add_argument(
            "--force",
            type=_code,
            default=settings.DEFAULT_FORCE,
            help=f"code of the force, made where there is none; default: {settings.DEFAULT_FORCE}",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen, write nothing"
        )
        parser.add_argument(
            "--report", type=Path, help="write the refused rows with their reasons here, as JSON"
        )
        parser.add_argument(
            "--as-of",
            type=_day,
            help="the day on which the extract was true, YYYY-MM-DD; default: today",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        as_of = options["as_of"] or timezone.localdate()
        if options["report"]:
            _write(options["report"], {})  # what cannot be written is said first
        try:
            with options["file"].open("rb") as file:
                if options["dry_run"]:
                    outcome = self._look(file, options["force"], as_of, options["kind"])
                else:
                    outcome = self._import(file, as_of, options)
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}.") from error
        except UnreadableFile as error:
            raise CommandError(f"{options['file']} is no extract: {error.message}") from error
        except TaskBusy as error:
            raise CommandError("Someone is changing the same people. Run it again.") from error
        for line in summary(outcome, is_dry=options["dry_run"]):
            self.stdout.write(line)
        if options["report"]:
            _write(options["report"], {refusal.key: refusal.reason for refusal in outcome.refusals})
            self.stdout.write(f"Refused rows: {options['report']}")

    def _look(self, file: Any, code: str, as_of: dt.date, kind: str) -> Outcome:
        force = Force.objects.filter(code=code).first()
        return look_at_file(
            by=BY, force=force, file=file, as_of=as_of, kind=kind, progress=self._progress()
        )

    def _import(self, file: Any, as_of: dt.date, options: dict[str, Any]) -> Outcome:
        job = import_file(
            by=BY,
            force=_force(options["force"], options["kind"]),
            file=file,
            name=options["file"].name,
            as_of=as_of,
            kind=options["kind"],
            progress=self._progress(),
        )
        return outcome_of(job)

    def _progress(self) -> Callable[[ImportJob | Outcome], None]:
        """Says how far the reading is, every two seconds."""
        last = time.monotonic()

        def say(so_far: ImportJob | Outcome) -> None:
            nonlocal last
            if time.monotonic() - last >= EVERY:
                last = time.monotonic()
                self.stdout.write(f"  {so_far.rows_read} rows read")
                self.stdout.flush()

        return say


def _force(code: str, kind: str) -> Force:
    """The force of that code. People make it where there is none; scores are of people there."""
    found = Force.objects.filter(code=code).first()
    if found is None and kind == ImportJob.Kind.SCORES:
        raise CommandError(f"There is no force {code}.")
    return found or force_of_code(by=BY, code=code)


def outcome_of(job: ImportJob) -> Outcome:
    """What became of the rows of a job that ended."""
    refused = job.refusals.order_by("line").values_list("line", "row_key", "reason", "column")
    return Outcome(
        rows_read=job.rows_read,
        created=job.created_count,
        changed=job.changed_count,
        unchanged=job.unchanged_count,
        refusals=[
            Refusal(line, "" if key == f"line:{line}" else key, REASON_OF[reason], column)
            for line, key, reason, column in refused
        ],
        new_teams=job.new_teams,
        new_officers=job.new_officers,
        remarks=job.remarks,
    )


def summary(outcome: Outcome, *, is_dry: bool) -> Iterable[str]:
    """What became of the file, a line at a time. Names people by reference and line only."""
    yield _headline(outcome, is_dry=is_dry)
    yield (
        f"  {outcome.rows_read} rows: {outcome.created} created, {outcome.changed} changed, "
        f"{outcome.unchanged} unchanged, {len(outcome.refusals)} refused"
    )
    for reason in REASONS:
        of_reason = [one.column for one in outcome.refusals if one.reason == reason]
        if of_reason:
            yield f"    {reason}: {len(of_reason)}{_columns(of_reason)}"
    yield from _listed("New teams", outcome.new_teams)
    yield from _listed("New officers, inactive", outcome.new_officers)
    codes = Counter(str(remark["code"]) for remark in outcome.remarks)
    for code, count in sorted(codes.items()):
        refs = [str(r["source_ref"]) for r in outcome.remarks if r["code"] == code]
        yield from _listed(f"To look at, {code} ({count})", refs)


def _columns(at_fault: list[str]) -> str:
    """Which columns have a fault and in how many rows, the most first; empty where none has."""
    counted = Counter(filter(None, at_fault)).most_common(SHOWN)
    named = ", ".join(f"{column} {count}" for column, count in counted)
    return f" ({named})" if named else ""


def _headline(outcome: Outcome, *, is_dry: bool) -> str:
    """What was done in a few words: never that a file came in of which no row was taken."""
    if is_dry:
        return "Dry run: nothing was written. It would be:"
    if outcome.refusals and len(outcome.refusals) == outcome.rows_read:
        return "Nothing was imported: every row was refused."
    return "Imported, but for the rows that were refused." if outcome.refusals else "Imported."


def _listed(title: str, names: list[str]) -> Iterable[str]:
    if names:
        more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
        yield f"  {title}: {', '.join(names[:SHOWN])}{more}"


def _write(path: Path, rejected: dict[str, str]) -> None:
    try:
        path.write_text(json.dumps(rejected, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from error


def _day(text: str) -> dt.date:
    day = typed.day(text)
    if day > timezone.localdate():
        raise argparse.ArgumentTypeError("an extract cannot be of a day to come")
    return day


def _code(text: str) -> str:
    longest = Force._meta.get_field("code").max_length or 0
    if not 0 < len(text) <= longest:
        raise argparse.ArgumentTypeError(f"the code of a force has 1 to {longest} characters")
    return text
