"""The grants of the permission table: how far a role may do an action, and on what terms."""

from dataclasses import dataclass
from enum import StrEnum

from accounts.models import Role
from accounts.permissions.actions import Action


class Reach(StrEnum):
    """How far a permission reaches."""

    OWN = "own"  # people the officer manages, and what is the officer's own
    TEAM = "team"  # people of the actor's teams
    FORCE = "force"  # everyone of the actor's force
    NAMED = "named"  # people the actor is named for


class Redaction(StrEnum):
    """What is left out of what is shown."""

    NONE = "none"
    NO_ADDRESS = "no_address"
    SHORT_CARD = (
        "short_card"  # the College of Policing's list: managed, risks, conditions, duty contact
    )


@dataclass(frozen=True, slots=True)
class Grant:
    """How one role may do one action.

    `reason`: a typed reason is needed, always. `reason_beyond`: needed outside that nearer reach.
    `second_person`: it takes two; whoever does it is not who did or proposed what it settles.
    """

    reach: Reach
    reason: bool = False
    second_person: bool = False
    redaction: Redaction = Redaction.NONE
    reason_beyond: Reach | None = None


OWN = Grant(Reach.OWN)
TEAM = Grant(Reach.TEAM)
TEAM_REASON = Grant(Reach.TEAM, reason=True)
TEAM_SECOND = Grant(Reach.TEAM, second_person=True)
TEAM_SECOND_REASON = Grant(Reach.TEAM, reason=True, second_person=True)
FORCE = Grant(Reach.FORCE)
FORCE_REASON = Grant(Reach.FORCE, reason=True)
FORCE_REASON_BEYOND_TEAM = Grant(Reach.FORCE, reason_beyond=Reach.TEAM)
FORCE_SECOND = Grant(Reach.FORCE, second_person=True, reason_beyond=Reach.TEAM)
FORCE_SECOND_REASON = Grant(Reach.FORCE, reason=True, second_person=True)
FORCE_NO_ADDRESS = Grant(Reach.FORCE, redaction=Redaction.NO_ADDRESS)
FORCE_CARD = Grant(Reach.FORCE, redaction=Redaction.SHORT_CARD)
FORCE_CARD_REASON = Grant(Reach.FORCE, reason=True, redaction=Redaction.SHORT_CARD)
NAMED = Grant(Reach.NAMED)
NAMED_NO_ADDRESS = Grant(Reach.NAMED, redaction=Redaction.NO_ADDRESS)

OM = Role.OFFENDER_MANAGER
SUP = Role.SUPERVISOR
INSP = Role.INSPECTOR
MAPPA = Role.MAPPA_PARTNER
CALL = Role.CONTACT_CENTRE
AUDIT = Role.AUDITOR
API = Role.INTEGRATION

#: Lines of the table: an action, and which roles may do it how.
Lines = dict[Action, dict[Role, Grant]]
