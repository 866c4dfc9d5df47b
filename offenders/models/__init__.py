"""The person, and every dated fact about them that is not a visit or a score."""

from offenders.models.access import ConflictOfInterest, RestrictedAccess
from offenders.models.address import Address
from offenders.models.contact import ContactNote
from offenders.models.identity import Alias, Identifier
from offenders.models.management import LevelDecision, ModeDecision
from offenders.models.marker import WarningMarker
from offenders.models.notification import Notification, NotificationBasis
from offenders.models.offender import ManagementLevel, ManagementMode, Offender, Sex
from offenders.models.order import Order
from offenders.models.status import Status, StatusInterval

__all__ = [
    "Address",
    "Alias",
    "ConflictOfInterest",
    "ContactNote",
    "Identifier",
    "LevelDecision",
    "ManagementLevel",
    "ManagementMode",
    "ModeDecision",
    "Notification",
    "NotificationBasis",
    "Offender",
    "Order",
    "RestrictedAccess",
    "Sex",
    "Status",
    "StatusInterval",
    "WarningMarker",
]
