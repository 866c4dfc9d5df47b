"""By when an indicator must be triaged (rules `indicator.triage.*`)."""

import datetime as dt
from functools import cached_property

from django.utils import timezone

from risk.indicator_codes import Severity
from rules import current
from rules.workdays import Calendar


class Deadlines:
    """The deadlines of what is received at one instant, by the rules of that day."""

    def __init__(self, received_at: dt.datetime) -> None:
        self.received_at = received_at
        self._on = timezone.localdate(received_at)
        self._rules = current.in_force(self._on)
        self._found: dict[Severity, dt.datetime] = {}

    def by(self, severity: Severity) -> dt.datetime:
        """The instant (UTC). Of a rule of days, the end of its last day in London."""
        if severity not in self._found:
            self._found[severity] = self._of(severity)
        return self._found[severity]

    def _of(self, severity: Severity) -> dt.datetime:
        rule = self._rules.rule(f"indicator.triage.{severity}")
        if rule.leads_to == "instant":
            return rule.due_at(self.received_at)
        last = rule.due(self._on, self._calendar)
        midnight = dt.datetime.combine(last + dt.timedelta(days=1), dt.time())
        return timezone.make_aware(midnight).astimezone(dt.UTC)

    @cached_property
    def _calendar(self) -> Calendar:
        return current.calendar()
