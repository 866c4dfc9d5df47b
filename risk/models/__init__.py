"""How dangerous a person is judged to be, by which tools, and what is done about it."""

from risk.models.assessment import AssessmentPriority, AssessmentTool, RiskAssessment
from risk.models.change import SignificantChange
from risk.models.override import LevelOverride
from risk.models.plan import FlagSystem, Pillar, PlanFlag, PlanState, RiskManagementPlan
from risk.models.rating import FactorRating, Rating, Trend
from risk.models.static_score import (
    CALCULATED,
    BandReduction,
    ScoreBand,
    ScoreSource,
    ScoreTool,
    StaticScore,
)
from risk.models.tool import ToolVersion

__all__ = [
    "CALCULATED",
    "AssessmentPriority",
    "AssessmentTool",
    "BandReduction",
    "FactorRating",
    "FlagSystem",
    "LevelOverride",
    "Pillar",
    "PlanFlag",
    "PlanState",
    "Rating",
    "RiskAssessment",
    "RiskManagementPlan",
    "ScoreBand",
    "ScoreSource",
    "ScoreTool",
    "SignificantChange",
    "StaticScore",
    "ToolVersion",
    "Trend",
]
