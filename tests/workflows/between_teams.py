"""Two teams of a force, and what is done between them, for the tests of offers."""

from dataclasses import dataclass, field
from uuid import UUID

from accounts.models import Role, User
from offenders.models import Offender
from tests import make
from workflows.actions.transfer_decisions import accept_transfer, decline_transfer
from workflows.actions.transfers import offer_transfer
from workflows.models import Alert, TransferOffer
from workflows.queries import transfers as reads

WHY = "Both moved to the coast"


@dataclass
class Teams:
    """A manager and a supervisor who give, a manager and a supervisor who receive, an inspector."""

    manager: User = field(default_factory=make.officer)
    supervisor: User = field(init=False)
    receiver: User = field(init=False)
    receiving: User = field(init=False)
    inspector: User = field(init=False)
    people: list[Offender] = field(init=False)

    def __post_init__(self) -> None:
        force = self.manager.force
        self.supervisor = make.officer(Role.SUPERVISOR, team=self.manager.team)
        self.receiver = make.officer(team=make.team(in_force=force))
        self.receiving = make.officer(Role.SUPERVISOR, team=self.receiver.team)
        self.inspector = make.officer(Role.INSPECTOR, force=force)
        self.people = [make.person(manager=self.manager) for _ in range(2)]

    @property
    def ids(self) -> list[UUID]:
        """The people, as an offer names them."""
        return [person.public_id for person in self.people]

    def offer(self, **given: object) -> TransferOffer:
        """Both people, offered by the supervisor to the receiver."""
        values = {
            "by": make.actor(self.supervisor),
            "offenders": self.ids,
            "to": self.receiver.public_id,
            "reason": WHY,
        }
        return offer_transfer(**(values | given))

    def managers(self) -> set[int | None]:
        """The keys of who manages the people now."""
        found = Offender.objects.filter(pk__in=[person.pk for person in self.people])
        return set(found.values_list("offender_manager", flat=True))


def accept(teams: Teams, offer: TransferOffer, by: User | None = None, **given: object):
    """The receiving supervisor, or `by`, accepts it."""
    who = make.actor(by or teams.receiving)
    return accept_transfer(by=who, transfer=offer.public_id, **given)


def decline(teams: Teams, offer: TransferOffer, by: User | None = None, reason: str = "Full"):
    """The receiving supervisor, or `by`, declines it."""
    who = make.actor(by or teams.receiving)
    return decline_transfer(by=who, transfer=offer.public_id, reason=reason)


def told(user: User, about: Alert.About) -> list[int | None]:
    """Of how many people `user` was told so, in each alert."""
    return list(Alert.objects.filter(to=user, about=about).values_list("people", flat=True))


def listed(by: User, *, waiting: bool = True) -> list[tuple[object, int]]:
    """The offers that `by` sees listed, and of how many people."""
    page = reads.transfers_page(actor=make.actor(by), waiting=waiting)
    return [(row.offer.public_id, row.people) for row in page.rows]


def sees(by: User, person: Offender) -> bool:
    """Whether `by` may see the person."""
    return Offender.objects.permitted(make.actor(by), "caseload.view").contains(person)
