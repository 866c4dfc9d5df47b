"""Release, missing people, deaths and warrants: when each is due by PRACTICE 5, 9 and 13.

The day counts are those of the shipped rules: a working day to decide and to confirm, 24 hours and
then 28 days for enquiries, five working days to verify a death and to consider a warrant; 28 days
ahead of a release, a month where nobody knows when.
"""

import datetime as dt

from tests.rules.by_hand import days_after, months_after, working_days_after
from tests.workflows.machine.life import DETAINED, Life
from tests.workflows.machine.sought import Attempt

Day = dt.date
Owed = dict[tuple[str, str], Day]
#: How often entry must have failed (s.96B(2)(d)), and how.
TWICE, NOBODY_LET_IN = 2, ("no_answer", "refused")


def death_due(reported_on: Day) -> Owed:
    """A supervisor verifies a reported death."""
    return {("death_verification", ""): working_days_after(reported_on, 5)}


def search_due(life: Life) -> Owed:
    """Enquiries while somebody is looked for; before that the decision whether to look."""
    report = life.search.report
    if report:
        about = f"report:{report.on}"
        found = {("missing_enquiry", about): _enquiry_due(report.on, report.enquired)}
        if not report.answered:
            found["missing_confirmation", about] = working_days_after(report.on, 1)
        return found
    if life.here.status == "missing":
        about = f"since:{life.here.since}"
        return {("missing_enquiry", about): _enquiry_due(life.here.told_on, life.search.enquired)}
    return _decision_due(life)


def _enquiry_due(told_on: Day, made: list[Day]) -> Day:
    """24 hours, then 28 days."""
    return days_after(max(made), 28) if made else days_after(told_on, 1)


def _decision_due(life: Life) -> Owed:
    """After a visit to somebody not resident, until anything says where they are."""
    if life.here.status in (*DETAINED, "abroad"):
        return {}
    back = max([*(day for day, *_ in life.returns()), *life.located()], default=Day.min)
    settled = max(life.search.settled_on(), default=Day.min)
    waiting = [
        one.on
        for one in _since_seen(life)
        if one.outcome == "not_resident" and one.on > settled and one.on >= back
    ]
    return {("missing_decision", ""): working_days_after(min(waiting), 1)} if waiting else {}


def warrant_due(life: Life) -> Owed:
    """Entry failed on two days since it was last gained, and on one that nobody decided about.

    Of somebody who has been away since, the days are counted from the return.
    """
    counted = [
        one.on for one in _since_seen(life) if one.outcome in NOBODY_LET_IN and one.to_assess
    ]
    decided = max(life.search.warrants, default=Day.min)
    days, open_days = sorted(set(counted)), [day for day in counted if day > decided]
    if len(days) < TWICE or not open_days:
        return {}
    since = max([days[TWICE - 1], min(open_days), *(day for day, *_ in life.returns())])
    return {("entry_warrant", ""): working_days_after(since, 5)}


def _since_seen(life: Life) -> list[Attempt]:
    """Attempts on or after the day of the last effective visit."""
    seen = life.last_visit or Day.min
    return [one for one in life.search.attempts if one.on >= seen]


def release_due(life: Life, today: Day) -> Owed:
    """28 days before the expected release; with no date, or past it, every month."""
    stay = life.here
    if stay.status not in DETAINED:
        return {}
    looks = [(day, expected) for day, expected in life.release_looks if day >= stay.since]
    looked_on = looks[-1][0] if looks else None
    said_on, expected = stay.said_on or stay.told_on, stay.expected
    if looked_on and looked_on >= said_on:
        said_on, expected = looks[-1]
    if expected:
        opens = max(days_after(expected, -28), said_on)
        if looked_on is None or looked_on < opens:
            return {("release_planning", ""): opens}
        if today <= expected:
            return {}
    return {("release_planning", ""): months_after(looked_on or stay.told_on, 1)}
