"""The notifications a person owes the police (SOA 2003 ss.83-85). In the community only."""

import datetime as dt

from workflows.models.obligation import Kind
from workflows.obligations.due import Owed, Question


def notifications(asked: Question) -> list[Owed]:
    """The initial notification; or the periodic one, and any that a release asked for since."""
    last_on = asked.facts.last_notified_on
    if last_on is None:
        return _owed(asked, Kind.INITIAL_NOTIFICATION, "notif.initial", *asked.began())
    periodic = (
        "notif.periodic.no_fixed_abode"
        if asked.facts.is_regularly_found
        else "notif.periodic.annual"
    )
    found = _owed(asked, Kind.PERIODIC_NOTIFICATION, periodic, "last_notification", last_on)
    released_on = asked.where.released_on
    if released_on is not None and released_on > last_on:
        found += _owed(
            asked,
            Kind.CHANGE_NOTIFICATION,
            "notif.change.release",
            "release",
            released_on,
            about=f"release:{released_on}",
        )
    return found


def _owed(
    asked: Question, kind: Kind, rule: str, name: str, since: dt.date, *, about: str = ""
) -> list[Owed]:
    """One notification, time away disregarded or added as its rule says.

    None while a stay without an end lies in the way, which is only so for who is away.
    """
    away = asked.where.away
    if not away:
        due = asked.due(rule, name, since)
        return [Owed(kind, about, due.on, rule, due.inputs)]
    due_on = asked.rules.rule(rule).due_around(since, asked.calendar, away)
    if due_on is None:
        return []
    return [Owed(kind, about, due_on, rule, ((name, since.isoformat()),))]
