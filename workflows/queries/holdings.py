"""Conditions, devices and accounts of one person, as pages and forms go through them."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.actor import Actor
from accounts.models import Role
from offenders.models import (
    HELD,
    Device,
    HoldingState,
    HoldingStatus,
    Offender,
    OnlineAccount,
    OrderCondition,
)


@dataclass(frozen=True, slots=True)
class Held:
    """A device or an account as it stands: `state` since `since_on`."""

    id: UUID
    label: str
    state: str
    since_on: dt.date

    @property
    def is_held(self) -> bool:
        """Whether the person still has it, as far as is known."""
        return self.state in HELD

    @property
    def state_label(self) -> str:
        """The state in words."""
        return str(HoldingState(self.state).label)


def conditions_of(person: Offender, day: dt.date) -> list[OrderCondition]:
    """The conditions that bind on a London date, with their orders. One read.

    On the day on which a court discharges an order, it binds no more.
    """
    return list(_live(person).filter(_binds_on(day)))


def other_conditions_of(person: Offender, day: dt.date) -> list[OrderCondition]:
    """Those that do not bind on a London date, such as one typed with a wrong day. One read."""
    return list(_live(person).exclude(pk__in=_live(person).filter(_binds_on(day)).values("pk")))


def is_voidable_by(actor: Actor, condition: OrderCondition) -> bool:
    """Whether to offer it to who may void conditions: one's own entry, as a supervisor anyone's.

    `actions.holdings` decides: what a visit went through takes more.
    """
    return condition.recorded_by_id == actor.user_id or actor.role == Role.SUPERVISOR


def _live(person: Offender) -> QuerySet[OrderCondition]:
    """The person's conditions that are not void, with their orders, in order."""
    rows = OrderCondition.objects.filter(order__offender=person, voided_at__isnull=True)
    return rows.select_related("order").order_by("order__made_on", "category", "pk")


def _binds_on(day: dt.date) -> Q:
    return (
        Q(starts_on__lte=day)
        & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))
        & (Q(order__ends_on__isnull=True) | Q(order__ends_on__gte=day))
        & (Q(order__discharged_on__isnull=True) | Q(order__discharged_on__gt=day))
    )


def holdings_of(person: Offender) -> tuple[list[Held], list[Held]]:
    """Every device and every account with how it stands, those still held first. One read."""
    of_person = Q(device__offender=person) | Q(account__offender=person)
    lines = HoldingStatus.objects.filter(of_person, voided_at__isnull=True)
    newest: dict[Device | OnlineAccount, HoldingStatus] = {}
    for line in lines.select_related("device", "account").order_by("-since_on", "-pk"):
        held = line.device or line.account
        if held is not None:
            newest.setdefault(held, line)
    devices = [_held(row, line) for row, line in newest.items() if isinstance(row, Device)]
    accounts = [_held(row, line) for row, line in newest.items() if isinstance(row, OnlineAccount)]
    return sorted(devices, key=_place), sorted(accounts, key=_place)


def _held(row: Device | OnlineAccount, line: HoldingStatus) -> Held:
    return Held(row.public_id, row.label, line.state, line.since_on)


def _place(held: Held) -> tuple[bool, str]:
    return not held.is_held, held.label
