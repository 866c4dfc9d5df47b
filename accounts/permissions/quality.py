"""What those who answer for the work look at."""

from accounts.permissions.actions import Action
from accounts.permissions.grants import FORCE, FORCE_REASON_BEYOND_TEAM, INSP, OM, SUP, TEAM, Lines

QUALITY: Lines = {
    # Never of one's own caseload (workflows).
    Action.CASE_REVIEW: {SUP: TEAM, INSP: FORCE},
    Action.CASE_REVIEW_VIEW: {OM: TEAM, SUP: TEAM, INSP: FORCE_REASON_BEYOND_TEAM},
    Action.DIP_SAMPLE_DRAW: {SUP: TEAM, INSP: FORCE},
    # Never of one's own caseload (workflows).
    Action.DIP_SAMPLE_CHECK: {SUP: TEAM, INSP: FORCE},
    Action.DIP_SAMPLE_VIEW: {SUP: TEAM, INSP: FORCE},
    # What waits for a second person, whichever step it is.
    Action.ENDORSEMENT_VIEW: {SUP: TEAM, INSP: FORCE},
    Action.DISAGREEMENT_VIEW: {SUP: TEAM, INSP: FORCE},
    # Counts by source and type; nobody is named.
    Action.INDICATOR_LEDGER_VIEW: {SUP: TEAM, INSP: FORCE},
    # Counts of groups that are large enough; nobody is named.
    Action.CONSISTENCY_VIEW: {SUP: TEAM, INSP: FORCE},
}
