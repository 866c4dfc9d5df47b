"""The person, and every dated fact about them that is not a visit or a score."""

from offenders.models.access import ConflictOfInterest, RestrictedAccess
from offenders.models.address import Address
from offenders.models.condition import OrderCondition
from offenders.models.contact import ContactNote
from offenders.models.discharge import OrderDischarge
from offenders.models.history import (
    AddressWas,
    HistoryBegan,
    NotificationBasisWas,
    OffenderWas,
    OrderWas,
    StatusIntervalWas,
)
from offenders.models.holding import HELD, Device, HoldingState, HoldingStatus, OnlineAccount
from offenders.models.identity import Alias, Identifier
from offenders.models.management import LevelDecision, ModeDecision
from offenders.models.marker import WarningMarker
from offenders.models.notification import Disposal, Notification, NotificationBasis
from offenders.models.offender import (
    EthnicityOfficerDefined,
    EthnicitySelfDefined,
    ManagementLevel,
    ManagementMode,
    Offender,
    Sex,
)
from offenders.models.order import Order
from offenders.models.status import Status, StatusInterval

__all__ = [
    "HELD",
    "Address",
    "AddressWas",
    "Alias",
    "ConflictOfInterest",
    "ContactNote",
    "Device",
    "Disposal",
    "EthnicityOfficerDefined",
    "EthnicitySelfDefined",
    "HistoryBegan",
    "HoldingState",
    "HoldingStatus",
    "Identifier",
    "LevelDecision",
    "ManagementLevel",
    "ManagementMode",
    "ModeDecision",
    "Notification",
    "NotificationBasis",
    "NotificationBasisWas",
    "Offender",
    "OffenderWas",
    "OnlineAccount",
    "Order",
    "OrderCondition",
    "OrderDischarge",
    "OrderWas",
    "RestrictedAccess",
    "Sex",
    "Status",
    "StatusInterval",
    "StatusIntervalWas",
    "WarningMarker",
]
