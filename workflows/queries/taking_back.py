"""What an officer may take back of an indicator: one rule, for the act and for the link to it."""

from accounts.actor import Actor
from accounts.models import Role
from accounts.policy import Action, grant
from offenders.errors import RuleBroken
from risk.indicator_codes import Severity
from risk.models import Indicator, IndicatorState
from workflows.queries.triage import asked_back, waiting_check

#: Who sets a critical one aside by an act that one person does.
SENIOR = (Role.SUPERVISOR, Role.INSPECTOR)


def retraction_refusal(by: Actor, found: Indicator) -> RuleBroken | None:
    """Why an officer may not take back an indicator that they see; None where they may.

    What they recorded themselves, and as a supervisor or inspector what any officer did; what
    another system sent only where that takes it back, and then by those two. Nobody alone sets a
    critical one aside that they recorded or asked to be taken back, nor past a supervisor's check.
    RuleBroken `sent_by_a_system`, `recorded_by_another`, `already_retracted`, `check_waits`,
    `critical_needs_another`.
    """
    asked = asked_back(found)
    if found.recorded_by_id is None and asked is None:
        said = "Another system sent it, which alone takes it back. Triage it instead."
        return RuleBroken("sent_by_a_system", said)
    if by.role == Role.OFFENDER_MANAGER and found.recorded_by_id != by.user_id:
        return RuleBroken("recorded_by_another", "Whoever recorded it, or a supervisor, does that.")
    if found.state == IndicatorState.RETRACTED:
        return RuleBroken("already_retracted", "It was taken back already.")
    if waiting_check(found) is not None:
        return _check_waits()
    wrote = {found.recorded_by_id, asked.decided_by_id if asked else None} - {None}
    is_theirs = bool(wrote & {by.user_id, by.acting_for_id})
    if found.severity == Severity.CRITICAL and (is_theirs or by.role not in SENIOR):
        said = "It is critical: a supervisor or an inspector who did not record it takes it back."
        return RuleBroken("critical_needs_another", said)
    return None


def unmatching_refusal(by: Actor, found: Indicator) -> RuleBroken | None:
    """Why an officer may not take back whom an indicator is about; None where they may.

    Of a critical one a supervisor or inspector: an offender manager triages it as not this person,
    which two decide on. RuleBroken `already_triaged`, `check_waits`, `critical_needs_triage`.
    """
    if found.state != IndicatorState.UNTRIAGED:
        return RuleBroken("already_triaged", "It is triaged. What was decided stays on record.")
    if waiting_check(found) is not None:
        return _check_waits()
    if found.severity == Severity.CRITICAL and by.role not in SENIOR:
        said = "It is critical. Triage it as not this person: a supervisor looks too."
        return RuleBroken("critical_needs_triage", said)
    return None


def may_retract(by: Actor, found: Indicator) -> bool:
    """Whether the page of an indicator that the actor sees leads to taking it back."""
    return grant(by, Action.INDICATOR_RETRACT) is not None and not retraction_refusal(by, found)


def may_unmatch(by: Actor, found: Indicator) -> bool:
    """Whether it leads to taking back whom it is about."""
    return grant(by, Action.INDICATOR_UNMATCH) is not None and not unmatching_refusal(by, found)


def _check_waits() -> RuleBroken:
    return RuleBroken("check_waits", "A supervisor decides on its triage first.")
