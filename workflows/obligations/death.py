"""What is owed where a person is said to be dead (PRACTICE 13)."""

import datetime as dt

from rules.ruleset import RuleSet
from rules.workdays import Calendar
from workflows.models.obligation import Kind
from workflows.obligations.due import Owed
from workflows.obligations.person import Facts


def death_verification(
    facts: Facts, rules: RuleSet, calendar: Calendar, today: dt.date
) -> list[Owed]:
    """Owed while a report of the death waits for a supervisor.

    It stands in place of all that needs the person, and stops no clock: refuted, it was never there
    (SOA 2003 ss.83(6), 84(5) and 85 know no such pause).
    """
    waiting = [report.on for report in facts.deaths if report.waits(today)]
    if not waiting:
        return []
    reported_on = min(waiting)
    rule = rules.rule("death.verification")
    cited = (("death_report", reported_on.isoformat()),)
    due_on = rule.due(reported_on, calendar)
    return [Owed(Kind.DEATH_VERIFICATION, "", due_on, rule.id, cited)]
