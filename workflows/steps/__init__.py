"""The form of each step: shape only. One definition for page, endpoint, schema and errors."""

from rest_framework.serializers import Serializer

from workflows.steps.assessment import AssessRisk, EndorseAssessment
from workflows.steps.case_action import FinishAction, RaiseAction
from workflows.steps.notification import CheckNotification, RecordNotification
from workflows.steps.registration import EndorseEnd, ProposeEnd
from workflows.steps.release import PlanRelease
from workflows.steps.visit import RecordOutcome, ReviewVisit
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
}

__all__ = [
    "FORMS",
    "AssessRisk",
    "CheckNotification",
    "EndorseAssessment",
    "EndorseEnd",
    "FinishAction",
    "PlanRelease",
    "ProposeEnd",
    "RaiseAction",
    "RecordNotification",
    "RecordOutcome",
    "ReviewVisit",
    "WriteUpVisit",
]
