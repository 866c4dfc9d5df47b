"""Imports small extracts and looks at what they left."""

import datetime as dt
from collections.abc import Iterable

from django.apps import apps

from accounts.models import Force
from offenders.models import Offender
from tests.make import SETUP
from tests.workflows.imports.extracts import TODAY, extract, row
from workflows.actions.imports import import_file
from workflows.models import ImportJob

#: What each run leaves whatever the file says: the job and its last event.
OF_THE_JOB = {"workflows.importjob", "audit.event"}


def imported(
    force: Force, *rows: dict[str, str], as_of: dt.date = TODAY, dry_run: bool = False
) -> ImportJob:
    """Import these rows into a force, as they stood on `as_of`."""
    return import_file(
        by=SETUP, force=force, file=extract(*rows), name="t.csv", as_of=as_of, dry_run=dry_run
    )


def one(force: Force, **cells: str) -> Offender:
    """The person of a good row with these cells, imported."""
    imported(force, row(**cells))
    return Offender.objects.get(force=force, source_ref=cells.get("source_ref", "R1"))


def rows_of_every_table(*, but: Iterable[str] = ()) -> dict[str, int]:
    """How many rows each table of ours has."""
    rooms = ("accounts", "audit", "offenders", "risk", "workflows")
    models = [m for m in apps.get_models(include_auto_created=True) if m._meta.app_label in rooms]
    return {
        m._meta.label_lower: m.objects.count() for m in models if m._meta.label_lower not in but
    }
