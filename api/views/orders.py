"""Court orders and warning markers of a person."""

from accounts.policy import Action
from api.views.about_offender import OffenderWriting
from workflows.actions import orders
from workflows.steps import orders as forms


class RecordOrder(OffenderWriting):
    """Write down an order with its conditions. What is owed is worked out again."""

    action = Action.ORDER_RECORD
    operation_id = "record_order"
    body_shape = forms.RecordOrder
    perform = staticmethod(orders.record_order)


class AddMarker(OffenderWriting):
    """Set a warning marker."""

    action = Action.MARKER_ADD
    operation_id = "add_marker"
    body_shape = forms.AddMarker
    perform = staticmethod(orders.add_marker)


class WithdrawMarker(OffenderWriting):
    """Withdraw a warning marker from today on. It is kept."""

    action = Action.MARKER_WITHDRAW
    operation_id = "withdraw_marker"
    body_shape = forms.WithdrawMarker
    perform = staticmethod(orders.withdraw_marker)
