"""Indicators, from the feed that sends them to their triage."""

from accounts.permissions.actions import Action
from accounts.permissions.grants import (
    API,
    FORCE,
    FORCE_REASON,
    FORCE_REASON_BEYOND_TEAM,
    FORCE_SECOND,
    INSP,
    OM,
    SUP,
    TEAM,
    TEAM_REASON,
    TEAM_SECOND,
    Lines,
)

INDICATORS: Lines = {
    # Another system sends and reads nothing back.
    Action.INDICATOR_SEND: {OM: TEAM, SUP: TEAM, INSP: FORCE, API: FORCE},
    # Signed, by a feed that was set up for it.
    Action.INDICATOR_DELIVER: {API: FORCE},
    # With nobody confirmed: whoever may about one of those it may be about, and supervisors and
    # inspectors of the force (risk.querysets).
    Action.INDICATOR_VIEW: {OM: TEAM, SUP: TEAM, INSP: FORCE_REASON_BEYOND_TEAM},
    Action.INDICATOR_MATCH: {OM: TEAM, SUP: TEAM, INSP: FORCE},
    Action.INDICATOR_UNMATCH: {OM: TEAM_REASON, SUP: TEAM_REASON, INSP: FORCE_REASON},
    # An inspector too: a restricted one may have no other named user.
    Action.INDICATOR_TRIAGE: {OM: TEAM, SUP: TEAM, INSP: FORCE},
    # What was set aside: a critical one always, others by a share. Never by who triaged it.
    Action.INDICATOR_CHECK: {SUP: TEAM_SECOND, INSP: FORCE_SECOND},
    # To named users, of whom whoever restricts it is one (PRACTICE 14, workflows).
    Action.INDICATOR_RESTRICT: {SUP: TEAM_REASON, INSP: FORCE_REASON},
    Action.INDICATOR_KEEP_SECRET: {INSP: FORCE_REASON},
    # What one sent oneself; supervisors what an officer recorded (workflows).
    Action.INDICATOR_RETRACT: {
        OM: TEAM_REASON,
        SUP: TEAM_REASON,
        INSP: FORCE_REASON,
        API: FORCE_REASON,
    },
    # From the command line alone, as accounts are.
    Action.FEED_SET_UP: {},
    # Of the whole force: nobody has read yet whom a delivery names.
    Action.DELIVERY_VIEW: {SUP: FORCE, INSP: FORCE},
    Action.DELIVERY_SETTLE: {SUP: FORCE_REASON, INSP: FORCE_REASON},
}
