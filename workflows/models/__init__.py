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
from workflows.models.heartbeat import Heartbeat
from workflows.models.imports import ImportedRecord, ImportJob, ImportRefusal, ImportUpload
from workflows.models.obligation import SUPERVISED, Deferral, Kind, Obligation, ObligationMove
from workflows.models.process import Process, Task
from workflows.models.registration import EndProposal
from workflows.models.release import ReleaseCheck
from workflows.models.rule_set import RuleSetApplication
from workflows.models.visit import (
    LoneVisitAuthority,
    Visit,
    VisitAttendance,
    VisitDirection,
    VisitReview,
    VisitWriteUp,
)

__all__ = [
    "SUPERVISED",
    "Alert",
    "CaseAction",
    "CaseReview",
    "CaseReviewCheck",
    "Deferral",
    "DipSample",
    "DipSampleItem",
    "EndProposal",
    "Heartbeat",
    "ImportJob",
    "ImportRefusal",
    "ImportUpload",
    "ImportedRecord",
    "Kind",
    "LoneVisitAuthority",
    "Obligation",
    "ObligationMove",
    "Process",
    "Reassignment",
    "ReassignmentMove",
    "ReleaseCheck",
    "ReturnedWork",
    "RuleSetApplication",
    "Task",
    "Visit",
    "VisitAttendance",
    "VisitDirection",
    "VisitReview",
    "VisitWriteUp",
]
