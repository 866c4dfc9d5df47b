"""`manage.py rescore`: what another version of the tables would make of the scores that stand."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.actor import Actor
from accounts.models import Force
from accounts.policy import Action
from audit import record as audit
from offenders.errors import Invalid
from risk.models import CALCULATED
from workflows.rescoring import MOST_NAMED, Change, Moves, Rescoring, rescoring


class Command(BaseCommand):
    help = (
        "Says which static scores would be in another band by other tables: by band, by team, and "
        "whose. A dry run: nothing is written. Leaves out whose registration has ended. Names "
        "nobody who is restricted, and counts them in the total of everyone alone."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--model", required=True, help="version of the model, such as 1.0")
        parser.add_argument("--thresholds", required=True, help="version of where bands begin")
        parser.add_argument("--tool", default="", choices=["", *CALCULATED], help="one tool alone")
        parser.add_argument(
            "--limit",
            type=int,
            choices=range(MOST_NAMED + 1),
            metavar=f"0-{MOST_NAMED}",
            default=100,
            help="changes that are named; all are counted",
        )
        parser.add_argument("--force", default=settings.DEFAULT_FORCE, help="code of the force")

    def handle(
        self, *, model: str, thresholds: str, tool: str, force: str, limit: int, **options: Any
    ) -> None:
        found = Force.objects.filter(code=force).first()
        if found is None:
            raise CommandError(f"There is no force with the code {force}.")
        by = Actor.system("rescore", force_id=found.pk)
        try:
            trial = rescoring(actor=by, model=model, thresholds=thresholds, tool=tool)
        except Invalid as error:
            raise CommandError(error.message) from error
        named, left_out = trial.named(limit)
        asked = {"force": force, "model": model, "thresholds": thresholds, "tool": tool}
        audit.consult(
            by=by,
            action=Action.STATIC_SCORE_TRY,
            ids=[str(change.person) for change in named],
            row_count=len(named),
            filters={name: value for name, value in asked.items() if value},
        )
        self._print(trial, named, left_out)

    def _print(self, trial: Rescoring, named: list[Change], left_out: int) -> None:
        """The changes, then the counts, a JSON object a line."""
        for change in named:
            self._line(change._asdict() | {"person": str(change.person)})
        for team, moves in trial.by_team():
            self._counts(team.name, moves)
        self._counts("everyone", trial.total)
        self._line({"left_out": left_out, "unnamed": trial.unnamed})

    def _counts(self, of: str, moves: Moves) -> None:
        for (tool, was, would), people in sorted(moves.items()):
            self._line({"of": of, "tool": tool, "was": was, "would": would, "people": people})

    def _line(self, values: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(values))
