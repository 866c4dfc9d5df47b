"""The form of each step: shape only. One definition for page, endpoint, schema and errors."""

from rest_framework.serializers import Serializer

from workflows.steps.assessment import AssessRisk, DecideLevel, EndorseAssessment
from workflows.steps.case_action import FinishAction, RaiseAction
from workflows.steps.case_review import ReviewCase
from workflows.steps.death import VerifyDeath
from workflows.steps.dip_sample import DrawSample
from workflows.steps.indicator_triage import CheckTriage, TriageIndicator
from workflows.steps.missing import (
    ConfirmMissing,
    DecideMissing,
    RecordEnquiry,
    ReviewEnquiry,
)
from workflows.steps.notification import CheckNotification, RecordNotification
from workflows.steps.plan import ApproveInterval, DraftPlan, EndorsePlan
from workflows.steps.reactive import (
    AuthoriseReactive,
    ProposeReactive,
    RecommendReactive,
    ReviewReactive,
)
from workflows.steps.registration import EndorseEnd, ProposeEnd
from workflows.steps.release import PlanRelease
from workflows.steps.visit import RecordOutcome, ReviewVisit
from workflows.steps.warrant import ConsiderWarrant, DecideWarrant
from workflows.steps.write_up import WriteUpVisit

#: Every human step by the name of its node. `engine` tests hold it equal to the flows.
FORMS: dict[str, type[Serializer]] = {
    "record_outcome": RecordOutcome,
    "write_up": WriteUpVisit,
    "review": ReviewVisit,
    "assess": AssessRisk,
    "endorse": EndorseAssessment,
    "record_notification": RecordNotification,
    "check_notification": CheckNotification,
    "propose_end": ProposeEnd,
    "endorse_end": EndorseEnd,
    "plan_release": PlanRelease,
    "finish_action": FinishAction,
    "recommend_reactive": RecommendReactive,
    "authorise_reactive": AuthoriseReactive,
    "review_reactive": ReviewReactive,
    "decide_missing": DecideMissing,
    "confirm_missing": ConfirmMissing,
    "record_enquiry": RecordEnquiry,
    "review_enquiry": ReviewEnquiry,
    "verify_death": VerifyDeath,
    "consider_warrant": ConsiderWarrant,
    "decide_warrant": DecideWarrant,
    "draft_plan": DraftPlan,
    "endorse_plan": EndorsePlan,
    "approve_interval": ApproveInterval,
    "decide_level": DecideLevel,
    "review_case": ReviewCase,
    "check_case": ReviewCase,
    "triage_indicator": TriageIndicator,
    "check_triage": CheckTriage,
}

__all__ = [
    "FORMS",
    "ApproveInterval",
    "AssessRisk",
    "AuthoriseReactive",
    "CheckNotification",
    "CheckTriage",
    "ConfirmMissing",
    "ConsiderWarrant",
    "DecideLevel",
    "DecideMissing",
    "DecideWarrant",
    "DraftPlan",
    "DrawSample",
    "EndorseAssessment",
    "EndorseEnd",
    "EndorsePlan",
    "FinishAction",
    "PlanRelease",
    "ProposeEnd",
    "ProposeReactive",
    "RaiseAction",
    "RecommendReactive",
    "RecordEnquiry",
    "RecordNotification",
    "RecordOutcome",
    "ReviewCase",
    "ReviewEnquiry",
    "ReviewReactive",
    "ReviewVisit",
    "TriageIndicator",
    "VerifyDeath",
    "WriteUpVisit",
]
