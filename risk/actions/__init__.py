"""The only code that changes assessments, scores and plans. It neither audits nor dates."""

from risk.actions.assessments import (
    decide_level,
    endorse_assessment,
    record_change,
    return_assessment,
    submit_assessment,
    take_over_assessments,
)
from risk.actions.plans import (
    Proposed,
    agree_interval,
    endorse_plan,
    refuse_interval,
    return_plan,
    submit_plan,
)
from risk.actions.static_scores import (
    keep_calculated_score,
    keep_official_score,
    keep_official_scores,
    void_score,
)

__all__ = [
    "Proposed",
    "agree_interval",
    "decide_level",
    "endorse_assessment",
    "endorse_plan",
    "keep_calculated_score",
    "keep_official_score",
    "keep_official_scores",
    "record_change",
    "refuse_interval",
    "return_assessment",
    "return_plan",
    "submit_assessment",
    "submit_plan",
    "take_over_assessments",
    "void_score",
]
