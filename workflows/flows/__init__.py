"""One flow for each kind of work. Class paths and node names are database keys (decision 0003)."""

from workflows.flows.base import OfficerFlow
from workflows.flows.case_action import CaseActionFlow
from workflows.flows.case_review import DipSampleFlow, SupervisorReviewFlow
from workflows.flows.death import DeathVerificationFlow
from workflows.flows.indicator_triage import IndicatorTriageFlow
from workflows.flows.missing import (
    MissingConfirmationFlow,
    MissingDecisionFlow,
    MissingEnquiryFlow,
)
from workflows.flows.notification import NotificationFlow
from workflows.flows.plan import PlanReviewFlow
from workflows.flows.reactive import ReactiveProposalFlow, ReactiveReviewFlow
from workflows.flows.reassessment import ReassessmentFlow
from workflows.flows.registration import FinalReviewFlow
from workflows.flows.release import ReleasePlanningFlow
from workflows.flows.visit import VisitFlow
from workflows.flows.warrant import EntryWarrantFlow
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
    Kind.REACTIVE_PROPOSAL: ReactiveProposalFlow,
    Kind.REACTIVE_REVIEW: ReactiveReviewFlow,
    Kind.MISSING_DECISION: MissingDecisionFlow,
    Kind.MISSING_CONFIRMATION: MissingConfirmationFlow,
    Kind.MISSING_ENQUIRY: MissingEnquiryFlow,
    Kind.DEATH_VERIFICATION: DeathVerificationFlow,
    Kind.ENTRY_WARRANT: EntryWarrantFlow,
    Kind.PLAN_REVIEW: PlanReviewFlow,
    Kind.SUPERVISOR_REVIEW: SupervisorReviewFlow,
    Kind.DIP_SAMPLE: DipSampleFlow,
    Kind.INDICATOR_TRIAGE: IndicatorTriageFlow,
}

__all__ = [
    "FLOWS",
    "CaseActionFlow",
    "DeathVerificationFlow",
    "DipSampleFlow",
    "EntryWarrantFlow",
    "FinalReviewFlow",
    "IndicatorTriageFlow",
    "MissingConfirmationFlow",
    "MissingDecisionFlow",
    "MissingEnquiryFlow",
    "NotificationFlow",
    "OfficerFlow",
    "PlanReviewFlow",
    "ReactiveProposalFlow",
    "ReactiveReviewFlow",
    "ReassessmentFlow",
    "ReleasePlanningFlow",
    "SupervisorReviewFlow",
    "VisitFlow",
]
