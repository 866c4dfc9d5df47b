"""Who could take whom, so that nobody is overloaded: a proposal, never applied by itself. Pure.

In this order: no officer fuller than need be beyond what they can carry; people of one postcode
district with the officers who go there already; few changes of manager. Whoever need not move does
not. The same input gives the same split, in whatever order it comes.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

FULL = Decimal(1)
NONE = Decimal(0)


class Person(NamedTuple):
    """Somebody to be given to an officer.

    `area`: outward postcode, "" where none is known. `manager`: who has them now. `closed_to`:
    officers who may not have them (a conflict of interest, or restricted to others).
    """

    id: UUID
    points: Decimal
    area: str = ""
    manager: UUID | None = None
    closed_to: frozenset[UUID] = frozenset()


class Officer(NamedTuple):
    """Somebody who may take people: the points they can carry, those they have now, and where.

    `points` and `areas` are of all their people, those to be given among them.
    """

    id: UUID
    capacity: Decimal
    points: Decimal = NONE
    areas: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Split:
    """`moves`: the new officer of each person who moves. `stays`: those who do not.

    `impossible`: those whom nobody may have, or nobody can carry.
    """

    moves: Mapping[UUID, UUID]
    stays: tuple[UUID, ...]
    impossible: tuple[UUID, ...]


def fair_split(
    people: Iterable[Person], officers: Iterable[Officer], *, all_move: bool = False
) -> Split:
    """Who takes whom. An officer who can carry nothing gets nobody, and keeps nobody.

    `all_move`: nobody stays with the manager they have. Never fuller than dealing people out in
    turn would make the fullest officer, where that is beyond what they can carry.
    """
    asked = sorted(people, key=lambda person: person.id)
    able = sorted((each for each in officers if each.capacity > 0), key=lambda each: each.id)
    open_to = {
        person.id: tuple(each.id for each in able if _may_have(each, person, all_move=all_move))
        for person in asked
    }
    given = [person for person in asked if open_to[person.id]]
    plans = []
    for put in (_leave_and_fit, _put_evenly, _put_in_turn):
        plan = _empty(given, able, open_to)
        put(plan)
        _relieve(plan)
        _settle(plan)
        plans.append(plan)
    best = min(plans, key=_Plan.badness)
    return Split(
        moves={p.id: best.of[p.id] for p in given if best.of[p.id] != p.manager},
        stays=tuple(p.id for p in given if best.of[p.id] == p.manager),
        impossible=tuple(p.id for p in asked if not open_to[p.id]),
    )


def _may_have(officer: Officer, person: Person, *, all_move: bool) -> bool:
    is_left = all_move and officer.id == person.manager
    return officer.id not in person.closed_to and not is_left


@dataclass(slots=True)
class _Plan:
    """A split in the making: who has whom, how many points and which new districts each has."""

    people: Mapping[UUID, Person]
    officers: Mapping[UUID, Officer]
    open_to: Mapping[UUID, tuple[UUID, ...]]
    loads: dict[UUID, Decimal]
    of: dict[UUID, UUID] = field(default_factory=dict)
    new_areas: Counter[tuple[UUID, str]] = field(default_factory=Counter)

    def share(self, officer: UUID, more: Decimal = NONE) -> Decimal:
        """Points against capacity, with so many more."""
        return (self.loads[officer] + more) / self.officers[officer].capacity

    def fullness(self, officer: UUID, more: Decimal = NONE) -> Decimal:
        """The same, but within capacity all are alike."""
        return max(FULL, self.share(officer, more))

    def put(self, person: Person, officer: UUID) -> None:
        """Give somebody to an officer, and take them from whoever has them in the plan."""
        if person.id in self.of:
            before = self.of[person.id]
            self.loads[before] -= person.points
            self.new_areas[before, person.area] -= 1
        self.of[person.id] = officer
        self.loads[officer] += person.points
        self.new_areas[officer, person.area] += 1

    def is_new_area(self, person: Person, officer: UUID) -> bool:
        """Whether they would take the officer to a district where nobody else does."""
        if not person.area or person.area in self.officers[officer].areas:
            return False
        others = self.new_areas[officer, person.area] - (self.of.get(person.id) == officer)
        return others == 0

    def badness(self) -> tuple[object, ...]:
        """What a better plan has less of: overload of the fullest officer, of the next and so on;
        new districts; changes of manager. Last the plan itself, so that no two are alike.
        """
        taken = [(self.people[person], officer) for person, officer in self.of.items()]
        districts = {
            (officer, person.area)
            for person, officer in taken
            if person.area and person.area not in self.officers[officer].areas
        }
        changes = sum(person.manager not in (None, officer) for person, officer in taken)
        full = sorted((self.fullness(officer) for officer in self.officers), reverse=True)
        return full, len(districts), changes, sorted(self.of.items())


def _empty(
    given: Sequence[Person], able: Sequence[Officer], open_to: Mapping[UUID, tuple[UUID, ...]]
) -> _Plan:
    """Nobody has anybody of `given` yet."""
    loads = {each.id: each.points for each in able}
    for person in given:
        if person.manager in loads:
            loads[person.manager] -= person.points
    officers = {each.id: each for each in able}
    return _Plan({person.id: person for person in given}, officers, open_to, loads)


# --- beginnings -----------------------------------------------------------------------------------


def _leave_and_fit(plan: _Plan) -> None:
    """Whoever may stay stays; the others where they fit, in a district where the officer goes."""
    homeless = []
    for person in plan.people.values():
        if person.manager in plan.open_to[person.id]:
            plan.put(person, person.manager)
        else:
            homeless.append(person)
    for person in _heaviest_first(homeless):
        plan.put(
            person,
            min(
                plan.open_to[person.id],
                key=lambda officer: (
                    plan.fullness(officer, person.points),
                    plan.is_new_area(person, officer),
                    plan.share(officer, person.points),
                    officer,
                ),
            ),
        )


def _put_evenly(plan: _Plan) -> None:
    """The heaviest first, each to whoever is then least full."""
    for person in _heaviest_first(plan.people.values()):
        plan.put(
            person,
            min(
                plan.open_to[person.id],
                key=lambda officer: (plan.share(officer, person.points), officer),
            ),
        )


def _put_in_turn(plan: _Plan) -> None:
    """Dealt out by id, passing over who may not have somebody: what a fair split must beat."""
    order, turn = list(plan.officers), 0
    for person in plan.people.values():
        while order[turn % len(order)] not in plan.open_to[person.id]:
            turn += 1
        plan.put(person, order[turn % len(order)])
        turn += 1


def _heaviest_first(people: Iterable[Person]) -> list[Person]:
    return sorted(people, key=lambda person: (-person.points, person.id))


# --- improvements ---------------------------------------------------------------------------------


def _relieve(plan: _Plan) -> None:
    """Move people from who is overloaded while that helps: both must end less full than they.

    Each step makes the fullest less full, or the next, so it ends.
    """
    while step := _next_relief(plan):
        plan.put(*step)


def _next_relief(plan: _Plan) -> tuple[Person, UUID] | None:
    """The first that helps, of the fullest officer who can be helped."""
    over = [officer for officer in plan.officers if plan.share(officer) > FULL]
    for full in sorted(over, key=lambda officer: (-plan.share(officer), officer)):
        if step := _relief(plan, full):
            return step
    return None


def _relief(plan: _Plan, full: UUID) -> tuple[Person, UUID] | None:
    """Whom to take from an officer and for whom: what leaves the fuller of both least full."""
    now = plan.fullness(full)
    offers = []
    for person in _unlike(plan, full):
        left = plan.fullness(full, -person.points)
        for to in plan.open_to[person.id]:
            then = max(left, plan.fullness(to, person.points))
            if to != full and then < now:
                is_new = plan.is_new_area(person, to)
                offers.append((then, is_new, person.manager == full, person.id, to))
    if not offers:
        return None
    *_, key, to = min(offers)
    return plan.people[key], to


def _unlike(plan: _Plan, officer: UUID) -> list[Person]:
    """The people an officer has in the plan, one of each kind that differs in anything but id."""
    kinds: dict[object, Person] = {}
    for person in plan.people.values():
        if plan.of[person.id] == officer:
            kinds.setdefault((person[1:4], plan.open_to[person.id]), person)
    return list(kinds.values())


def _settle(plan: _Plan) -> None:
    """Send people home, then to where their district is gone to, where nobody gets fuller by it."""
    for person in plan.people.values():
        home = person.manager
        if home in plan.open_to[person.id] and _is_no_fuller(plan, person, home):
            plan.put(person, home)
    for person in plan.people.values():
        if not plan.is_new_area(person, plan.of[person.id]):
            continue
        near = [
            officer
            for officer in plan.open_to[person.id]
            if not plan.is_new_area(person, officer) and _is_no_fuller(plan, person, officer)
        ]
        if near:
            least = min(near, key=lambda each: (plan.share(each, person.points), each))
            plan.put(person, least)


def _is_no_fuller(plan: _Plan, person: Person, to: UUID) -> bool:
    """Whether giving somebody to another officer leaves the fuller of both no fuller."""
    now = plan.of[person.id]
    if now == to:
        return False
    before = sorted((plan.fullness(now), plan.fullness(to)), reverse=True)
    after = sorted(
        (plan.fullness(now, -person.points), plan.fullness(to, person.points)), reverse=True
    )
    return after <= before
