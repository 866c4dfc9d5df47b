"""Who may do what: one table, `RULES`, that an inspector can read.

Its lines stand by subject in `accounts.permissions`, and in the generated docs/reference all in
one. A pair that is not written is refused. Above the table stand: a declared conflict of interest
(`offenders`), lapsed vetting, and a closed account. A superuser flag grants nothing, an auditor
writes nothing, a system administrator reads no offender.
"""

from dataclasses import replace

from accounts.actor import Actor
from accounts.errors import NotPermitted, ReasonRequired
from accounts.permissions import (
    caseload,
    indicators,
    people,
    quality,
    risk,
    service,
    supervision,
    work,
)
from accounts.permissions.actions import Action
from accounts.permissions.grants import FORCE, Grant, Lines, Reach, Redaction

#: Offender managers work for their whole team: colleagues cover for one another, and every act
#: names who did it (PRACTICE 10, 14, 15).
SUBJECTS: tuple[Lines, ...] = (
    people.PEOPLE,
    supervision.SUPERVISION,
    work.WORK,
    risk.RISK,
    caseload.CASELOAD,
    quality.QUALITY,
    indicators.INDICATORS,
    service.SERVICE,
)

#: The table: every action, in the order in which `Action` has them.
RULES: Lines = {action: lines[action] for action in Action for lines in SUBJECTS if action in lines}

#: What an officer may do while acting for another: look, and decide. What they record is their
#: own and so done as themselves; nothing chains. Whatever else a supervisor or an inspector may do
#: is in `accounts.in_person` with the reason why nobody does it for them (docs/decisions/0015).
DELEGABLE = frozenset(
    {
        Action.OFFENDER_VIEW,
        Action.OFFENDER_SEARCH,
        Action.ADDRESS_REVEAL,
        Action.TASK_VIEW,
        Action.TASK_RELEASE,
        Action.TASK_REASSIGN,
        Action.TASK_DEFER,
        Action.VISIT_REVIEW,
        Action.VISIT_BRING_FORWARD,
        Action.LONE_VISIT_AUTHORISE,
        Action.ASSESSMENT_ENDORSE,
        Action.NOTIFICATION_CHECK,
        Action.LEVEL_CHANGE,
        Action.STATUS_CHANGE,
        Action.MODE_CHANGE,
        Action.REGISTRATION_END_ENDORSE,
        Action.CASELOAD_VIEW,
        Action.CASELOAD_REASSIGN,
        Action.TRANSFER_VIEW,
        Action.TRANSFER_OFFER,
        Action.TRANSFER_DECIDE,
        Action.CONFLICT_DECLARE,
        Action.DUE_VISITS_READ,
        Action.ALERT_VIEW,
        Action.ALERT_MARK_SEEN,
        Action.RULES_VIEW,
        Action.RULES_TRY,
        Action.ABSENCE_VIEW,
        Action.ABSENCE_RECORD,
        Action.ABSENCE_CANCEL,
        Action.DELEGATION_VIEW,
        Action.DELEGATION_USE,
        Action.ENDORSEMENT_VIEW,
        Action.PLAN_ENDORSE,
        Action.LEVEL_DECIDE,
        Action.MISSING_CONFIRM,
        Action.MISSING_REVIEW,
        Action.DEATH_VERIFY,
        Action.WARRANT_DECIDE,
        Action.REACTIVE_VIEW,
        Action.REACTIVE_RECOMMEND,
        Action.REACTIVE_REVIEW,
        Action.CASE_REVIEW,
        Action.CASE_REVIEW_VIEW,
        Action.DIP_SAMPLE_DRAW,
        Action.DIP_SAMPLE_CHECK,
        Action.DIP_SAMPLE_VIEW,
        Action.STATIC_SCORE_TRY,
        Action.DISAGREEMENT_VIEW,
        Action.INDICATOR_VIEW,
        Action.INDICATOR_LEDGER_VIEW,
        Action.CONSISTENCY_VIEW,
        Action.INDICATOR_CHECK,
        Action.DELIVERY_VIEW,
    }
)

#: What a client's token must carry besides the grant. An action without one is closed to clients.
SCOPES: dict[Action, str] = {
    Action.DUE_VISITS_READ: "due-visits:read",
    Action.TASK_VIEW: "tasks:read",
    Action.OFFENDER_VIEW: "offenders:read",
    Action.OFFENDER_IMPORT: "intake:write",
    Action.STATIC_SCORE_RECORD_OFFICIAL: "static-scores:write",
    Action.INDICATOR_SEND: "indicators:write",
    Action.INDICATOR_DELIVER: "indicators:deliver",
    Action.INDICATOR_RETRACT: "indicators:retract",
}

#: What our own jobs and commands may do. A machine closes no task and changes no level.
SYSTEM_ACTIONS = frozenset(
    {
        Action.OFFENDER_IMPORT,
        Action.DUE_VISITS_READ,
        Action.TASK_REASSIGN,
        Action.CASELOAD_REASSIGN,
        Action.ACCOUNT_MANAGE,
        Action.RULES_TRY,
        Action.TRAINING_RECORD,
        Action.TOOLS_CHANGE,
        Action.LONE_VISIT_ALARM,
        Action.STATIC_SCORE_TRY,
        Action.FEED_SET_UP,
    }
)


def grant(actor: Actor, action: Action) -> Grant | None:
    """How `actor` may do `action`, or None for not at all.

    A client needs the scope as well, and reaches no further than its teams unless it is bound to
    its whole force: without either, nobody. Whoever acts for another has the grants of the role
    that was given, of those in DELEGABLE, and none of their own meanwhile.
    """
    if not actor.is_current:
        return None
    if actor.kind == "system":
        return FORCE if action in SYSTEM_ACTIONS else None
    if actor.acting_for_id is not None and action not in DELEGABLE:
        return None
    if actor.kind == "client" and SCOPES.get(action) not in actor.scopes:
        return None
    written = RULES[action].get(actor.role) if actor.role else None
    if written and actor.kind == "client" and not actor.whole_force:
        return replace(written, reach=Reach.TEAM)
    return written


def shows_all(actor: Actor, action: Action) -> bool:
    """Whether `actor` may do `action` and nothing is left out of what it shows."""
    permission = grant(actor, action)
    return permission is not None and permission.redaction is Redaction.NONE


def require(actor: Actor, action: Action, *, reason: str = "") -> Grant:
    """The grant of `actor` for `action`, where no one record is at stake.

    Raises NotPermitted, or ReasonRequired where a reason is always needed and none is typed.
    """
    permission = granted(actor, action)
    if permission.reason and not reason.strip():
        raise ReasonRequired("Give a reason first.", action=action)
    return permission


def granted(actor: Actor, action: Action) -> Grant:
    """As `require`, where nobody types a reason: to see what it would do, or to take it back.

    Raises NotPermitted.
    """
    permission = grant(actor, action)
    if permission is None:
        raise NotPermitted(f"{actor.role or actor.kind} may not do {action}.", action=action)
    return permission


def needs_reason(actor: Actor, permission: Grant, *, team_id: int | None) -> bool:
    """Whether `actor` must type a reason for a record of the team `team_id`."""
    if permission.reason_beyond is Reach.TEAM and team_id not in actor.team_ids:
        return True
    return permission.reason
