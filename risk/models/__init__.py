"""Risk assessments: their tools, their factors, what was decided on them and what asks for one."""

from risk.models.assessment import AssessmentPriority, AssessmentTool, RiskAssessment
from risk.models.change import SignificantChange
from risk.models.override import LevelOverride
from risk.models.rating import FactorRating, Rating, Trend
from risk.models.tool import ToolVersion

__all__ = [
    "AssessmentPriority",
    "AssessmentTool",
    "FactorRating",
    "LevelOverride",
    "Rating",
    "RiskAssessment",
    "SignificantChange",
    "ToolVersion",
    "Trend",
]
