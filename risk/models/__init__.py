"""How dangerous a person is judged to be, by which tools, and what is done about it."""

from risk.models.assessment import AssessmentPriority, AssessmentTool, RiskAssessment
from risk.models.change import SignificantChange
from risk.models.feed import IndicatorFeed, QuarantinedDelivery, Settlement
from risk.models.indicator import (
    WAITING,
    Indicator,
    IndicatorAccess,
    IndicatorState,
)
from risk.models.indicator_decision import Decided, IndicatorDecision
from risk.models.indicator_parts import (
    IndicatorIdentifier,
    IndicatorIdentifierKind,
    IndicatorReference,
    IndicatorSubject,
    ReferenceKind,
)
from risk.models.indicator_standing import IndicatorStanding
from risk.models.match import Match, MatchDecision, MatchState
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
from risk.models.triage import IndicatorTriage, TriageCheck

__all__ = [
    "CALCULATED",
    "WAITING",
    "AssessmentPriority",
    "AssessmentTool",
    "BandReduction",
    "Decided",
    "FactorRating",
    "FlagSystem",
    "Indicator",
    "IndicatorAccess",
    "IndicatorDecision",
    "IndicatorFeed",
    "IndicatorIdentifier",
    "IndicatorIdentifierKind",
    "IndicatorReference",
    "IndicatorStanding",
    "IndicatorState",
    "IndicatorSubject",
    "IndicatorTriage",
    "LevelOverride",
    "Match",
    "MatchDecision",
    "MatchState",
    "Pillar",
    "PlanFlag",
    "PlanState",
    "QuarantinedDelivery",
    "Rating",
    "ReferenceKind",
    "RiskAssessment",
    "RiskManagementPlan",
    "ScoreBand",
    "ScoreSource",
    "ScoreTool",
    "Settlement",
    "SignificantChange",
    "StaticScore",
    "ToolVersion",
    "Trend",
    "TriageCheck",
]
