"""Writing what officers make of an indicator. Callers hold the locks, ask leave and reconcile."""

from dataclasses import dataclass

from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import User
from offenders.actions.counting import stamp
from offenders.models import Offender, OrderCondition
from risk.actions.indicators import hide_alike, unmatch
from risk.indicator_codes import TriageOutcome
from risk.models import Indicator, IndicatorState, IndicatorTriage, MatchDecision, TriageCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What an officer decided about an indicator, and why."""

    outcome: TriageOutcome
    reason: str
    condition: OrderCondition | None = None
    duplicate_of: Indicator | None = None
    transferred_to: str = ""


def triage(
    *, indicator: Indicator, offender: Offender, by: User, said: Said, takes_check: bool
) -> IndicatorTriage:
    """Write a triage. It stands at once, unless it takes a check.

    One before it on which nobody is to decide any more lapses.
    """
    before = IndicatorTriage.objects.filter(indicator=indicator, takes_check=True, decision="")
    before.update(decision=TriageCheck.LAPSED)
    confirmations = MatchDecision.objects.filter(
        match__indicator=indicator,
        match__offender=offender,
        decision=MatchDecision.Decision.CONFIRMED,
    )
    written = IndicatorTriage.objects.create(
        indicator=indicator,
        offender=offender,
        confirmation=confirmations.latest("pk"),
        severity=indicator.severity,
        outcome=said.outcome,
        reason=said.reason,
        condition=said.condition,
        duplicate_of=said.duplicate_of,
        transferred_to=said.transferred_to,
        takes_check=takes_check,
        triaged_on=timezone.localdate(),
        triaged_by=by,
    )
    if not takes_check:
        _stand(written)
    return written


def check_triage(
    *,
    triage: IndicatorTriage,
    decision: TriageCheck,
    comment: str,
    by: User,
    acting_for: int | None = None,
) -> None:
    """Agree to a triage, from when it stands, or return it: then the indicator waits as before."""
    triage.decision, triage.comment = decision, comment
    triage.checked_by, triage.checked_for_id = by, acting_for
    stamp(triage, "checked_at", "decision", "comment", "checked_by", "checked_for")
    if decision == TriageCheck.AGREED:
        _stand(triage)


def _stand(triage: IndicatorTriage) -> None:
    """Let a triage stand, and the indicator with it."""
    triage.stands_on = timezone.localdate()
    stamp(triage, "stands_at", "stands_on")
    match triage.outcome:
        case TriageOutcome.NOT_THIS_PERSON:
            unmatch(indicator=triage.indicator, by=triage.triaged_by, reason=triage.reason)
        case TriageOutcome.DUPLICATE:
            _merge(triage)
        case _:
            _settle(triage)


def _settle(triage: IndicatorTriage) -> None:
    found = triage.indicator
    found.state, found.outcome = IndicatorState.TRIAGED, triage.outcome
    found.outcome_reason, found.condition = triage.reason, triage.condition
    found.triaged_by, found.triaged_at = triage.triaged_by, triage.stands_at
    found.save(
        update_fields=[
            "state",
            "outcome",
            "outcome_reason",
            "condition",
            "triaged_by",
            "triaged_at",
        ]
    )


def _merge(triage: IndicatorTriage) -> None:
    """Into the one that it is the same as, with whatever was merged into it before.

    What followed a restricted one is restricted by itself then: the other may be open to more.
    """
    found, into = triage.indicator, triage.duplicate_of
    if found.is_restricted:
        for merged in found.merged.order_by("pk"):
            hide_alike(merged, found, triage.triaged_by, triage.reason)
    Indicator.objects.filter(merged_into=found).update(merged_into=into)
    found.state, found.merged_into = IndicatorState.MERGED, into
    found.offender = found.matched_by = found.matched_at = None
    found.save(update_fields=["state", "merged_into", "offender", "matched_by", "matched_at"])


def note_late(indicators: list[int]) -> None:
    """Note that supervisors were told that the deadlines of these have passed."""
    Indicator.objects.filter(pk__in=indicators).update(late_told_at=Now())
