"""Conditions of orders, devices and online accounts of a person."""

from accounts.policy import Action
from api.shapes import holdings as shapes
from api.views.about_offender import OffenderWriting
from workflows.actions import holdings
from workflows.steps import holdings as holding_forms


class AddCondition(OffenderWriting):
    """Write down one condition of an order: it is gone through by itself at every visit."""

    action = Action.ORDER_CONDITION_ADD
    operation_id = "add_condition"
    body_shape = holding_forms.AddCondition
    perform = staticmethod(holdings.add_condition)


class VoidCondition(OffenderWriting):
    """Void a condition that was written down wrongly. It is kept, with why, and binds no more."""

    action = Action.ORDER_CONDITION_VOID
    operation_id = "void_condition"
    body_shape = shapes.VoidCondition
    perform = staticmethod(holdings.void_condition)


class AddDevice(OffenderWriting):
    """Write down a device as declared or found."""

    action = Action.DEVICE_ADD
    operation_id = "add_device"
    body_shape = holding_forms.AddDevice
    perform = staticmethod(holdings.add_device)


class ChangeDevice(OffenderWriting):
    """Say what became of a device."""

    action = Action.DEVICE_CHANGE
    operation_id = "change_device"
    body_shape = shapes.ChangeHolding
    perform = staticmethod(holdings.change_device)


class AddAccount(OffenderWriting):
    """Write down an online account as declared or found. Never a bank account."""

    action = Action.ONLINE_ACCOUNT_ADD
    operation_id = "add_online_account"
    body_shape = holding_forms.AddAccount
    perform = staticmethod(holdings.add_account)


class ChangeAccount(OffenderWriting):
    """Say what became of an online account."""

    action = Action.ONLINE_ACCOUNT_CHANGE
    operation_id = "change_online_account"
    body_shape = shapes.ChangeHolding
    perform = staticmethod(holdings.change_account)
