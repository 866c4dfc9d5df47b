"""One flow for each kind of work. Class paths and node names are database keys (decision 0003)."""

from workflows.flows.base import OfficerFlow
from workflows.flows.case_action import CaseActionFlow
from workflows.flows.case_review import DipSampleFlow, SupervisorReviewFlow
from workflows.flows.notification import NotificationFlow
from workflows.flows.reassessment import ReassessmentFlow
from workflows.flows.registration import FinalReviewFlow
from workflows.flows.release import ReleasePlanningFlow
from workflows.flows.visit import VisitFlow
from workflows.models import Kind

FLOWS: dict[str, type[OfficerFlow]] = {
    Kind.HOME_VISIT: VisitFlow,
    Kind.RISK_REASSESSMENT: ReassessmentFlow,
    Kind.INITIAL_NOTIFICATION: NotificationFlow,
    Kind.CHANGE_NOTIFICATION: NotificationFlow,
    Kind.PERIODIC_NOTIFICATION: NotificationFlow,
    Kind.FINAL_REVIEW: FinalReviewFlow,
    Kind.RELEASE_PLANNING: ReleasePlanningFlow,
    Kind.CASE_ACTION: CaseActionFlow,
    Kind.SUPERVISOR_REVIEW: SupervisorReviewFlow,
    Kind.DIP_SAMPLE: DipSampleFlow,
}

__all__ = [
    "FLOWS",
    "CaseActionFlow",
    "DipSampleFlow",
    "FinalReviewFlow",
    "NotificationFlow",
    "OfficerFlow",
    "ReassessmentFlow",
    "ReleasePlanningFlow",
    "SupervisorReviewFlow",
    "VisitFlow",
]
