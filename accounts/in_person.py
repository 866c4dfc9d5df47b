"""What nobody does for another under a delegation, line by line with the reason.

Beside `accounts.policy.DELEGABLE`: whatever a supervisor or an inspector may do stands in one of
the two, so that a new action is either given away with them or kept back on purpose
(docs/decisions/0015-absence-and-delegation.md).
"""

from accounts.policy import Action

_RECORD = "a record of what one did or learned oneself; every officer of the team may make it"
_WORK = "one's own work, on which somebody else decides"
_FEWER_VISITS = (
    "it has somebody visited less, so an inspector answers for it in person; "
    "any other inspector of the force may decide"
)
_CORRECTION = "a correction of the record, for which one answers by one's own name"
_RULES = "two inspectors answer in person for everyone's due dates"
_MATCH = "every officer who may see the person says so by their own name"
_CHAIN = "nothing chains: who is acted for gives and takes back, or an inspector as themselves"

#: By action: why it is done as oneself alone.
IN_PERSON: dict[Action, str] = {
    Action.TASK_CLAIM: "whoever takes a task does it as themselves",
    Action.VISIT_RECORD: _RECORD,
    Action.VISIT_PREPARE: _RECORD,
    Action.VISIT_WRITE_UP: _WORK,
    Action.VISIT_VOID: _CORRECTION,
    Action.LONE_VISIT_START: "of one's own visit",
    Action.LONE_VISIT_END: "that somebody is safe is said by whoever knows it; every officer may",
    Action.ASSESSMENT_DRAFT: _WORK,
    Action.ASSESSMENT_PROPOSE: _WORK,
    Action.PLAN_DRAFT: _WORK,
    Action.PLAN_APPROVE_INTERVAL: _FEWER_VISITS,
    Action.REACTIVE_PROPOSE: _WORK,
    Action.REACTIVE_AUTHORISE: _FEWER_VISITS,
    Action.REGISTRATION_END: _WORK,
    Action.RELEASE_PLAN: _WORK,
    Action.NOTIFICATION_RECORD: _RECORD,
    Action.CONTACT_NOTE_ADD: _RECORD,
    Action.CHANGE_RECORD: _RECORD,
    Action.ORDER_RECORD: _RECORD,
    Action.ORDER_DISCHARGE: "what a court decided, for which one answers by one's own name",
    Action.ORDER_DISCHARGE_VOID: _CORRECTION,
    Action.ORDER_CONDITION_ADD: _RECORD,
    Action.ORDER_CONDITION_VOID: _CORRECTION,
    Action.MARKER_ADD: _RECORD,
    Action.MARKER_WITHDRAW: _CORRECTION,
    Action.DEVICE_ADD: _RECORD,
    Action.DEVICE_CHANGE: _RECORD,
    Action.ONLINE_ACCOUNT_ADD: _RECORD,
    Action.ONLINE_ACCOUNT_CHANGE: _RECORD,
    Action.STATIC_SCORE_CALCULATE: _RECORD,
    Action.STATIC_SCORE_RECORD_OFFICIAL: _RECORD,
    Action.STATIC_SCORE_VOID: "a correction of the record, for which one answers by one's own name",
    Action.CASE_ACTION_RAISE: "every officer of the team asks for work by their own name",
    Action.CASE_ACTION_FINISH: _RECORD,
    Action.MISSING_DECIDE: _WORK,
    Action.MISSING_REPORT: _RECORD,
    Action.MISSING_ENQUIRE: _RECORD,
    Action.MISSING_LOCATE: _RECORD,
    Action.DEATH_REPORT: _RECORD,
    Action.WARRANT_CONSIDER: _WORK,
    Action.WARRANT_RESULT: _RECORD,
    Action.PRIORITY_DISAGREE: "whoever disagrees says so by their own name",
    Action.DAY_SHEET_PRINT: "of one's own day",
    Action.OFFENDER_IMPORT: "an inspector answers in person for whom the force takes on",
    Action.OFFENDER_REGISTER: "any other supervisor of the team or an inspector may meanwhile",
    Action.RULES_PROPOSE: _RULES,
    Action.RULES_APPROVE: _RULES,
    Action.RULES_WITHDRAW: _RULES,
    Action.CAPACITY_SET: "nothing waits for it, and an inspector sets it meanwhile",
    Action.TRAINING_RECORD: "of others by whoever saw the certificate; an inspector may meanwhile",
    Action.INDICATOR_SEND: _RECORD,
    Action.INDICATOR_MATCH: _MATCH,
    Action.INDICATOR_UNMATCH: _MATCH,
    Action.INDICATOR_TRIAGE: _WORK,
    Action.INDICATOR_RESTRICT: "whoever restricts it is named for it by their own name",
    Action.INDICATOR_KEEP_SECRET: "an inspector answers in person for what others must not know",
    Action.INDICATOR_RETRACT: _CORRECTION,
    Action.DELIVERY_SETTLE: "any other supervisor or inspector of the force may meanwhile",
    Action.DELEGATION_GRANT: _CHAIN,
    Action.DELEGATION_REVOKE: _CHAIN,
}
