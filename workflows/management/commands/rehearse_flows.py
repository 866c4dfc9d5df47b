"""`manage.py rehearse_flows`: which running work this release would touch."""

import argparse
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand

from workflows.engine.rehearsal import Touched, rehearse, snapshot_of, snapshots
from workflows.flows import FLOWS


class Command(BaseCommand):
    """Lists running processes and tasks by flow and node, against the flows of this code.

    Run it on the live database before a release. Exit code 1 where running work stands at a flow
    or node that is gone; other followers than the previous release had are only told.
    """

    help = "List the running work that this release would touch. Writes nothing in the database."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """`--keep` is for the release itself: the flows as they are become the snapshot."""
        folder = settings.BASE_DIR / "docs" / "reference" / "flows"
        parser.add_argument("--snapshots", type=Path, default=folder, help="default: %(default)s")
        parser.add_argument("--keep", action="store_true", help="write the snapshots instead")

    def handle(self, *, snapshots: Path, keep: bool, **options: Any) -> None:
        """Print counts, never people. Exits 1 where running work would be left behind."""
        if keep:
            self._keep(snapshots)
            return
        touched = self._rehearse(snapshots)
        for row in touched:
            self.stdout.write(_said(row))
        if any(row.change == "removed" for row in touched):
            self.stderr.write("Running work would be left behind. Keep the node, or migrate it.")
            sys.exit(1)
        changed = sum(row.running for row in touched if row.change)
        self.stdout.write(f"No running work is left behind; {changed} go on another way.")

    def _rehearse(self, folder: Path) -> list[Touched]:
        return rehearse(set(FLOWS.values()), snapshots(folder))

    def _keep(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for flow in dict.fromkeys(FLOWS.values()):
            name = flow.__name__.removesuffix("Flow").lower()
            (folder / f"{name}.json").write_text(snapshot_of(flow), encoding="utf-8")
        self.stdout.write(f"The flows of this release are kept in {folder}.")


def _said(row: Touched) -> str:
    where = f"  {row.node}" if row.node else row.flow
    if row.change == "removed":
        return f"{where}: {row.running} running, REMOVED"
    if row.followers is not None:
        was, now = (", ".join(names) or "nothing" for names in row.followers)
        return f"{where}: {row.running} running, was followed by {was}; now by {now}"
    return f"{where}: {row.running} running"
