"""The triage of an indicator of online risk."""

import datetime as dt

from django.utils import timezone
from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.activation import Activation

from accounts.policy import Action
from risk.indicator_codes import Severity
from risk.models import IndicatorTriage
from workflows.engine.nodes import Step
from workflows.flows.base import OfficerFlow
from workflows.steps import CheckTriage, TriageIndicator


class IndicatorTriageFlow(OfficerFlow):
    """Triage of an indicator

    An officer says what an indicator means and what is done about it (PRACTICE 18). What sets a
    critical one aside, and a share of what sets another aside, a supervisor agrees to or returns;
    until then it is not triaged, and its deadline stays.
    """

    process_title = "Triage of an indicator"

    start = flow.StartHandle(this.begin).Next(this.triage_indicator)
    triage_indicator = (
        Step(TriageIndicator, Action.INDICATOR_TRIAGE)
        .Annotation(title="Triage an indicator")
        .Assign(this.offender_manager)
        .Next(this.is_checked)
    )
    is_checked = flow.If(this.waits_for_check).Then(this.check_triage).Else(this.end)
    check_triage = (
        Step(CheckTriage, Action.INDICATOR_CHECK, due=this.check_by)
        .Annotation(title="Check the triage of an indicator")
        .Next(this.was_agreed)
    )
    was_agreed = flow.If(this.settled).Then(this.end).Else(this.triage_indicator)
    end = flow.End()

    def check_by(self, activation: Activation) -> dt.date:
        """Of a critical one by its own deadline, or today where that has passed."""
        triage = self._newest(activation)
        if triage is not None and triage.severity == Severity.CRITICAL:
            return max(activation.process.obligation.due_on, timezone.localdate())
        return self.endorse_by(activation)

    def waits_for_check(self, activation: Activation) -> bool:
        """Whether the newest triage takes a second person, who has not decided."""
        triage = self._newest(activation)
        return triage is not None and triage.takes_check and not triage.decision

    def settled(self, activation: Activation) -> bool:
        """Whether the newest triage stands, or nothing is owed any more."""
        triage = self._newest(activation)
        return triage is None or triage.stands_at is not None or not self.is_owed(activation)

    def _newest(self, activation: Activation) -> IndicatorTriage | None:
        _, _, key = activation.process.obligation.about.partition(":")
        return IndicatorTriage.objects.filter(indicator=key).order_by("-pk").first()
