"""What must be done, by when, by whom: obligations, the work on them, and what it found."""

from workflows.models.alert import Alert
from workflows.models.case_action import CaseAction
from workflows.models.case_review import (
    CaseReview,
    CaseReviewCheck,
    DipSample,
    DipSampleItem,
    ReturnedWork,
)
from workflows.models.caseload import Reassignment, ReassignmentMove
from workflows.models.death import DeathReport
from workflows.models.detail_change import DetailChange
from workflows.models.disagreement import PriorityDisagreement
from workflows.models.draft import AssessmentDraft
from workflows.models.heartbeat import Heartbeat
from workflows.models.imports import ImportedRecord, ImportJob, ImportRefusal, ImportUpload
from workflows.models.lone_visit_watch import LoneVisitWatch
from workflows.models.missing import MissingDecision, MissingEnquiry, MissingReport
from workflows.models.obligation import SUPERVISED, Deferral, Kind, Obligation, ObligationMove
from workflows.models.plan import PlanAction, PlanActionChoice
from workflows.models.process import Process, Task
from workflows.models.reactive import ReactiveCriterion, ReactiveProposal, ReactiveReview
from workflows.models.registration import EndProposal
from workflows.models.release import ReleaseCheck
from workflows.models.rule_set import RuleSetApplication
from workflows.models.transfer import WAITING, TransferOffer, TransferPerson, TransferState
from workflows.models.triage import TriageStart
from workflows.models.visit import (
    LoneVisitAuthority,
    Visit,
    VisitAttendance,
    VisitDirection,
    VisitReview,
)
from workflows.models.visit_preparation import (
    PreparationPurpose,
    PreparationStaff,
    SystemCheck,
    VisitPreparation,
    VisitPurpose,
)
from workflows.models.warrant import EntryWarrant
from workflows.models.write_up import VisitWriteUp
from workflows.models.write_up_holdings import (
    AccountCheck,
    DeviceCheck,
    FoundAccount,
    FoundDevice,
)
from workflows.models.write_up_rows import (
    ConditionCheck,
    DetailCheck,
    FactorEvidence,
    PersonPresent,
    WriteUpAction,
    WriteUpPurpose,
)

__all__ = [
    "SUPERVISED",
    "WAITING",
    "AccountCheck",
    "Alert",
    "AssessmentDraft",
    "CaseAction",
    "CaseReview",
    "CaseReviewCheck",
    "ConditionCheck",
    "DeathReport",
    "Deferral",
    "DetailChange",
    "DetailCheck",
    "DeviceCheck",
    "DipSample",
    "DipSampleItem",
    "EndProposal",
    "EntryWarrant",
    "FactorEvidence",
    "FoundAccount",
    "FoundDevice",
    "Heartbeat",
    "ImportJob",
    "ImportRefusal",
    "ImportUpload",
    "ImportedRecord",
    "Kind",
    "LoneVisitAuthority",
    "LoneVisitWatch",
    "MissingDecision",
    "MissingEnquiry",
    "MissingReport",
    "Obligation",
    "ObligationMove",
    "PersonPresent",
    "PlanAction",
    "PlanActionChoice",
    "PreparationPurpose",
    "PreparationStaff",
    "PriorityDisagreement",
    "Process",
    "ReactiveCriterion",
    "ReactiveProposal",
    "ReactiveReview",
    "Reassignment",
    "ReassignmentMove",
    "ReleaseCheck",
    "ReturnedWork",
    "RuleSetApplication",
    "SystemCheck",
    "Task",
    "TransferOffer",
    "TransferPerson",
    "TransferState",
    "TriageStart",
    "Visit",
    "VisitAttendance",
    "VisitDirection",
    "VisitPreparation",
    "VisitPurpose",
    "VisitReview",
    "VisitWriteUp",
    "WriteUpAction",
    "WriteUpPurpose",
]
