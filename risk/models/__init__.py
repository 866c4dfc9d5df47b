"""How dangerous a person is judged to be, and what is done about it."""

from risk.models.assessment import AssessmentPriority, AssessmentTool, RiskAssessment
from risk.models.plan import FlagSystem, Pillar, PlanFlag, PlanState, RiskManagementPlan

__all__ = [
    "AssessmentPriority",
    "AssessmentTool",
    "FlagSystem",
    "Pillar",
    "PlanFlag",
    "PlanState",
    "RiskAssessment",
    "RiskManagementPlan",
]
