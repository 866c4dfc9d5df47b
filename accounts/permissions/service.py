"""The rules and tools of a force, its extracts and its accounts."""

from accounts.permissions.actions import Action
from accounts.permissions.grants import (
    API,
    FORCE,
    FORCE_REASON,
    FORCE_SECOND_REASON,
    INSP,
    OM,
    SUP,
    TEAM,
    Lines,
)

SERVICE: Lines = {
    Action.OFFENDER_IMPORT: {INSP: FORCE, API: FORCE},
    # From the command line alone, until there are pages for it that take two people.
    Action.ACCOUNT_MANAGE: {},
    # The rules are the same for everyone; whom a change of them moved, within reach.
    Action.RULES_VIEW: {OM: TEAM, SUP: TEAM, INSP: FORCE},
    # What a change would do. Changes nothing.
    Action.RULES_TRY: {SUP: TEAM, INSP: FORCE},
    Action.RULES_PROPOSE: {INSP: FORCE_REASON},
    Action.RULES_APPROVE: {INSP: FORCE_SECOND_REASON},
    Action.RULES_WITHDRAW: {INSP: FORCE_REASON},
    # From the command line alone, as accounts are.
    Action.TOOLS_CHANGE: {},
}
