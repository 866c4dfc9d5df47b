"""The part of the person's page on searches, a reported death and warrants, with its links."""

from collections.abc import Collection
from typing import Any

from django.urls import reverse

from accounts.policy import Action
from offenders.models import Offender, Status
from ui import words
from ui.views.timeline_unfound import warrant_words
from workflows.queries.unfound import Unfound

#: What the section offers, where the viewer may do it.
ASKED = (
    Action.MISSING_REPORT,
    Action.MISSING_LOCATE,
    Action.DEATH_REPORT,
    Action.WARRANT_RESULT,
)


def section(
    found: Offender, known: Unfound, status: str, may: Collection[Action]
) -> dict[str, Any]:
    """Lines {words, url, link} and links {url, label}; both empty where there is nothing."""
    is_sought = known.open_report is not None or status == Status.MISSING
    return {
        "lines": [
            *_search(known, is_sought=is_sought),
            *_death(known),
            *_warrants(found, known, may),
        ],
        "links": _links(found, known, status, may, is_sought=is_sought),
    }


def _search(known: Unfound, *, is_sought: bool) -> list[dict[str, str]]:
    if not is_sought:
        return []
    said = []
    report = known.open_report
    if report is None:
        said.append("Missing in the record taken over")
    else:
        state = "confirmed" if report.decision else "waits for a supervisor to confirm it"
        said.append(f"Reported missing {words.long_day(report.reported_on)}: {state}")
    last = next((one for one in known.enquiries if report is None or one.report == report), None)
    said.append(f"Last enquiry {words.long_day(last.made_on)}" if last else "No enquiry yet")
    return [_line(text) for text in said]


def _death(known: Unfound) -> list[dict[str, str]]:
    report = known.waiting_death
    if report is None:
        return []
    on = words.long_day(report.reported_on)
    return [_line(f"Reported dead {on}: waits for a supervisor to verify it")]


def _warrants(found: Offender, known: Unfound, may: Collection[Action]) -> list[dict[str, str]]:
    lines = []
    for warrant in known.warrants:
        line = _line(f"Entry warrant: {warrant_words(warrant)}")
        is_open = warrant.decision == "applied" and (
            not warrant.court or (warrant.court == "granted" and not warrant.executed_on)
        )
        if is_open and Action.WARRANT_RESULT in may:
            ids = [found.public_id, warrant.public_id]
            line |= {"url": reverse("ui:warrant-result", args=ids), "link": "Record what happened"}
        lines.append(line)
    return lines


def _links(
    found: Offender, known: Unfound, status: str, may: Collection[Action], *, is_sought: bool
) -> list[dict[str, str]]:
    if found.registration_ended_on is not None:
        return []
    is_detained = status in {Status.CUSTODY, Status.HOSPITAL}
    offered = (
        (Action.MISSING_LOCATE, is_sought, "ui:locate", "Record as located"),
        (
            Action.MISSING_REPORT,
            not is_sought and not is_detained and known.waiting_death is None,
            "ui:report-missing",
            "Report missing",
        ),
        (Action.DEATH_REPORT, known.waiting_death is None, "ui:report-death", "Report a death"),
    )
    return [
        {"url": reverse(name, args=[found.public_id]), "label": label}
        for action, applies, name, label in offered
        if applies and action in may
    ]


def _line(text: str) -> dict[str, str]:
    return {"words": text, "url": "", "link": ""}
