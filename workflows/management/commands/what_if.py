"""`manage.py what_if`: what other rules would do to a force's live caseload."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from accounts.actor import Actor
from accounts.models import Force
from accounts.policy import Action
from audit import record as audit
from rules.errors import RulesInvalid, RulesRefused
from workflows.errors import NotVisible
from workflows.queries.what_if import ShiftRow, Trial, what_if
from workflows.rule_trials import Tally


class Command(BaseCommand):
    help = (
        "Says what other rules would do on day one: visits and hours a month, who becomes overdue "
        "and who no longer is. Changes nothing; names nobody who is restricted."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--change",
            action="append",
            default=[],
            help="new period or figure, such as visit.interval.medium=4m; may be repeated",
        )
        parser.add_argument("--number", type=int, help="or the number of a proposed version")
        parser.add_argument("--force", default=settings.DEFAULT_FORCE, help="code of the force")
        parser.add_argument("--json", action="store_true", help="one JSON object a line")

    def handle(self, *, change: list[str], force: str, **options: Any) -> None:
        found = Force.objects.filter(code=force).first()
        if found is None:
            raise CommandError(f"There is no force with the code {force}.")
        if bool(change) == (options["number"] is not None):
            raise CommandError("Give --change, or --number of a version.")
        by = Actor.system("what_if", force_id=found.pk)
        try:
            trial = what_if(
                actor=by,
                values=_values(change),
                number=options["number"],
                today=timezone.localdate(),
            )
        except (RulesInvalid, RulesRefused) as error:
            said = "; ".join(f"{fault.about}: {fault.message}" for fault in error.faults)
            raise CommandError(said or str(error)) from error
        except NotVisible as error:
            raise CommandError("There is no such version.") from error
        looked = audit.consult(
            by=by, action=Action.RULES_TRY, filters={"force": force, "changes": change}
        )
        rows = self._print(trial, is_json=options["json"])
        audit.complete_stream(looked, by=by, row_count=rows)

    def _print(self, trial: Trial, *, is_json: bool) -> int:
        """Each row as it is found, then the counts. Returns how many rows."""
        rows = 0
        for row in trial.rows():
            rows += 1
            self._line(_row(row), is_json=is_json)
        for name, tally in _tallies(trial):
            self._line({"of": name, **_counts(trial, tally)}, is_json=is_json)
        self._line({"on": trial.on, "unnamed": trial.unnamed}, is_json=is_json)
        return rows

    def _line(self, values: dict[str, Any], *, is_json: bool) -> None:
        if is_json:
            self.stdout.write(json.dumps(values, cls=DjangoJSONEncoder))
        else:
            self.stdout.write("  ".join(f"{name} {value}" for name, value in values.items()))


def _values(changes: list[str]) -> dict[str, str]:
    values = dict(change.partition("=")[::2] for change in changes)
    if len(values) < len(changes) or not all(values.values()):
        raise CommandError("Write each change once, as rule=period.")
    return values


def _row(row: ShiftRow) -> dict[str, Any]:
    turn = "becomes overdue" if row.shift.is_overdue else "no longer overdue"
    return {
        "reference": row.person.reference,
        "officer": row.person.officer,
        "kind": row.shift.kind,
        "turn": turn,
        "now": row.shift.now,
        "then": row.shift.then,
    }


def _tallies(trial: Trial) -> list[tuple[str, Tally]]:
    officers = [(user.staff_number if user else "nobody", of) for user, of in trial.by_officer()]
    teams = [(team.name, of) for team, of in trial.by_team()]
    return [*officers, *teams, ("everyone", trial.total)]


def _counts(trial: Trial, tally: Tally) -> dict[str, Any]:
    now, then = trial.now(tally), trial.then(tally)
    return {
        "people": tally.people,
        "visits_now": now.visits,
        "visits_then": then.visits,
        "hours_now": now.hours,
        "hours_then": then.hours,
        "overdue_now": tally.overdue_now,
        "overdue_then": tally.overdue_then,
        "becomes_overdue": tally.becomes_overdue,
        "no_longer_overdue": tally.no_longer_overdue,
    }
