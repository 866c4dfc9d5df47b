"""What a version of the rules would do to the live caseload, before anyone decides on it."""

from itertools import islice
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from accounts.actor import Actor
from accounts.policy import Action
from audit.record import consult
from ui import words
from ui.views.page import READ, page, show, trail
from workflows.queries.what_if import ShiftRow, Trial, what_if
from workflows.rule_trials import Tally

#: People whom the page names; everyone is counted.
MOST_NAMED = 100


@page(Action.RULES_TRY, *READ)
def trial(request: HttpRequest, by: Actor, number: int) -> HttpResponse:
    """The version `number` over everyone in the viewer's reach. Nothing is saved."""
    today = timezone.localdate()
    found = what_if(actor=by, number=number, today=today)
    rows = found.rows()
    named = list(islice(rows, MOST_NAMED))
    left_out = sum(1 for _ in rows)
    consult(
        by=by,
        action=Action.RULES_TRY,
        subject=f"rule_set:{number}",
        ids=[str(row.person.id) for row in named],
        row_count=len(named),
    )
    context = {
        "section": "",
        "trail": trail(
            ("Rules", reverse("ui:rules")),
            (f"Version {number}", reverse("ui:rules-version", args=[number])),
        ),
        "number": number,
        "on": found.on,
        "is_ahead": found.on > today,
        "total": _line("Everyone", found, found.total),
        "groups": [
            ("By team", [_line(team.name, found, of) for team, of in found.by_team()]),
            (
                "By officer",
                [
                    _line(officer.display_name if officer else "Nobody", found, of)
                    for officer, of in found.by_officer()
                ],
            ),
        ],
        "turning": [_turning(row) for row in named],
        "left_out": left_out,
        "unnamed": found.unnamed,
    }
    return show(request, "rules_trial.html", context)


def _line(label: str, found: Trial, of: Tally) -> dict[str, Any]:
    now, then = found.now(of), found.then(of)
    return {
        "label": label,
        "people": of.people,
        "visits": (_number(now.visits), _number(then.visits)),
        "hours": (_number(now.hours), _number(then.hours)),
        "overdue": (of.overdue_now, of.overdue_then),
        "becomes": of.becomes_overdue,
        "no_longer": of.no_longer_overdue,
    }


def _number(value: Any) -> str:
    return f"{float(value):.1f}"


def _turning(row: ShiftRow) -> dict[str, Any]:
    return {
        "public_id": row.person.id,
        "reference": row.person.reference,
        "surname": row.person.surname,
        "initial": row.person.forename[:1],
        "officer": row.person.officer or "Nobody",
        "kind": words.kind_words(row.shift.kind),
        "now": row.shift.now,
        "then": row.shift.then,
        "becomes": row.shift.is_overdue,
    }
