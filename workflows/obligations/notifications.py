"""The notifications a person owes the police (SOA 2003 ss.83-85). In the community only."""

import datetime as dt

from workflows.models.obligation import Kind
from workflows.models.write_up_rows import NotifiedItem
from workflows.obligations.due import Owed, Question

#: The rule of each notified detail that changes (s.84(1)(a)-(ca)). What no other names is counted
#: as a prescribed change (SI 2012/1876).
CHANGE_RULES = {
    NotifiedItem.NAMES.value: "notif.change.name",
    NotifiedItem.HOME.value: "notif.change.home",
    NotifiedItem.OTHER_PREMISES.value: "notif.change.other_addr",
}
OTHER_CHANGE = "notif.change.prescribed"


def notifications(asked: Question) -> list[Owed]:
    """The initial notification; or the periodic one, and any that a release or a change asked for
    since."""
    last_on = asked.facts.last_notified_on
    if last_on is None:
        return _owed(asked, Kind.INITIAL_NOTIFICATION, "notif.initial", *_first_day(asked))
    periodic = (
        "notif.periodic.no_fixed_abode"
        if asked.facts.is_regularly_found
        else "notif.periodic.annual"
    )
    found = _owed(asked, Kind.PERIODIC_NOTIFICATION, periodic, "last_notification", last_on)
    # A later release adds no time to an earlier one that was never notified.
    released_on = next((day for day in asked.where.releases if day > last_on), None)
    if released_on is not None:
        found += _owed(
            asked,
            Kind.CHANGE_NOTIFICATION,
            "notif.change.release",
            "release",
            released_on,
            about=f"release:{released_on}",
        )
    return found + _changes(asked, last_on)


def _changes(asked: Question, last_on: dt.date) -> list[Owed]:
    """One for each detail that was found changed, and that no notification since could tell of.

    Counted from the change. A later change of the same adds no time to an earlier one. Whoever
    notifies confirms every detail, so that any notification from the day it was found on does it
    (s.85(1)); one before does not, as it did not tell (docs/decisions/0029).
    """
    since: dict[str, dt.date] = {}
    for changed in asked.facts.details_changed:
        if changed.found_on > last_on:
            first = since.get(changed.item, changed.changed_on)
            since[changed.item] = min(first, changed.changed_on)
    return [
        owed
        for item, changed_on in sorted(since.items())
        for owed in _owed(
            asked,
            Kind.CHANGE_NOTIFICATION,
            CHANGE_RULES.get(item, OTHER_CHANGE),
            "change",
            changed_on,
            about=f"changed:{item}",
        )
    ]


def _first_day(asked: Question) -> tuple[str, dt.date]:
    """From when the first notification is counted: the relevant date (s.83(1)).

    A release after custody whose dates we do not hold, where it is later; the days of a stay whose
    dates we hold are disregarded instead (s.83(6)), and start nothing again.
    """
    unknown = [back.on for back in asked.where.returns if back.since is None]
    released_on = max(unknown, default=asked.relevant_date)
    if released_on > asked.relevant_date:
        return "release", released_on
    return "relevant_date", asked.relevant_date


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
