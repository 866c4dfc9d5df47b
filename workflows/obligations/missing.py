"""What is owed where nobody knows where a person is (PRACTICE 13).

The home visit is not among it: it stays owed until a supervisor confirms, and is not owed after.
"""

import datetime as dt
from zoneinfo import ZoneInfo

from offenders.models import Status
from workflows.models.obligation import Kind
from workflows.models.visit import VisitOutcome
from workflows.obligations.due import Due, Owed, Question
from workflows.obligations.person import Facts, Stay
from workflows.obligations.unfound import MissingReported

LONDON = ZoneInfo("Europe/London")
#: An hour that is on every day, for a person of whom we know the day alone.
NOON = dt.time(12)


def missing_work(asked: Question, today: dt.date) -> list[Owed]:
    """Enquiries about an open report, its confirmation, or the decision whether to report."""
    report = open_report(asked.facts, today)
    if report is not None:
        found = [_enquiry(asked, report)]
        if not report.is_decided(today):
            due = asked.due("missing.confirmation", "missing_report", report.on)
            found.append(_owed(Kind.MISSING_CONFIRMATION, due, about=_about(report.on)))
        return found
    if asked.where.is_missing and asked.where.here is not None:
        return [_enquiry_without_report(asked, asked.where.here)]
    return [] if asked.where.is_paused else _decision(asked)


def open_report(facts: Facts, today: dt.date) -> MissingReported | None:
    """The report by which the person is looked for; at most one is open."""
    still = [report for report in facts.reports if report.is_open(today)]
    return max(still, default=None)


def located_on(facts: Facts, today: dt.date) -> set[dt.date]:
    """The days on which somebody reported missing was found in the community.

    Whether or not a supervisor had confirmed it by then (PRACTICE 13).
    """
    return {
        report.closed_on
        for report in facts.reports
        if report.closed_on is not None
        and report.closed_on <= today
        and report.found_in == Status.COMMUNITY
    }


def _enquiry(asked: Question, report: MissingReported) -> Owed:
    """24 hours after the report, then 28 days after each round of enquiries."""
    made = [one.on for one in asked.facts.enquiries if one.report == report.key]
    due = _next(asked, max(made, default=None), "missing_report", report.at)
    return _owed(Kind.MISSING_ENQUIRY, due, about=_about(report.on))


def _enquiry_without_report(asked: Question, stay: Stay) -> Owed:
    """The same for somebody who was missing in the record that we took over, from that day."""
    told_on = max(stay.since, stay.taken_over_on or stay.since)
    told_at = dt.datetime.combine(told_on, NOON, tzinfo=LONDON)
    made = [one.on for one in asked.facts.enquiries if one.report is None and one.on >= told_on]
    due = _next(asked, max(made, default=None), "missing", told_at)
    return _owed(Kind.MISSING_ENQUIRY, due, about=f"since:{stay.since}")


def _next(asked: Question, last_on: dt.date | None, name: str, began_at: dt.datetime) -> Due:
    if last_on is not None:
        return asked.due("missing.review", "last_enquiry", last_on)
    rule = asked.rules.rule("missing.first_actions")
    on = rule.due_at(began_at).astimezone(LONDON).date()
    began_on = began_at.astimezone(LONDON).date()
    return Due(on, rule.id, ((name, began_on.isoformat()),))


def _decision(asked: Question) -> list[Owed]:
    """After an attempt at which the person was not resident and which nothing has settled since.

    A return from custody, hospital or abroad settles it, as does being located.
    """
    where = asked.where
    known_on = max([*(back.on for back in where.returns), *where.located_on], default=dt.date.min)
    waiting = [
        one.on
        for one in asked.facts.attempts
        if one.outcome == VisitOutcome.NOT_RESIDENT
        and not one.missing_settled
        and one.on >= known_on
    ]
    if not waiting:
        return []
    due = asked.due("missing.decision", "not_resident", min(waiting))
    return [_owed(Kind.MISSING_DECISION, due)]


def _about(reported_on: dt.date) -> str:
    return f"report:{reported_on}"


def _owed(kind: Kind, due: Due, *, about: str = "") -> Owed:
    return Owed(kind, about, due.on, due.rule, due.inputs)
