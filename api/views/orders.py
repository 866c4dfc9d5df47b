"""Court orders and warning markers of a person."""

from accounts.policy import Action
from api.shapes import holdings as shapes
from api.views.about_offender import OffenderWriting
from workflows.actions import orders
from workflows.steps import orders as forms


class RecordOrder(OffenderWriting):
    """Write down an order with its conditions. What is owed is worked out again."""

    action = Action.ORDER_RECORD
    operation_id = "record_order"
    body_shape = forms.RecordOrder
    perform = staticmethod(orders.record_order)


class DischargeOrder(OffenderWriting):
    """Write down that a court discharged an order. What is owed is worked out again."""

    action = Action.ORDER_DISCHARGE
    operation_id = "discharge_order"
    body_shape = shapes.DischargeOrder
    perform = staticmethod(orders.discharge_order)


class VoidDischarge(OffenderWriting):
    """Void a discharge that was written down wrongly. It is kept, and the order binds as before."""

    action = Action.ORDER_DISCHARGE_VOID
    operation_id = "void_discharge"
    body_shape = shapes.VoidDischarge
    perform = staticmethod(orders.void_discharge)


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
