"""The history of a person's assessments, in words."""

from typing import Any

from risk.models import AssessmentPriority, RiskAssessment
from ui import words


def history_line(found: RiskAssessment) -> dict[str, Any]:
    """One assessment: tool, priority, level, its people, and its override with its end."""
    return {
        "on": found.assessed_on,
        "tool": found.tool_name,
        "state": str(found.get_state_display()),
        "void": found.state == RiskAssessment.State.RETURNED,
        "priority": str(AssessmentPriority(found.priority).label) if found.priority else "",
        "level": _level(found),
        "people": _people(found),
        "override": _override(found),
    }


def _level(found: RiskAssessment) -> str:
    """What was decided; else what is proposed and not decided yet."""
    if found.level:
        return words.risk_words(found.level)
    if not found.proposed_level:
        return ""
    return f"{words.risk_words(found.proposed_level)} proposed"


def _people(found: RiskAssessment) -> str:
    said = []
    if found.author:
        said.append(f"by {found.author.display_name}")
    if found.endorser:
        decided = "returned" if found.state == RiskAssessment.State.RETURNED else "endorsed"
        said.append(f"{decided} by {found.endorser.display_name}")
    decider = found.level_decided_by
    if decider and decider != found.endorser:
        said.append(f"level by {decider.display_name}")
    return ", ".join(said)


def _override(found: RiskAssessment) -> str:
    override = getattr(found, "override", None)
    if override is None:
        return ""
    until = f"Override by {override.approver.display_name} until"
    until += f" {words.long_day(override.expires_on)}"
    return f"{until}, ended {words.long_day(override.ended_on)}" if override.ended_on else until
