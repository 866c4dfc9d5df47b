"""Who may do what: one table, `RULES`, that an inspector can read.

A pair that is not written is refused. Above the table stand: a declared conflict of interest
(`offenders`), lapsed vetting, and a closed account. A superuser flag grants nothing, an auditor
writes nothing, a system administrator reads no offender.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from accounts.actor import Actor
from accounts.errors import NotPermitted, ReasonRequired
from accounts.models import Role


class Action(StrEnum):
    """Everything that is permitted or refused, as noun.verb. The audit record uses these words."""

    OFFENDER_VIEW = "offender.view"
    OFFENDER_SEARCH = "offender.search"
    ADDRESS_REVEAL = "address.reveal"
    TASK_VIEW = "task.view"
    TASK_CLAIM = "task.claim"
    TASK_RELEASE = "task.release"
    TASK_REASSIGN = "task.reassign"
    TASK_DEFER = "task.defer"
    VISIT_RECORD = "visit.record"
    VISIT_WRITE_UP = "visit.write_up"
    VISIT_REVIEW = "visit.review"
    VISIT_BRING_FORWARD = "visit.bring_forward"
    VISIT_VOID = "visit.void"
    LONE_VISIT_AUTHORISE = "visit.authorise_lone"
    ASSESSMENT_PROPOSE = "assessment.propose"
    ASSESSMENT_ENDORSE = "assessment.endorse"
    NOTIFICATION_RECORD = "notification.record"
    NOTIFICATION_CHECK = "notification.check"
    CONTACT_NOTE_ADD = "contact_note.add"
    LEVEL_CHANGE = "level.change"
    STATUS_CHANGE = "status.change"
    MODE_CHANGE = "mode.change"
    REGISTRATION_END = "registration.end"
    REGISTRATION_END_ENDORSE = "registration.endorse_end"
    RELEASE_PLAN = "release.plan"
    CASELOAD_VIEW = "caseload.view"
    CASELOAD_REASSIGN = "caseload.reassign"
    TRANSFER_VIEW = "transfer.view"
    TRANSFER_OFFER = "transfer.offer"
    TRANSFER_DECIDE = "transfer.decide"
    CONFLICT_DECLARE = "conflict.declare"
    DUE_VISITS_READ = "due_visits.read"
    DAY_SHEET_PRINT = "day_sheet.print"
    OFFENDER_IMPORT = "offender.import"
    ACCOUNT_MANAGE = "account.manage"
    ALERT_VIEW = "alert.view"
    ALERT_MARK_SEEN = "alert.mark_seen"
    RULES_VIEW = "rules.view"
    RULES_TRY = "rules.try"
    RULES_PROPOSE = "rules.propose"
    RULES_APPROVE = "rules.approve"
    RULES_WITHDRAW = "rules.withdraw"
    CASE_ACTION_RAISE = "case_action.raise"
    CASE_ACTION_FINISH = "case_action.finish"
    REACTIVE_VIEW = "reactive.view"
    REACTIVE_PROPOSE = "reactive.propose"
    REACTIVE_RECOMMEND = "reactive.recommend"
    REACTIVE_AUTHORISE = "reactive.authorise"
    REACTIVE_REVIEW = "reactive.review"
    MISSING_DECIDE = "missing.decide"
    MISSING_REPORT = "missing.report"
    MISSING_CONFIRM = "missing.confirm"
    MISSING_ENQUIRE = "missing.enquire"
    MISSING_REVIEW = "missing.review"
    MISSING_LOCATE = "missing.locate"
    DEATH_REPORT = "death.report"
    DEATH_VERIFY = "death.verify"
    WARRANT_CONSIDER = "warrant.consider"
    WARRANT_DECIDE = "warrant.decide"
    WARRANT_RESULT = "warrant.result"
    CAPACITY_SET = "capacity.set"
    ABSENCE_VIEW = "absence.view"
    ABSENCE_RECORD = "absence.record"
    ABSENCE_CANCEL = "absence.cancel"
    DELEGATION_VIEW = "delegation.view"
    DELEGATION_GRANT = "delegation.grant"
    DELEGATION_REVOKE = "delegation.revoke"
    DELEGATION_USE = "delegation.use"
    PLAN_DRAFT = "plan.draft"
    PLAN_ENDORSE = "plan.endorse"
    PLAN_APPROVE_INTERVAL = "plan.approve_interval"
    TRAINING_RECORD = "training.record"
    TOOLS_CHANGE = "tools.change"
    ASSESSMENT_DRAFT = "assessment.draft"
    LEVEL_DECIDE = "level.decide"
    CHANGE_RECORD = "change.record"
    CASE_REVIEW = "case.review"
    CASE_REVIEW_VIEW = "case_review.view"
    DIP_SAMPLE_DRAW = "dip_sample.draw"
    DIP_SAMPLE_CHECK = "dip_sample.check"
    DIP_SAMPLE_VIEW = "dip_sample.view"
    ENDORSEMENT_VIEW = "endorsement.view"
    ORDER_RECORD = "order.record"
    ORDER_CONDITION_ADD = "order_condition.add"
    ORDER_CONDITION_VOID = "order_condition.void"
    MARKER_ADD = "marker.add"
    MARKER_WITHDRAW = "marker.withdraw"
    DEVICE_ADD = "device.add"
    DEVICE_CHANGE = "device.change"
    ONLINE_ACCOUNT_ADD = "online_account.add"
    ONLINE_ACCOUNT_CHANGE = "online_account.change"
    VISIT_PREPARE = "visit.prepare"
    LONE_VISIT_START = "lone_visit.start"
    LONE_VISIT_END = "lone_visit.end"
    LONE_VISIT_ALARM = "lone_visit.alarm"
    STATIC_SCORE_CALCULATE = "static_score.calculate"
    STATIC_SCORE_RECORD_OFFICIAL = "static_score.record_official"
    STATIC_SCORE_VOID = "static_score.void"
    STATIC_SCORE_TRY = "static_score.try"
    PRIORITY_DISAGREE = "priority.disagree"
    DISAGREEMENT_VIEW = "disagreement.view"
    INDICATOR_SEND = "indicator.send"
    INDICATOR_DELIVER = "indicator.deliver"
    INDICATOR_VIEW = "indicator.view"
    INDICATOR_MATCH = "indicator.match"
    INDICATOR_UNMATCH = "indicator.unmatch"
    INDICATOR_LEDGER_VIEW = "indicator_ledger.view"
    CONSISTENCY_VIEW = "consistency.view"
    INDICATOR_TRIAGE = "indicator.triage"
    INDICATOR_CHECK = "indicator.check"
    INDICATOR_RESTRICT = "indicator.restrict"
    INDICATOR_KEEP_SECRET = "indicator.keep_secret"  # noqa: S105 - no password
    INDICATOR_RETRACT = "indicator.retract"
    FEED_SET_UP = "feed.set_up"
    DELIVERY_VIEW = "delivery.view"
    DELIVERY_SETTLE = "delivery.settle"


class Reach(StrEnum):
    """How far a permission reaches."""

    OWN = "own"  # people the officer manages, and what is the officer's own
    TEAM = "team"  # people of the actor's teams
    FORCE = "force"  # everyone of the actor's force
    NAMED = "named"  # people the actor is named for


class Redaction(StrEnum):
    """What is left out of what is shown."""

    NONE = "none"
    NO_ADDRESS = "no_address"
    SHORT_CARD = (
        "short_card"  # the College of Policing's list: managed, risks, conditions, duty contact
    )


@dataclass(frozen=True, slots=True)
class Grant:
    """How one role may do one action.

    `reason`: a typed reason is needed, always. `reason_beyond`: needed outside that nearer reach.
    `second_person`: it takes two; whoever does it is not who did or proposed what it settles.
    """

    reach: Reach
    reason: bool = False
    second_person: bool = False
    redaction: Redaction = Redaction.NONE
    reason_beyond: Reach | None = None


_OWN = Grant(Reach.OWN)
_TEAM = Grant(Reach.TEAM)
_TEAM_REASON = Grant(Reach.TEAM, reason=True)
_TEAM_SECOND = Grant(Reach.TEAM, second_person=True)
_TEAM_SECOND_REASON = Grant(Reach.TEAM, reason=True, second_person=True)
_FORCE = Grant(Reach.FORCE)
_FORCE_REASON = Grant(Reach.FORCE, reason=True)
_FORCE_REASON_BEYOND_TEAM = Grant(Reach.FORCE, reason_beyond=Reach.TEAM)
_FORCE_SECOND = Grant(Reach.FORCE, second_person=True, reason_beyond=Reach.TEAM)
_FORCE_SECOND_REASON = Grant(Reach.FORCE, reason=True, second_person=True)
_FORCE_NO_ADDRESS = Grant(Reach.FORCE, redaction=Redaction.NO_ADDRESS)
_FORCE_CARD = Grant(Reach.FORCE, redaction=Redaction.SHORT_CARD)
_FORCE_CARD_REASON = Grant(Reach.FORCE, reason=True, redaction=Redaction.SHORT_CARD)
_NAMED = Grant(Reach.NAMED)
_NAMED_NO_ADDRESS = Grant(Reach.NAMED, redaction=Redaction.NO_ADDRESS)

_OM = Role.OFFENDER_MANAGER
_SUP = Role.SUPERVISOR
_INSP = Role.INSPECTOR
_MAPPA = Role.MAPPA_PARTNER
_CALL = Role.CONTACT_CENTRE
_AUDIT = Role.AUDITOR
_API = Role.INTEGRATION

#: Offender managers work for their whole team: colleagues cover for one another, and every act
#: names who did it (PRACTICE 10, 14, 15).
RULES: dict[Action, dict[Role, Grant]] = {
    Action.OFFENDER_VIEW: {
        _OM: _TEAM,
        _SUP: _TEAM,
        _INSP: _FORCE_REASON_BEYOND_TEAM,
        _MAPPA: _NAMED_NO_ADDRESS,
        _CALL: _FORCE_CARD_REASON,
        _AUDIT: _FORCE_REASON,
        _API: _FORCE_CARD,
    },
    Action.OFFENDER_SEARCH: {
        _OM: _TEAM,
        _SUP: _TEAM,
        _INSP: _FORCE_REASON_BEYOND_TEAM,
        _CALL: _FORCE_CARD_REASON,
    },
    Action.ADDRESS_REVEAL: {
        _OM: _TEAM,
        _SUP: _TEAM,
        _INSP: _TEAM,
        _CALL: _FORCE_REASON,
        _AUDIT: _FORCE_REASON,
    },
    Action.TASK_VIEW: {
        _OM: _TEAM,
        _SUP: _TEAM,
        _INSP: _FORCE,
        _MAPPA: _NAMED_NO_ADDRESS,
        _API: _FORCE_NO_ADDRESS,
    },
    Action.TASK_CLAIM: {_OM: _TEAM, _SUP: _TEAM},
    # Officers release what they hold themselves, supervisors anyone's (workflows).
    Action.TASK_RELEASE: {_OM: _TEAM, _SUP: _TEAM},
    Action.TASK_REASSIGN: {_SUP: _TEAM, _INSP: _FORCE},
    # Who may defer what is overdue, how far and how often: the rule set (workflows).
    Action.TASK_DEFER: {_OM: _TEAM_REASON, _SUP: _TEAM_REASON, _INSP: _FORCE_REASON},
    Action.VISIT_RECORD: {_OM: _TEAM, _SUP: _TEAM},
    Action.VISIT_WRITE_UP: {_OM: _TEAM, _SUP: _TEAM},
    Action.VISIT_REVIEW: {_SUP: _TEAM_SECOND, _INSP: _FORCE_SECOND},
    Action.VISIT_BRING_FORWARD: {_OM: _TEAM_REASON, _SUP: _TEAM_REASON, _INSP: _FORCE_REASON},
    # Officers void what they recorded themselves, supervisors anyone's (workflows).
    Action.VISIT_VOID: {_OM: _TEAM_REASON, _SUP: _TEAM_REASON},
    Action.LONE_VISIT_AUTHORISE: {_SUP: _TEAM_SECOND_REASON, _INSP: _FORCE_SECOND_REASON},
    Action.ASSESSMENT_PROPOSE: {_OM: _TEAM, _SUP: _TEAM},
    # Where a team has no one who may endorse, another inspector does.
    Action.ASSESSMENT_ENDORSE: {_SUP: _TEAM_SECOND, _INSP: _FORCE_SECOND},
    Action.NOTIFICATION_RECORD: {_OM: _TEAM, _SUP: _TEAM},
    Action.NOTIFICATION_CHECK: {_SUP: _TEAM_SECOND, _INSP: _FORCE_SECOND},
    Action.CONTACT_NOTE_ADD: {_OM: _TEAM, _SUP: _TEAM},
    # Raising alone (workflows): lower goes a level by an assessment, which another endorses.
    Action.LEVEL_CHANGE: {_SUP: _TEAM_REASON, _INSP: _FORCE_REASON},
    Action.STATUS_CHANGE: {_OM: _TEAM, _SUP: _TEAM},
    # It ends routine visits: above the team that is relieved of them.
    Action.MODE_CHANGE: {_INSP: _FORCE_REASON},
    Action.REGISTRATION_END: {_OM: _TEAM_REASON, _SUP: _TEAM_REASON},
    Action.REGISTRATION_END_ENDORSE: {_SUP: _TEAM_SECOND, _INSP: _FORCE_SECOND},
    Action.RELEASE_PLAN: {_OM: _TEAM, _SUP: _TEAM},
    Action.CASELOAD_VIEW: {_OM: _TEAM, _SUP: _TEAM, _INSP: _FORCE, _MAPPA: _NAMED_NO_ADDRESS},
    Action.CASELOAD_REASSIGN: {_SUP: _TEAM_REASON, _INSP: _FORCE_REASON},
    # Either team's; who is in it is seen by both sides while it waits (workflows).
    Action.TRANSFER_VIEW: {_SUP: _TEAM, _INSP: _FORCE},
    # Of their own team's people, to another team. An inspector orders it instead (PRACTICE 15).
    Action.TRANSFER_OFFER: {_SUP: _TEAM_REASON},
    # By the receiving team; never one's own offer (workflows, and the database).
    Action.TRANSFER_DECIDE: {
        _SUP: _TEAM_SECOND,
        _INSP: Grant(Reach.FORCE, second_person=True),
    },
    # Everyone for themselves, about anyone they could meet; for another, supervisors and inspectors
    # of the person's team (workflows).
    Action.CONFLICT_DECLARE: {
        _OM: _TEAM,
        _SUP: _TEAM,
        _INSP: _FORCE,
        _MAPPA: _NAMED,
        _CALL: _FORCE,
    },
    Action.DUE_VISITS_READ: {
        _OM: _TEAM,
        _SUP: _TEAM,
        _INSP: _FORCE,
        _MAPPA: _NAMED_NO_ADDRESS,
        _API: _FORCE_NO_ADDRESS,
    },
    Action.DAY_SHEET_PRINT: {_OM: _TEAM, _SUP: _TEAM},
    Action.OFFENDER_IMPORT: {_INSP: _FORCE, _API: _FORCE},
    # From the command line alone, until there are pages for it that take two people.
    Action.ACCOUNT_MANAGE: {},
    # What one was told oneself.
    Action.ALERT_VIEW: {_OM: _OWN, _SUP: _OWN, _INSP: _OWN},
    Action.ALERT_MARK_SEEN: {_OM: _OWN, _SUP: _OWN, _INSP: _OWN},
    # The rules are the same for everyone; whom a change of them moved, within reach.
    Action.RULES_VIEW: {_OM: _TEAM, _SUP: _TEAM, _INSP: _FORCE},
    # What a change would do. Changes nothing.
    Action.RULES_TRY: {_SUP: _TEAM, _INSP: _FORCE},
    Action.RULES_PROPOSE: {_INSP: _FORCE_REASON},
    Action.RULES_APPROVE: {_INSP: _FORCE_SECOND_REASON},
    Action.RULES_WITHDRAW: {_INSP: _FORCE_REASON},
    Action.CASE_ACTION_RAISE: {_OM: _TEAM, _SUP: _TEAM, _INSP: _FORCE},
    Action.CASE_ACTION_FINISH: {_OM: _TEAM, _SUP: _TEAM},
    Action.REACTIVE_VIEW: {_OM: _TEAM, _SUP: _TEAM, _INSP: _FORCE},
    Action.REACTIVE_PROPOSE: {_OM: _TEAM_REASON, _SUP: _TEAM_REASON},
    # An inspector too: where the team's one supervisor proposed it, nobody else of the team may.
    Action.REACTIVE_RECOMMEND: {_SUP: _TEAM_SECOND, _INSP: _FORCE_SECOND},
    # It ends routine visits: above the team that is relieved of them, and never who recommended it.
    Action.REACTIVE_AUTHORISE: {_INSP: _FORCE_SECOND},
    Action.REACTIVE_REVIEW: {_SUP: _TEAM, _INSP: _FORCE},
    Action.MISSING_DECIDE: {_OM: _TEAM, _SUP: _TEAM},
    Action.MISSING_REPORT: {_OM: _TEAM, _SUP: _TEAM, _INSP: _FORCE},
    Action.MISSING_CONFIRM: {_SUP: _TEAM_SECOND, _INSP: _FORCE_SECOND},
    Action.MISSING_ENQUIRE: {_OM: _TEAM, _SUP: _TEAM},
    Action.MISSING_REVIEW: {_INSP: _FORCE_SECOND},
    Action.MISSING_LOCATE: {_OM: _TEAM, _SUP: _TEAM, _INSP: _FORCE},
    Action.DEATH_REPORT: {_OM: _TEAM, _SUP: _TEAM, _INSP: _FORCE},
    Action.DEATH_VERIFY: {_SUP: _TEAM_SECOND, _INSP: _FORCE_SECOND},
    Action.WARRANT_CONSIDER: {_OM: _TEAM, _SUP: _TEAM},
    Action.WARRANT_DECIDE: {_INSP: _FORCE_SECOND},
    Action.WARRANT_RESULT: {_OM: _TEAM, _SUP: _TEAM, _INSP: _FORCE},
    # Never one's own (workflows, and the database).
    Action.CAPACITY_SET: {_SUP: _TEAM_REASON, _INSP: _FORCE_REASON},
    # Why a colleague is away is shown to them, their supervisor and inspectors alone (workflows).
    Action.ABSENCE_VIEW: {_OM: _TEAM, _SUP: _TEAM, _INSP: _FORCE},
    Action.ABSENCE_RECORD: {_OM: _OWN, _SUP: _TEAM, _INSP: _FORCE},
    Action.ABSENCE_CANCEL: {_OM: _OWN, _SUP: _TEAM, _INSP: _FORCE},
    # What one was given oneself; supervisors those of their team.
    Action.DELEGATION_VIEW: {_OM: _OWN, _SUP: _TEAM, _INSP: _FORCE},
    # A supervisor gives their own decisions, an inspector anyone's (accounts.acting has the ranks).
    Action.DELEGATION_GRANT: {_SUP: _TEAM_REASON, _INSP: _FORCE_REASON},
    Action.DELEGATION_REVOKE: {_SUP: _TEAM, _INSP: _FORCE},
    Action.DELEGATION_USE: {_OM: _OWN, _SUP: _OWN, _INSP: _OWN},
    Action.PLAN_DRAFT: {_OM: _TEAM, _SUP: _TEAM},
    Action.PLAN_ENDORSE: {_SUP: _TEAM_SECOND, _INSP: _FORCE_SECOND},
    # Visits further apart than the level asks.
    Action.PLAN_APPROVE_INTERVAL: {_INSP: _FORCE_SECOND},
    # Of others, never one's own (workflows).
    Action.TRAINING_RECORD: {_SUP: _TEAM, _INSP: _FORCE},
    # From the command line alone, as accounts are.
    Action.TOOLS_CHANGE: {},
    Action.ASSESSMENT_DRAFT: {_OM: _TEAM, _SUP: _TEAM},
    # Higher or lower, of an endorsed assessment; never its author (workflows).
    Action.LEVEL_DECIDE: {_SUP: _TEAM_SECOND, _INSP: _FORCE_SECOND},
    Action.CHANGE_RECORD: {_OM: _TEAM, _SUP: _TEAM, _INSP: _FORCE},
    # Never of one's own caseload (workflows).
    Action.CASE_REVIEW: {_SUP: _TEAM, _INSP: _FORCE},
    Action.CASE_REVIEW_VIEW: {_OM: _TEAM, _SUP: _TEAM, _INSP: _FORCE_REASON_BEYOND_TEAM},
    Action.DIP_SAMPLE_DRAW: {_SUP: _TEAM, _INSP: _FORCE},
    # Never of one's own caseload (workflows).
    Action.DIP_SAMPLE_CHECK: {_SUP: _TEAM, _INSP: _FORCE},
    Action.DIP_SAMPLE_VIEW: {_SUP: _TEAM, _INSP: _FORCE},
    # What waits for a second person, whichever step it is.
    Action.ENDORSEMENT_VIEW: {_SUP: _TEAM, _INSP: _FORCE},
    Action.ORDER_RECORD: {_OM: _TEAM, _SUP: _TEAM},
    Action.ORDER_CONDITION_ADD: {_OM: _TEAM, _SUP: _TEAM},
    # One's own entry, and as a supervisor anyone's (workflows). It ends no order, so it takes no
    # second person: orders end by what a court decided.
    Action.ORDER_CONDITION_VOID: {_OM: _TEAM_REASON, _SUP: _TEAM_REASON},
    Action.MARKER_ADD: {_OM: _TEAM, _SUP: _TEAM, _INSP: _FORCE},
    # It lets officers go alone again: never who is to go.
    Action.MARKER_WITHDRAW: {_SUP: _TEAM_REASON, _INSP: _FORCE_REASON},
    Action.DEVICE_ADD: {_OM: _TEAM, _SUP: _TEAM},
    Action.DEVICE_CHANGE: {_OM: _TEAM, _SUP: _TEAM},
    Action.ONLINE_ACCOUNT_ADD: {_OM: _TEAM, _SUP: _TEAM},
    Action.ONLINE_ACCOUNT_CHANGE: {_OM: _TEAM, _SUP: _TEAM},
    Action.VISIT_PREPARE: {_OM: _TEAM, _SUP: _TEAM},
    Action.LONE_VISIT_START: {_OM: _TEAM, _SUP: _TEAM},
    # For a colleague with what was found out; for oneself at once (workflows).
    Action.LONE_VISIT_END: {_OM: _TEAM, _SUP: _TEAM, _INSP: _FORCE},
    # Our own job alone.
    Action.LONE_VISIT_ALARM: {},
    Action.STATIC_SCORE_CALCULATE: {_OM: _TEAM, _SUP: _TEAM},
    # What the probation service or another force says; their systems too.
    Action.STATIC_SCORE_RECORD_OFFICIAL: {_OM: _TEAM, _SUP: _TEAM, _API: _FORCE},
    # Officers void what they recorded themselves, supervisors anyone's (workflows).
    Action.STATIC_SCORE_VOID: {_OM: _TEAM_REASON, _SUP: _TEAM_REASON},
    # What other tables would change. Changes nothing.
    Action.STATIC_SCORE_TRY: {_INSP: _FORCE},
    # Another system sends and reads nothing back.
    # Against the place of a task. It moves nothing, and those who answer for the work read it.
    Action.PRIORITY_DISAGREE: {_OM: _TEAM_REASON, _SUP: _TEAM_REASON, _INSP: _FORCE_REASON},
    Action.DISAGREEMENT_VIEW: {_SUP: _TEAM, _INSP: _FORCE},
    Action.INDICATOR_SEND: {_OM: _TEAM, _SUP: _TEAM, _INSP: _FORCE, _API: _FORCE},
    # Signed, by a feed that was set up for it.
    Action.INDICATOR_DELIVER: {_API: _FORCE},
    # With nobody confirmed: whoever may about one of those it may be about, and supervisors and
    # inspectors of the force (risk.querysets).
    Action.INDICATOR_VIEW: {_OM: _TEAM, _SUP: _TEAM, _INSP: _FORCE_REASON_BEYOND_TEAM},
    Action.INDICATOR_MATCH: {_OM: _TEAM, _SUP: _TEAM, _INSP: _FORCE},
    Action.INDICATOR_UNMATCH: {_OM: _TEAM_REASON, _SUP: _TEAM_REASON, _INSP: _FORCE_REASON},
    # Counts by source and type; nobody is named.
    Action.INDICATOR_LEDGER_VIEW: {_SUP: _TEAM, _INSP: _FORCE},
    # Counts of groups that are large enough; nobody is named.
    Action.CONSISTENCY_VIEW: {_SUP: _TEAM, _INSP: _FORCE},
    # An inspector too: a restricted one may have no other named user.
    Action.INDICATOR_TRIAGE: {_OM: _TEAM, _SUP: _TEAM, _INSP: _FORCE},
    # What was set aside: a critical one always, others by a share. Never by who triaged it.
    Action.INDICATOR_CHECK: {_SUP: _TEAM_SECOND, _INSP: _FORCE_SECOND},
    # To named users, of whom whoever restricts it is one (PRACTICE 14, workflows).
    Action.INDICATOR_RESTRICT: {_SUP: _TEAM_REASON, _INSP: _FORCE_REASON},
    Action.INDICATOR_KEEP_SECRET: {_INSP: _FORCE_REASON},
    # What one sent oneself; supervisors what an officer recorded (workflows).
    Action.INDICATOR_RETRACT: {
        _OM: _TEAM_REASON,
        _SUP: _TEAM_REASON,
        _INSP: _FORCE_REASON,
        _API: _FORCE_REASON,
    },
    # From the command line alone, as accounts are.
    Action.FEED_SET_UP: {},
    # Of the whole force: nobody has read yet whom a delivery names.
    Action.DELIVERY_VIEW: {_SUP: _FORCE, _INSP: _FORCE},
    Action.DELIVERY_SETTLE: {_SUP: _FORCE_REASON, _INSP: _FORCE_REASON},
}

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
        return _FORCE if action in SYSTEM_ACTIONS else None
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
