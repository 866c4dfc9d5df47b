"""Officers say whom an indicator is about."""

from typing import Any

from accounts.policy import Action
from api.shapes.indicators import matching as shapes
from api.views.indicators.deciding import Deciding
from risk.models import Indicator
from workflows.actions.indicators import matching
from workflows.steps import indicators as steps


class Matching(Deciding):
    """What says whom an indicator is about, or takes it back."""

    answer_shape = shapes.MatchAnswer

    def told(self, found: Indicator) -> dict[str, Any]:
        """Whom it is about now."""
        return shapes.matched(found)


class ConfirmMatch(Matching):
    """Say that an indicator is about a person, who need not have been suggested."""

    action = Action.INDICATOR_MATCH
    operation_id = "confirm_match"
    body_shape = steps.ConfirmMatch
    body_names_records = True
    perform = staticmethod(matching.confirm_match)


class RejectMatch(Matching):
    """Say that an indicator is not about a person who was suggested. It is remembered."""

    action = Action.INDICATOR_MATCH
    operation_id = "reject_match"
    body_shape = steps.RejectMatch
    body_names_records = True
    perform = staticmethod(matching.reject_match)


class Unmatch(Matching):
    """Take back that an indicator is about a person, with a reason, before it is triaged."""

    action = Action.INDICATOR_UNMATCH
    operation_id = "unmatch_indicator"
    body_shape = steps.TakeBack
    perform = staticmethod(matching.unmatch)


class UndoMerge(Matching):
    """Let an indicator that was merged into another stand for itself again, with a reason."""

    action = Action.INDICATOR_UNMATCH
    operation_id = "undo_merge"
    body_shape = steps.TakeBack
    perform = staticmethod(matching.undo_merge)
