"""The only code that changes facts about a person, one module a noun.

The caller holds the lock on the person, has permitted the act, works out anew what is owed and
records the event: none of that is here. Every refusal about the facts is.
"""

from offenders.actions.access import declare_conflict
from offenders.actions.address import add_premises, change_address, take_addresses_back
from offenders.actions.amending import amend_people, take_over_notifications
from offenders.actions.contact import add_contact_note
from offenders.actions.holding import (
    add_account,
    add_condition,
    add_device,
    change_holding,
    last_line,
    void_condition,
    void_holding_lines,
)
from offenders.actions.intake import register_people
from offenders.actions.management import change_level, change_mode
from offenders.actions.managing import set_offender_manager
from offenders.actions.marker import add_marker, withdraw_marker
from offenders.actions.notification import (
    check_notification,
    record_notification,
    void_notification,
)
from offenders.actions.order import discharge_order, record_order, void_discharge
from offenders.actions.registering import end_registration
from offenders.actions.status import change_status, locate

__all__ = [
    "add_account",
    "add_condition",
    "add_contact_note",
    "add_device",
    "add_marker",
    "add_premises",
    "amend_people",
    "change_address",
    "change_holding",
    "change_level",
    "change_mode",
    "change_status",
    "check_notification",
    "declare_conflict",
    "discharge_order",
    "end_registration",
    "last_line",
    "locate",
    "record_notification",
    "record_order",
    "register_people",
    "set_offender_manager",
    "take_addresses_back",
    "take_over_notifications",
    "void_condition",
    "void_discharge",
    "void_holding_lines",
    "void_notification",
    "withdraw_marker",
]
