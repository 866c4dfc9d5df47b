"""Assessments, levels, plans and static scores."""

from accounts.permissions.actions import Action
from accounts.permissions.grants import (
    API,
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

RISK: Lines = {
    Action.ASSESSMENT_PROPOSE: {OM: TEAM, SUP: TEAM},
    # Where a team has no one who may endorse, another inspector does.
    Action.ASSESSMENT_ENDORSE: {SUP: TEAM_SECOND, INSP: FORCE_SECOND},
    # Raising alone (workflows): lower goes a level by an assessment, which another endorses.
    Action.LEVEL_CHANGE: {SUP: TEAM_REASON, INSP: FORCE_REASON},
    Action.PLAN_DRAFT: {OM: TEAM, SUP: TEAM},
    Action.PLAN_ENDORSE: {SUP: TEAM_SECOND, INSP: FORCE_SECOND},
    # Visits further apart than the level asks.
    Action.PLAN_APPROVE_INTERVAL: {INSP: FORCE_SECOND},
    Action.ASSESSMENT_DRAFT: {OM: TEAM, SUP: TEAM},
    # Higher or lower, of an endorsed assessment; never its author (workflows).
    Action.LEVEL_DECIDE: {SUP: TEAM_SECOND, INSP: FORCE_SECOND},
    Action.CHANGE_RECORD: {OM: TEAM, SUP: TEAM, INSP: FORCE},
    Action.STATIC_SCORE_CALCULATE: {OM: TEAM, SUP: TEAM},
    # What the probation service or another force says; their systems too.
    Action.STATIC_SCORE_RECORD_OFFICIAL: {OM: TEAM, SUP: TEAM, API: FORCE},
    # Officers void what they recorded themselves, supervisors anyone's (workflows).
    Action.STATIC_SCORE_VOID: {OM: TEAM_REASON, SUP: TEAM_REASON},
    # What other tables would change. Changes nothing.
    Action.STATIC_SCORE_TRY: {INSP: FORCE},
}
