"""What must be done, by when, by whom: obligations, the work on them, and what it found."""

from workflows.models.alert import Alert
from workflows.models.case_action import CaseAction
from workflows.models.caseload import Reassignment, ReassignmentMove
from workflows.models.heartbeat import Heartbeat
from workflows.models.imports import ImportedRecord, ImportJob, ImportRefusal, ImportUpload
from workflows.models.lone_visit_watch import LoneVisitWatch
from workflows.models.obligation import Deferral, Kind, Obligation, ObligationMove
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
)
from workflows.models.visit_preparation import (
    PreparationPurpose,
    PreparationStaff,
    SystemCheck,
    VisitPreparation,
    VisitPurpose,
)
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
    "AccountCheck",
    "Alert",
    "CaseAction",
    "ConditionCheck",
    "Deferral",
    "DetailCheck",
    "DeviceCheck",
    "EndProposal",
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
    "Obligation",
    "ObligationMove",
    "PersonPresent",
    "PreparationPurpose",
    "PreparationStaff",
    "Process",
    "Reassignment",
    "ReassignmentMove",
    "ReleaseCheck",
    "RuleSetApplication",
    "SystemCheck",
    "Task",
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
