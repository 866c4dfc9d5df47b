"""Workloads, people and what a move would change, as the team's pages show them."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.urls import reverse

from accounts.actor import Actor
from accounts.capacity import AHEAD_DAYS, Share
from accounts.models.capacity import WHOLE
from ui import words
from ui.words import RISK_WORDS
from workflows.queries.caseload import (
    ManagedPerson,
    OfficerLoad,
    TeamCaseload,
    receivers,
)
from workflows.queries.caseload_then import LoadThen, TeamThen
from workflows.queries.moving import Load, OfficerChange, Preview, Staying
from workflows.queries.reassignment import Recent
from workflows.queries.transfers import OfferedTo

#: Order of the stretches in a workload bar.
BANDS = (*reversed(RISK_WORDS), "not_assessed")
#: Stands in an address for the people whom nobody manages.
NOBODY = "none"


def teams_line(found: TeamCaseload) -> list[dict[str, Any]]:
    """The teams to change to; none where there is only one."""
    return [
        {
            "name": known.name,
            "url": reverse("ui:team-caseload", args=[known.public_id]),
            "current": known.public_id == found.id,
        }
        for known in found.teams
    ] * (len(found.teams) > 1)


def summary_of(found: TeamCaseload | TeamThen) -> str:
    """A team in one line."""
    officers = sum(load.id is not None for load in found.officers)
    said = (
        words.count_words(officers, "officer", "officers"),
        words.count_words(found.people, "person", "people"),
        f"{found.overdue} overdue",
    )
    return " · ".join(said)


def unmanaged_line(found: TeamCaseload) -> dict[str, str] | None:
    """That some people have no officer, with the way to them; None where everyone has one."""
    if not found.unmanaged:
        return None
    has = words.count_words(found.unmanaged, "person has", "people have")
    url = reverse("ui:team-caseload", args=[found.id])
    return {"words": f"{has} no offender manager.", "url": f"{url}?officer={NOBODY}"}


def officer_line(load: OfficerLoad, found: TeamCaseload, officer: str) -> dict[str, Any]:
    """An officer, and how full they are; or the people whom nobody manages."""
    url = reverse("ui:team-caseload", args=[found.id])
    return {
        "label": load.name,
        "url": f"{url}?officer={known_as(load)}",
        "note": note_of(load),
        "capacity_url": reverse("ui:capacity", args=[load.id]) if load.id else "",
        "people": load.people,
        "overdue": load.overdue,
        "current": known_as(load) == officer,
        **bar(load),
    }


def note_of(load: OfficerLoad) -> str:
    """What to know of how much an officer can carry; empty for the usual."""
    parts = [] if load.can_receive or load.id is None else ["Takes nobody on"]
    return " · ".join([*parts, *share_parts(load.share)])


def share_parts(share: Share, *, then: bool = False) -> list[str]:
    """A share of full time in words; none for full time. Why something is taken off stays out.

    `then`: of a day that has passed.
    """
    parts = ["Away that day" if then else "Away today"] if share.is_away else []
    if share.fte != 1:
        parts.append(f"{int(share.fte * WHOLE)}% of full time")
    if share.reduction:
        parts.append(f"{share.reduction}% less" + ("" if then else " for now"))
    return parts


def known_as(load: OfficerLoad | LoadThen) -> str:
    """What stands in an address for whose people they are."""
    return str(load.id) if load.id else NOBODY


def chosen_line(found: TeamCaseload | TeamThen, officer: str) -> dict[str, str] | None:
    """Whose people are listed, in words; None where no such caseload is in the team."""
    load = next((known for known in found.officers if known_as(known) == officer), None)
    if load is None:
        return None
    of = f"of {load.name}" if load.id else "whom nobody manages"
    return {"id": officer, "label": load.name if load.id else "Managed by nobody", "of": of}


def recent_line(row: Recent) -> dict[str, Any]:
    """A reassignment of the last day, which can be undone while it stands."""
    return {
        "url": reverse("ui:reassigned", args=[row.id]),
        "words": f"{words.count_words(row.people, 'person', 'people')} to {receivers_words(row)}",
        "by": row.by,
        "at": row.decided_at,
        "undone": row.undone_at is not None,
    }


def receivers_words(row: Recent) -> str:
    """To whom people went: one officer by name, several by their number."""
    return row.to if row.receivers == 1 else f"{row.receivers} officers"


def bar(load: OfficerLoad | Load) -> dict[str, Any]:
    """A workload as the bar takes it: points by level against capacity, and whether it is over."""
    points: Mapping[str, Decimal] = load.level_points
    return {
        "bands": [
            {"level": level, "points": f"{points[level]:g}"} for level in BANDS if points.get(level)
        ],
        "capacity": load.capacity,
        "percent": load.percent,
        "over": load.is_over,
    }


def percent_words(percent: int | None) -> str:
    """How full an officer is."""
    return "no capacity" if percent is None else f"{percent}%"


def managed_line(
    row: ManagedPerson, picked: set[str], offered: OfferedTo | None = None
) -> dict[str, Any]:
    """A person of a caseload. `offered`: to which other team, where an offer waits."""
    return {
        "public_id": row.id,
        "reference": row.reference,
        "surname": row.surname,
        "initial": row.initial,
        "level": row.level,
        "next_kind_label": words.kind_words(row.next_kind),
        "due_on": row.due_on,
        "area": row.area,
        "points": words.points_words(row.points),
        "critical": row.unactioned_critical,
        "picked": str(row.id) in picked,
        "offered": offered
        and {"url": reverse("ui:transfer", args=[offered.transfer]), "team": offered.name},
    }


def targets_of(
    by: Actor, found: TeamCaseload, officer: str, chosen: str, today: dt.date
) -> list[dict[str, Any]]:
    """Who can take people on, by team, this team first; in it with how full they are."""
    loads = {load.id: load.percent for load in found.officers}
    groups: dict[str, list[dict[str, Any]]] = {found.name: []}
    for user in receivers(actor=by, today=today):
        if str(user.public_id) == officer or user.team is None:
            continue
        of_this_team = user.team.public_id == found.id
        known_by = percent_words(loads[user.public_id]) if of_this_team else user.staff_number
        groups.setdefault(user.team.name, []).append(
            {
                "value": str(user.public_id),
                "label": f"{user.display_name}, {known_by}",
                "chosen": str(user.public_id) == chosen,
            }
        )
    return [{"team": team, "officers": able} for team, able in groups.items() if able]


def preview_lines(seen: Preview, today: dt.date) -> dict[str, Any]:
    """Both sides before and after, and what to look at before deciding."""
    refused = sorted(row.reference for row in seen.people if row.id in seen.refused)
    checks = [
        {"reference": reference, "words": "may not go to that officer: conflict of interest"}
        for reference in refused
    ]
    checks += [{"reference": "", "words": said} for said in map(_full, seen.officers) if said]
    checks += [{"reference": "", "words": said} for said in map(_away, seen.officers) if said]
    checks += [
        {"reference": row.reference, "words": _imminent(row, today)} for row in seen.imminent
    ]
    checks += [{"reference": row.reference, "words": _staying(row)} for row in seen.staying]
    before = [change.before.points for change in seen.officers]
    after = [change.after.points for change in seen.officers]
    return {
        "sides": [_side(change) for change in seen.officers],
        "gap_before": words.points_words(max(before) - min(before)),
        "gap_after": words.points_words(max(after) - min(after)),
        "checks": checks or [{"reference": "", "words": "Nothing falls due soon."}],
        "overloaded": bool(seen.overloaded),
    }


def split_lines(seen: Preview) -> list[dict[str, Any]]:
    """Who goes to whom, a person a line."""
    names = {change.id: change.name for change in seen.officers}
    return [
        managed_line(row, set())
        | {"to": names[seen.to[row.id]], "move": f"{row.id}:{seen.to[row.id]}"}
        for row in seen.people
    ]


def from_labels(seen: Preview) -> list[str]:
    """Who gives, by name; those who receive as well only where nobody else gives."""
    gives = [change.name for change in seen.officers if not change.receives]
    return gives or [change.name for change in seen.officers]


def receivers_label(seen: Preview) -> str:
    """Who receives: one officer by name, several by their number."""
    names = [change.name for change in seen.officers if change.receives]
    return names[0] if len(names) == 1 else f"{len(names)} officers"


def _side(change: OfficerChange) -> dict[str, Any]:
    return {
        "label": change.name,
        "before": bar(change.before),
        "after": bar(change.after),
    }


def _full(change: OfficerChange) -> str:
    """That an officer gets more than they can carry; empty where they do not."""
    if not (change.receives and change.after.is_full):
        return ""
    asked = " Say why." if change.is_overloaded else ""
    had, can = (words.points_words(of) for of in (change.after.points, change.after.capacity))
    return f"{change.name} would have more than they can carry: {had} points of {can}.{asked}"


def _away(change: OfficerChange) -> str:
    """That somebody who gets people is away on some of the coming days; empty where not."""
    share = change.after.share
    if not change.receives or not share.days_away:
        return ""
    can = f"{words.points_words(change.after.capacity)} points"
    return (
        f"{change.name} is away on {share.days_away} of the next {AHEAD_DAYS} days: "
        f"counted as able to carry {can}."
    )


def _staying(row: Staying) -> str:
    kind = words.kind_words(row.kind)
    return f"{kind}, {row.step.replace('_', ' ')}: stays with {row.owner_name}."


def _imminent(row: ManagedPerson, today: dt.date) -> str:
    if row.due_on is None:
        return ""
    late = words.due_words(row.due_on, today)[0]
    when = words.day_label(row.due_on, today)
    return f"{words.kind_words(row.next_kind)} {when}, {late}. The new manager needs a handover."
