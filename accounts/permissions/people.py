"""The record of a person: who reads it, and who writes what into it."""

from accounts.permissions.actions import Action
from accounts.permissions.grants import (
    API,
    AUDIT,
    CALL,
    FORCE,
    FORCE_CARD,
    FORCE_CARD_REASON,
    FORCE_REASON,
    FORCE_REASON_BEYOND_TEAM,
    FORCE_SECOND,
    INSP,
    MAPPA,
    NAMED,
    NAMED_NO_ADDRESS,
    OM,
    SUP,
    TEAM,
    TEAM_REASON,
    TEAM_SECOND,
    Lines,
)

PEOPLE: Lines = {
    Action.OFFENDER_VIEW: {
        OM: TEAM,
        SUP: TEAM,
        INSP: FORCE_REASON_BEYOND_TEAM,
        MAPPA: NAMED_NO_ADDRESS,
        CALL: FORCE_CARD_REASON,
        AUDIT: FORCE_REASON,
        API: FORCE_CARD,
    },
    Action.OFFENDER_SEARCH: {
        OM: TEAM,
        SUP: TEAM,
        INSP: FORCE_REASON_BEYOND_TEAM,
        CALL: FORCE_CARD_REASON,
    },
    # By who answers for whom a team takes on. Other systems send an extract instead.
    Action.OFFENDER_REGISTER: {SUP: TEAM, INSP: FORCE},
    Action.ADDRESS_REVEAL: {
        OM: TEAM,
        SUP: TEAM,
        INSP: TEAM,
        CALL: FORCE_REASON,
        AUDIT: FORCE_REASON,
    },
    Action.NOTIFICATION_RECORD: {OM: TEAM, SUP: TEAM},
    Action.NOTIFICATION_CHECK: {SUP: TEAM_SECOND, INSP: FORCE_SECOND},
    Action.CONTACT_NOTE_ADD: {OM: TEAM, SUP: TEAM},
    # Everyone for themselves, about anyone they could meet; for another, supervisors and inspectors
    # of the person's team (workflows).
    Action.CONFLICT_DECLARE: {
        OM: TEAM,
        SUP: TEAM,
        INSP: FORCE,
        MAPPA: NAMED,
        CALL: FORCE,
    },
    Action.ORDER_RECORD: {OM: TEAM, SUP: TEAM},
    # What a court took away, and with it what protects and may hold somebody on the register: never
    # who manages them alone.
    Action.ORDER_DISCHARGE: {SUP: TEAM_REASON, INSP: FORCE_REASON},
    Action.ORDER_DISCHARGE_VOID: {SUP: TEAM_REASON, INSP: FORCE_REASON},
    Action.ORDER_CONDITION_ADD: {OM: TEAM, SUP: TEAM},
    # One's own entry, and as a supervisor anyone's (workflows). It ends no order, so it takes no
    # second person: orders end by what a court decided.
    Action.ORDER_CONDITION_VOID: {OM: TEAM_REASON, SUP: TEAM_REASON},
    Action.MARKER_ADD: {OM: TEAM, SUP: TEAM, INSP: FORCE},
    # It lets officers go alone again: never who is to go.
    Action.MARKER_WITHDRAW: {SUP: TEAM_REASON, INSP: FORCE_REASON},
    Action.DEVICE_ADD: {OM: TEAM, SUP: TEAM},
    Action.DEVICE_CHANGE: {OM: TEAM, SUP: TEAM},
    Action.ONLINE_ACCOUNT_ADD: {OM: TEAM, SUP: TEAM},
    Action.ONLINE_ACCOUNT_CHANGE: {OM: TEAM, SUP: TEAM},
}
