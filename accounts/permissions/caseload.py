"""Who has which work: moves, transfers, absences and delegations."""

from accounts.permissions.actions import Action
from accounts.permissions.grants import (
    FORCE,
    FORCE_REASON,
    INSP,
    MAPPA,
    NAMED_NO_ADDRESS,
    OM,
    OWN,
    SUP,
    TEAM,
    TEAM_REASON,
    TEAM_SECOND,
    Grant,
    Lines,
    Reach,
)

CASELOAD: Lines = {
    Action.CASELOAD_VIEW: {OM: TEAM, SUP: TEAM, INSP: FORCE, MAPPA: NAMED_NO_ADDRESS},
    Action.CASELOAD_REASSIGN: {SUP: TEAM_REASON, INSP: FORCE_REASON},
    # Either team's; who is in it is seen by both sides while it waits (workflows).
    Action.TRANSFER_VIEW: {SUP: TEAM, INSP: FORCE},
    # Of their own team's people, to another team. An inspector orders it instead (PRACTICE 15).
    Action.TRANSFER_OFFER: {SUP: TEAM_REASON},
    # By the receiving team; never one's own offer (workflows, and the database).
    Action.TRANSFER_DECIDE: {
        SUP: TEAM_SECOND,
        INSP: Grant(Reach.FORCE, second_person=True),
    },
    # Never one's own (workflows, and the database).
    Action.CAPACITY_SET: {SUP: TEAM_REASON, INSP: FORCE_REASON},
    # Why a colleague is away is shown to them, their supervisor and inspectors alone (workflows).
    Action.ABSENCE_VIEW: {OM: TEAM, SUP: TEAM, INSP: FORCE},
    Action.ABSENCE_RECORD: {OM: OWN, SUP: TEAM, INSP: FORCE},
    Action.ABSENCE_CANCEL: {OM: OWN, SUP: TEAM, INSP: FORCE},
    # What one was given oneself; supervisors those of their team.
    Action.DELEGATION_VIEW: {OM: OWN, SUP: TEAM, INSP: FORCE},
    # A supervisor gives their own decisions, an inspector anyone's (accounts.acting has the ranks).
    Action.DELEGATION_GRANT: {SUP: TEAM_REASON, INSP: FORCE_REASON},
    Action.DELEGATION_REVOKE: {SUP: TEAM, INSP: FORCE},
    Action.DELEGATION_USE: {OM: OWN, SUP: OWN, INSP: OWN},
    # Of others, never one's own (workflows).
    Action.TRAINING_RECORD: {SUP: TEAM, INSP: FORCE},
}
