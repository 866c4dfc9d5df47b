"""Two teams of a force, for the tests of offers between them."""

from dataclasses import dataclass, field
from uuid import UUID

from accounts.models import Role, User
from offenders.models import Offender
from tests import make
from workflows.actions.transfers import offer_transfer
from workflows.models import TransferOffer

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
