"""How somebody is managed: their status, in whose sight they are, and how it ends."""

from accounts.permissions.actions import Action
from accounts.permissions.grants import (
    FORCE,
    FORCE_REASON,
    FORCE_SECOND,
    INSP,
    OM,
    SUP,
    TEAM,
    TEAM_REASON,
    TEAM_SECOND,
    Lines,
)

SUPERVISION: Lines = {
    Action.STATUS_CHANGE: {OM: TEAM, SUP: TEAM},
    # It ends routine visits: above the team that is relieved of them.
    Action.MODE_CHANGE: {INSP: FORCE_REASON},
    Action.REGISTRATION_END: {OM: TEAM_REASON, SUP: TEAM_REASON},
    Action.REGISTRATION_END_ENDORSE: {SUP: TEAM_SECOND, INSP: FORCE_SECOND},
    Action.RELEASE_PLAN: {OM: TEAM, SUP: TEAM},
    Action.REACTIVE_VIEW: {OM: TEAM, SUP: TEAM, INSP: FORCE},
    Action.REACTIVE_PROPOSE: {OM: TEAM_REASON, SUP: TEAM_REASON},
    # An inspector too: where the team's one supervisor proposed it, nobody else of the team may.
    Action.REACTIVE_RECOMMEND: {SUP: TEAM_SECOND, INSP: FORCE_SECOND},
    # It ends routine visits: above the team that is relieved of them, and never who recommended it.
    Action.REACTIVE_AUTHORISE: {INSP: FORCE_SECOND},
    Action.REACTIVE_REVIEW: {SUP: TEAM, INSP: FORCE},
    Action.MISSING_DECIDE: {OM: TEAM, SUP: TEAM},
    Action.MISSING_REPORT: {OM: TEAM, SUP: TEAM, INSP: FORCE},
    Action.MISSING_CONFIRM: {SUP: TEAM_SECOND, INSP: FORCE_SECOND},
    Action.MISSING_ENQUIRE: {OM: TEAM, SUP: TEAM},
    Action.MISSING_REVIEW: {INSP: FORCE_SECOND},
    Action.MISSING_LOCATE: {OM: TEAM, SUP: TEAM, INSP: FORCE},
    Action.DEATH_REPORT: {OM: TEAM, SUP: TEAM, INSP: FORCE},
    Action.DEATH_VERIFY: {SUP: TEAM_SECOND, INSP: FORCE_SECOND},
    Action.WARRANT_CONSIDER: {OM: TEAM, SUP: TEAM},
    Action.WARRANT_DECIDE: {INSP: FORCE_SECOND},
    Action.WARRANT_RESULT: {OM: TEAM, SUP: TEAM, INSP: FORCE},
}
