"""How much work officers have, counted in one statement, against what each can carry."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from accounts.capacity import FULL_TIME, Share, capacities_ahead, capacities_of
from accounts.models import User
from offenders.models import Order, OrderCondition
from workflows.models import SUPERVISED
from workflows.points import Scale, Weight
from workflows.queries.sql import Clause, read, uuid

#: What a person weighs; its parameters are `weight_params`.
WEIGHT = f"""o.management_level, o.management_mode, o.mappa_level,
       NOT EXISTS (SELECT 1 FROM offenders_notificationbasis n
                    WHERE n.offender_id = o.id AND n.relevant_date < %s) AS is_new,
       EXISTS (SELECT 1 FROM offenders_ordercondition c JOIN offenders_order r ON r.id = c.order_id
                WHERE r.offender_id = o.id AND c.category = '{OrderCondition.Category.DEVICE.value}'
                  AND r.kind IN ({", ".join(repr(kind.value) for kind in Order.HOLDS)})
                  AND (r.ends_on IS NULL OR r.ends_on >= %s)
                  AND (r.discharged_on IS NULL OR r.discharged_on > %s)
                  AND c.voided_at IS NULL
                  AND c.starts_on <= %s AND (c.ends_on IS NULL OR c.ends_on >= %s)
              ) AS has_devices"""  # noqa: S608  (kinds are ours)
#: How much of what a person is owed is late; its parameter is today. What a supervisor owes is not
#: late work of the officer.
OFFICERS = f"kind NOT IN ({', '.join(repr(kind.value) for kind in SUPERVISED)})"
LATE = f"""(SELECT COUNT(*) FROM workflows_obligation l
          WHERE l.offender_id = o.id AND l.closed_at IS NULL AND l.due_on < %s
            AND l.{OFFICERS})"""  # noqa: S608  (kinds are ours)


class Carried:
    """What an officer has against what the officer can carry."""

    __slots__ = ()
    #: None: of people whom nobody manages.
    id: UUID | None
    scale: Scale
    share: Share
    points: Decimal

    @property
    def capacity(self) -> Decimal:
        """Points that the officer can carry."""
        return self.scale.carried_by(self.share.of_full_time)

    @property
    def percent(self) -> int | None:
        """Points against that; 100 is full. None: they can carry none, and have some."""
        return self.scale.percent(self.points, self.share.of_full_time)

    @property
    def is_over(self) -> bool:
        """Whether an officer is overloaded. People nobody manages overload nobody."""
        return self.id is not None and self.scale.is_over(self.points, self.share.of_full_time)


@dataclass(slots=True)
class OfficerLoad(Carried):
    """The caseload of one officer; of nobody where `id` is None.

    `overdue` counts what is owed and late, not people. `levels` counts people, `level_points` their
    points.
    """

    id: UUID | None
    staff_number: str
    name: str
    #: What the rules in force count as how much work.
    scale: Scale
    #: Of a full-time caseload, on the day.
    share: Share = FULL_TIME
    #: Active, in a role that manages people, vetting in date.
    can_receive: bool = False
    people: int = 0
    overdue: int = 0
    points: Decimal = Decimal(0)
    levels: Counter[str] = field(default_factory=Counter)
    level_points: dict[str, Decimal] = field(default_factory=dict)

    def add(self, weight: Weight, people: int, overdue: int) -> None:
        """Count some people of one weight."""
        points = people * self.scale.points(weight)
        self.people += people
        self.overdue += overdue
        self.points += points
        self.levels[weight.level] += people
        self.level_points[weight.level] = self.level_points.get(weight.level, Decimal(0)) + points


def loads_of(people: Clause, today: dt.date, scale: Scale) -> dict[int | None, OfficerLoad]:
    """The caseloads that hold `people`, by their officer's key, in one statement."""
    officer = "manager_id, public_id, staff_number, first_name, last_name"
    weight = "management_level, management_mode, mappa_level, is_new, has_devices"
    statement = Clause(
        f"SELECT {officer}, {weight}, COUNT(*), SUM(late)"  # noqa: S608
        " FROM (SELECT u.id AS manager_id, u.public_id, u.staff_number, u.first_name, u.last_name,"
        f" {WEIGHT}, {LATE} AS late FROM offenders_offender o"
        " LEFT JOIN accounts_user u ON u.id = o.offender_manager_id"
        f" WHERE o.registration_ended_on IS NULL AND ({people.sql})) x"
        f" GROUP BY {officer}, {weight}",
        (*weight_params(scale, today), today, *people.params),
    )
    loads: dict[int | None, OfficerLoad] = {}
    for manager, public_id, staff_number, first, last, *counted in read(statement):
        *facts, number, late = counted
        if manager not in loads:
            name = f"{first or ''} {last or ''}".strip() or staff_number or "Nobody"
            known = None if public_id is None else uuid(public_id)
            loads[manager] = OfficerLoad(known, staff_number or "", name, scale)
        loads[manager].add(weight_of(facts), number, int(late))
    return loads


def measure(
    loads: Mapping[int | None, OfficerLoad], today: dt.date, *, ahead: bool = False
) -> None:
    """Say of each officer, by key, how much they can carry on the day. Two statements.

    `ahead`: how much they can be given, where planned absences count too.
    """
    officers = [key for key in loads if key is not None]
    shares = capacities_ahead if ahead else capacities_of
    for key, share in shares(officers, today).items():
        loads[key].share = share


def weight_of(facts: Sequence[Any]) -> Weight:
    """A person's weight from the columns of `WEIGHT`."""
    level, mode, mappa_level, is_new, has_devices = facts
    return Weight(level, mode, mappa_level, bool(is_new), bool(has_devices))


def weight_params(scale: Scale, today: dt.date) -> tuple[dt.date, ...]:
    """The parameters of `WEIGHT`: the first day that counts as new, and today."""
    return (scale.new_since(today), today, today, today, today)


def no_load(user: User, scale: Scale) -> OfficerLoad:
    """Of an officer with nobody yet."""
    return OfficerLoad(user.public_id, user.staff_number, user.display_name, scale)
