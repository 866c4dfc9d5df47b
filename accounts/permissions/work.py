"""Tasks, visits, and what officers are told."""

from accounts.permissions.actions import Action
from accounts.permissions.grants import (
    API,
    FORCE,
    FORCE_NO_ADDRESS,
    FORCE_REASON,
    FORCE_SECOND,
    FORCE_SECOND_REASON,
    INSP,
    MAPPA,
    NAMED_NO_ADDRESS,
    OM,
    OWN,
    SUP,
    TEAM,
    TEAM_REASON,
    TEAM_SECOND,
    TEAM_SECOND_REASON,
    Lines,
)

WORK: Lines = {
    Action.TASK_VIEW: {
        OM: TEAM,
        SUP: TEAM,
        INSP: FORCE,
        MAPPA: NAMED_NO_ADDRESS,
        API: FORCE_NO_ADDRESS,
    },
    Action.TASK_CLAIM: {OM: TEAM, SUP: TEAM},
    # Officers release what they hold themselves, supervisors anyone's (workflows).
    Action.TASK_RELEASE: {OM: TEAM, SUP: TEAM},
    Action.TASK_REASSIGN: {SUP: TEAM, INSP: FORCE},
    # Who may defer what is overdue, how far and how often: the rule set (workflows).
    Action.TASK_DEFER: {OM: TEAM_REASON, SUP: TEAM_REASON, INSP: FORCE_REASON},
    Action.VISIT_RECORD: {OM: TEAM, SUP: TEAM},
    Action.VISIT_WRITE_UP: {OM: TEAM, SUP: TEAM},
    Action.VISIT_REVIEW: {SUP: TEAM_SECOND, INSP: FORCE_SECOND},
    Action.VISIT_BRING_FORWARD: {OM: TEAM_REASON, SUP: TEAM_REASON, INSP: FORCE_REASON},
    # Officers void what they recorded themselves, supervisors anyone's (workflows).
    Action.VISIT_VOID: {OM: TEAM_REASON, SUP: TEAM_REASON},
    Action.LONE_VISIT_AUTHORISE: {SUP: TEAM_SECOND_REASON, INSP: FORCE_SECOND_REASON},
    Action.DUE_VISITS_READ: {
        OM: TEAM,
        SUP: TEAM,
        INSP: FORCE,
        MAPPA: NAMED_NO_ADDRESS,
        API: FORCE_NO_ADDRESS,
    },
    Action.DAY_SHEET_PRINT: {OM: TEAM, SUP: TEAM},
    # What one was told oneself.
    Action.ALERT_VIEW: {OM: OWN, SUP: OWN, INSP: OWN},
    Action.ALERT_MARK_SEEN: {OM: OWN, SUP: OWN, INSP: OWN},
    Action.CASE_ACTION_RAISE: {OM: TEAM, SUP: TEAM, INSP: FORCE},
    Action.CASE_ACTION_FINISH: {OM: TEAM, SUP: TEAM},
    Action.VISIT_PREPARE: {OM: TEAM, SUP: TEAM},
    Action.LONE_VISIT_START: {OM: TEAM, SUP: TEAM},
    # For a colleague with what was found out; for oneself at once (workflows).
    Action.LONE_VISIT_END: {OM: TEAM, SUP: TEAM, INSP: FORCE},
    # Our own job alone.
    Action.LONE_VISIT_ALARM: {},
    # Against the place of a task. It moves nothing, and those who answer for the work read it.
    Action.PRIORITY_DISAGREE: {OM: TEAM_REASON, SUP: TEAM_REASON, INSP: FORCE_REASON},
}
