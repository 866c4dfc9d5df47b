"""Who may see an indicator, and the taking back of one."""

from typing import Any

from rest_framework.serializers import Serializer

from accounts.idempotency import Reply
from accounts.policy import Action
from api.shapes.indicators import restricting as shapes
from api.views.indicators.deciding import Deciding
from risk.models import Indicator
from workflows.actions.indicators import restricting
from workflows.actions.indicators.retracting import retract
from workflows.steps import indicators as steps


class Settling(Deciding):
    """What says who may see an indicator, or takes it back."""

    answer_shape: type[Serializer] = shapes.StandsAnswer
    action = Action.INDICATOR_RESTRICT

    def told(self, found: Indicator) -> dict[str, Any]:
        """What the caller is answered."""
        return shapes.stands(found)


class Restrict(Settling):
    """Leave an indicator to named officers, and to whoever restricts it."""

    operation_id = "restrict_indicator"
    body_shape = steps.RestrictIndicator
    body_names_records = True
    perform = staticmethod(restricting.restrict_indicator)


class KeepSecret(Settling):
    """Have nobody but named officers know of it, and give it to a supervisor by name."""

    action = Action.INDICATOR_KEEP_SECRET
    operation_id = "keep_indicator_secret"
    body_shape = steps.KeepSecret
    body_names_records = True
    perform = staticmethod(restricting.keep_secret)


class NameUser(Settling):
    """Let another officer see a restricted indicator.

    An inspector may without opening it, where too few of the named officers can.
    """

    operation_id = "name_indicator_user"
    body_shape = steps.NameUser
    answer_shape = shapes.NamedAnswer
    body_names_records = True
    perform = staticmethod(restricting.name_user)

    def told(self, found: Indicator) -> dict[str, Any]:
        """Nothing of what the caller may not open."""
        return shapes.named(found)

    def seen_again(self, reply: Reply) -> int | None:
        """Nothing of it is read back."""
        return None


class UnnameUser(Settling):
    """Let an officer see a restricted indicator no more."""

    operation_id = "unname_indicator_user"
    body_shape = steps.NameUser
    body_names_records = True
    perform = staticmethod(restricting.unname_user)


class LiftRestriction(Settling):
    """Open a restricted indicator to whoever may see it by the table."""

    operation_id = "lift_indicator_restriction"
    body_shape = steps.TakeBack
    perform = staticmethod(restricting.lift_restriction)


class Retract(Settling):
    """Take an indicator back: what one sent oneself, as a system or as an officer."""

    action = Action.INDICATOR_RETRACT
    operation_id = "retract_indicator"
    body_shape = steps.TakeBack
    answer_shape = shapes.RetractedAnswer
    perform = staticmethod(retract)

    def told(self, found: Indicator) -> dict[str, Any]:
        """Not that it is restricted or secret: the system that sent it may not know."""
        return shapes.retracted(found)

    def seen_again(self, reply: Reply) -> int | None:
        """Another system reads nothing back but that it was done."""
        return None if self.by.kind == "client" else super().seen_again(reply)
