"""The person's page, section by section: facts in, words and addresses of pages out."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts.actor import Actor
from accounts.policy import Action, grant, shows_all
from offenders.models import Address, LevelDecision, Offender, Status
from rules import current
from rules.ruleset import RuleSet
from ui import words
from ui.views import order_parts, person_offers, plan_parts, score_parts, whereabouts
from ui.views.assessed_parts import history_line
from ui.views.holding_parts import OFFERED, holdings
from ui.views.order_parts import order_line
from ui.views.page import marker_lines, person_line
from workflows.facts import registration_of
from workflows.models import Kind, Visit
from workflows.queries import assessed
from workflows.queries import person as reads
from workflows.queries.absences import away_on
from workflows.queries.person import Duty
from workflows.queries.static_scores import standing_scores
from workflows.queries.task_rows import TaskRow, rows_of, title
from workflows.queries.triage import RESTRICTED, hidden_of
from workflows.queries.unfound import Unfound

#: What the page offers, where the viewer may do it.
ASKED = (
    Action.ADDRESS_REVEAL,
    *person_offers.ASKED,
    *whereabouts.ASKED,
    *order_parts.OFFERED,
    *OFFERED,
)

#: What a duty's link says, by step.
VERBS = {
    "record_outcome": "Record",
    "write_up": "Write up",
    "review": "Review",
    "assess": "Start",
    "endorse": "Endorse",
    "record_notification": "Record",
    "check_notification": "Check",
    "decide_missing": "Decide",
    "confirm_missing": "Decide",
    "record_enquiry": "Record",
    "review_enquiry": "Review",
    "verify_death": "Verify",
    "consider_warrant": "Start",
    "decide_warrant": "Decide",
    "draft_plan": "Review",
    "endorse_plan": "Endorse",
    "approve_interval": "Decide",
    "decide_level": "Decide",
    "review_case": "Review",
    "check_case": "Check",
}

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
#: Parts of the day by the London hour at which they begin.
TIMES_OF_DAY = (("Morning", 0), ("Afternoon", 12), ("Evening", 18))
#: From this many visits in twelve months, all on a few weekdays by day, the grid gives advice.
ENOUGH_VISITS = 4


def whole(
    by: Actor,
    found: Offender,
    today: dt.date,
    *,
    visits: list[Visit],
    decided: list[LevelDecision],
    unfound: Unfound,
    may: Collection[Action],
) -> dict[str, Any]:
    """Everything but the timeline. A constant number of reads.

    `visits`, `decided` and `unfound` are all of the person's, as the timeline takes them. `may`:
    which of ASKED the viewer may do.
    """
    here = reads.status_of(found, today)
    status = here.status if here else Status.COMMUNITY
    rules = current.in_force(today)
    owed = reads.duties(by, found)
    hidden = hidden_of(by, [duty.obligation.about for duty in owed if duty.obligation])
    rows = rows_of(by, [duty.task.pk for duty in owed if duty.task is not None], today)
    visits = [visit for visit in visits if visit.voided_at is None]
    orders = reads.orders_of(found)
    registered = registration_of(found, today=today, rules=rules, orders=orders)
    reveal = grant(by, Action.ADDRESS_REVEAL)
    shows_addresses = shows_all(by, Action.OFFENDER_VIEW)
    return {
        "person": _identity(found, owed, decided, today, status),
        "awaiting": unfound.awaiting,
        "whereabouts": whereabouts.section(found, unfound, status, may),
        "registration": {
            "words": words.registration_words(registered, found.registration_ended_on),
            "reasons": [words.registration_reason(*reason) for reason in registered.reasons],
        },
        "actions": person_offers.buttons(found, owed, may),
        "decisions": person_offers.decisions(found, owed, may),
        "warrant": any(duty.obligation and duty.kind == Kind.ENTRY_WARRANT for duty in owed),
        "assessments": [history_line(one) for one in assessed.history(found)],
        "scores": score_parts.section(found, standing_scores(found)),
        "duties": [_duty_line(duty, _why(duty, rules, hidden), by, rows) for duty in owed],
        "is_critical": any(row.unactioned_critical for row in rows.values()),
        "level_history": [{"on": one.decided_on, "level": one.level} for one in decided],
        "visiting": visiting(visits, today),
        "plan": plan_parts.section(
            found, today, review_by=_review_by(owed), shows_text=shows_addresses
        ),
        **order_parts.section(found, orders, today, may, shows_text=shows_addresses),
        "addresses": [address_line(one) for one in reads.present_addresses(found)]
        if shows_addresses
        else [],
        "can_reveal": reveal is not None and Action.ADDRESS_REVEAL in may,
        "address_reason_needed": reveal is not None and reveal.reason,
        **holdings(by, found, today, may),
    }


def _review_by(owed: list[Duty]) -> dt.date | None:
    """When the plan must be looked at again, where that is owed."""
    reviews = (d.due_on for d in owed if d.obligation and d.kind == Kind.PLAN_REVIEW)
    return next(reviews, None)


def card(by: Actor, found: Offender) -> dict[str, Any]:
    """The short card: that the person is managed, the danger, the conditions, whom to call."""
    today = timezone.localdate()
    may = reads.allowed(by, found, [Action.CONFLICT_DECLARE])
    status = reads.status_of(found, today)
    return {
        "person": person_line(found)
        | {
            "team_name": found.team.name,
            "officer_label": manager_words(found) + away_words(found, today),
            "markers": _markers(found),
            "status_words": words.standing_words(status.status if status else "", ""),
        },
        "orders": [order_line(order, today) for order in reads.live(reads.orders_of(found), today)],
        "decisions": person_offers.decisions(found, [], may),
    }


def manager_words(found: Offender) -> str:
    """Who manages the person, as pages name officers."""
    return found.offender_manager.display_name if found.offender_manager else "nobody yet"


def away_words(found: Offender, today: dt.date) -> str:
    """That the officer is away, until when and who covers; empty where they are there."""
    absence = away_on(found.offender_manager_id, today)
    if absence is None:
        return ""
    cover = absence.cover if absence.cover_ended_at is None else None
    said = f"covered by {cover.display_name}" if cover else "nobody covers"
    return f" (away, back {words.long_day(absence.until_on)}, {said})"


def _markers(found: Offender) -> list[dict[str, str]]:
    return marker_lines(reads.markers_of([found.pk]).get(found.pk, []))


def _identity(
    found: Offender, owed: list[Duty], decided: list[Any], today: dt.date, status: str
) -> dict[str, Any]:
    reassess = (
        duty.due_on for duty in owed if duty.obligation and duty.kind == Kind.RISK_REASSESSMENT
    )
    return person_line(found) | {
        "forenames": found.forename,
        "born_on": found.date_of_birth,
        "level_words": _level_words(decided, today),
        "reassess_by": next(reassess, None),
        "mappa_words": words.mappa_words(found.mappa_category, found.mappa_level),
        "officer_label": manager_words(found) + away_words(found, today),
        "team_name": found.team.name,
        "status_words": words.standing_words(status, found.management_mode),
        "markers": _markers(found),
    }


def _level_words(decided: list[Any], today: dt.date) -> str:
    if not decided:
        return ""
    since = f"Since {words.day_label(decided[-1].decided_on, today)}"
    if len(decided) == 1:
        return since
    return f"{since}, was {words.risk_words(decided[-2].level)}"


def _duty_line(duty: Duty, why: str, by: Actor, rows: Mapping[int, TaskRow]) -> dict[str, Any]:
    task = duty.task
    may_do = task is not None and grant(by, task.flow_task.action) is not None
    return {
        "kind": duty.kind,
        "kind_label": title(task.kind, task.step) if task else words.kind_words(duty.kind),
        "why": why,
        "due_on": duty.due_on,
        "url": reverse("ui:task", args=[task.public_id]) if task else "",
        "verb": VERBS.get(task.step, "Open") if task and may_do else "Read",
        "points": rows[task.pk].score if task else None,
        "why_url": reverse("ui:task-why", args=[task.public_id]) if task else "",
    }


def _why(duty: Duty, rules: RuleSet, hidden: Collection[str]) -> str:
    """The rule in words with its source, and the date it had first where it moved.

    Of an indicator that the viewer may not open nothing but that: its rule says how grave it is.
    """
    if duty.obligation is None:
        return "Part of work already begun"
    if duty.obligation.about in hidden:
        return RESTRICTED
    rule = next((rule for rule in rules.rules if rule.id == duty.obligation.rule), None)
    said = f"{words.rule_words(rule)} ({rule.source})" if rule else duty.obligation.rule
    if duty.obligation.original_due_on != duty.obligation.due_on:
        said += f". First due {words.long_day(duty.obligation.original_due_on)}"
    return said


def visiting(visits: list[Visit], today: dt.date) -> dict[str, Any]:
    """Visits and attempts of twelve months by weekday and time of day, with advice on the pattern.

    Taken-over visits have no time of day: they are told below the grid.
    """
    since = today - dt.timedelta(days=365)
    recent = [visit for visit in visits if visit.occurred_on >= since]
    moments = [timezone.localtime(visit.occurred_at) for visit in recent if visit.occurred_at]
    untimed = [visit.occurred_on for visit in recent if visit.occurred_at is None]
    counted = Counter((_time_of_day(at.hour), at.weekday()) for at in moments)
    rows = [
        {"label": label, "cells": [counted[label, day] for day in range(len(DAYS))]}
        for label, _ in TIMES_OF_DAY
    ]
    return {
        "days": DAYS,
        "rows": rows,
        "words": _pattern_words(counted),
        "missing": _missing_words(untimed, has_others=bool(moments)),
    }


def _missing_words(untimed: Sequence[dt.date], *, has_others: bool) -> str:
    """Which visits of twelve months the grid cannot show; that there were none; else empty."""
    if untimed:
        taken = words.count_words(len(untimed), "visit was", "visits were")
        last = words.long_day(max(untimed))
        return f"{taken} taken over without a time of day, the last on {last}: not counted above."
    return "" if has_others else "No visit in the last 12 months."


def _time_of_day(hour: int) -> str:
    return next(label for label, begins in reversed(TIMES_OF_DAY) if hour >= begins)


def _pattern_words(counted: Counter[tuple[str, int]]) -> str:
    total = sum(counted.values())
    if total < ENOUGH_VISITS:
        return ""
    days = {day for _, day in counted}
    times = {time for time, _ in counted}
    if "Evening" not in times and max(days) < DAYS.index("Sat"):
        return f"All {total} visits in 12 months were on weekdays by day. Vary days and times."
    if len(days) == 1 or len(times) == 1:
        return f"All {total} visits in 12 months follow one pattern. Vary days and times."
    return ""


def address_line(address: Address) -> dict[str, Any]:
    """Kind and since when. Where it is comes only from the reveal."""
    since = f"since {words.long_day(address.from_on)}" if address.from_on else ""
    return {"label": str(Address.Kind(address.kind).label), "words": since}
