"""Whom an indicator may be about, and why that is thought. Pure: works on what it is given.

A suggestion is a hypothesis: it scores for nobody, and only an officer confirms it.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from offenders.names import fold, fold_device, fold_postcode, fold_user_name


class Reason(StrEnum):
    """What an indicator and a person have in common, or had already been said not to mean them."""

    NAME = "name"
    ALIAS = "alias"
    SURNAME = "surname"
    DATE_OF_BIRTH = "date_of_birth"
    IDENTIFIER = "identifier"
    DEVICE = "device"
    ACCOUNT = "account"
    ADDRESS = "address"
    REJECTED_BEFORE = "rejected_before"


#: Each of these is enough by itself to suggest somebody (our default). A surname and a date of
#: birth are enough together: forenames are written in many ways.
ENOUGH = frozenset(
    {
        Reason.NAME,
        Reason.ALIAS,
        Reason.IDENTIFIER,
        Reason.DEVICE,
        Reason.ACCOUNT,
        Reason.ADDRESS,
    }
)
TOGETHER = frozenset({Reason.SURNAME, Reason.DATE_OF_BIRTH})


class Named(NamedTuple):
    """Somebody whom an indicator names. Keys are folded; empty where not said."""

    surname_key: str
    search_key: str
    born_on: dt.date | None
    postcode: str


@dataclass(frozen=True, slots=True)
class Sought:
    """What one indicator says of whom it is about, by the keys below and folded numbers."""

    people: tuple[Named, ...] = ()
    references: frozenset[str] = frozenset()
    devices: frozenset[str] = frozenset()
    accounts: frozenset[str] = frozenset()


@dataclass(slots=True)
class Found:
    """What is on record under any of the keys that a batch of indicators asks for.

    By key, whoever has it; `people`: search key and date of birth by person.
    """

    people: Mapping[int, tuple[str, dt.date]] = field(default_factory=dict)
    aliases: Mapping[str, Collection[int]] = field(default_factory=dict)
    references: Mapping[str, Collection[int]] = field(default_factory=dict)
    devices: Mapping[str, Collection[int]] = field(default_factory=dict)
    accounts: Mapping[str, Collection[int]] = field(default_factory=dict)
    postcodes: Mapping[str, Collection[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._names: dict[str, list[int]] = defaultdict(list)
        self._surnames: dict[tuple[str, dt.date], list[int]] = defaultdict(list)
        for person, (key, born_on) in self.people.items():
            self._names[key].append(person)
            for surname in beginnings(key):
                self._surnames[surname, born_on].append(person)

    _names: dict[str, list[int]] = field(init=False, repr=False)
    _surnames: dict[tuple[str, dt.date], list[int]] = field(init=False, repr=False)

    def named(self, key: str) -> Collection[int]:
        """Whoever is written under that whole name."""
        return self._names.get(key, ())

    def born(self, surname: str, born_on: dt.date) -> Collection[int]:
        """Whoever has that surname and was born that day."""
        return self._surnames.get((surname, born_on), ())


def candidates(sought: Sought, found: Found) -> dict[int, tuple[Reason, ...]]:
    """Whom the indicator may be about, with the reasons, in ascending key.

    Somebody with too little in common is left out (`ENOUGH`, `TOGETHER`).
    """
    reasons: dict[int, set[Reason]] = defaultdict(set)
    for one in sought.people:
        _by_name(one, found, reasons)
    for keys, known, reason in (
        (sought.references, found.references, Reason.IDENTIFIER),
        (sought.devices, found.devices, Reason.DEVICE),
        (sought.accounts, found.accounts, Reason.ACCOUNT),
    ):
        _add(reasons, reason, (person for key in keys for person in known.get(key, ())))
    _add_birthdays(sought, found, reasons)
    return {
        person: tuple(reason for reason in Reason if reason in said)
        for person, said in sorted(reasons.items())
        if said & ENOUGH or said >= TOGETHER
    }


def device_key(text: str) -> str:
    """A serial or telephone number as it is looked up: small letters, no spaces or hyphens."""
    return fold_device(text)


def account_key(service: str, user_name: str) -> str:
    """A user name with its service, as it is looked up. Without a service: on any of them."""
    return f"{fold(service)}:{fold_user_name(user_name)}"


def postcode_key(text: str) -> str:
    """A postcode in capitals without spaces."""
    return fold_postcode(text)


def beginnings(key: str) -> Iterable[str]:
    """Each run of whole words that a name begins with: a surname may be of several."""
    words = key.split()
    return (" ".join(words[:count]) for count in range(1, len(words) + 1))


def _by_name(one: Named, found: Found, reasons: dict[int, set[Reason]]) -> None:
    if one.search_key and one.search_key != one.surname_key:
        _add(reasons, Reason.NAME, found.named(one.search_key))
        _add(reasons, Reason.ALIAS, found.aliases.get(one.search_key, ()))
    if one.surname_key and one.born_on:
        _add(reasons, Reason.SURNAME, found.born(one.surname_key, one.born_on))
    if one.postcode:
        _add(reasons, Reason.ADDRESS, found.postcodes.get(one.postcode, ()))


def _add_birthdays(sought: Sought, found: Found, reasons: dict[int, set[Reason]]) -> None:
    days = {one.born_on for one in sought.people if one.born_on}
    for person, said in reasons.items():
        if person in found.people and found.people[person][1] in days:
            said.add(Reason.DATE_OF_BIRTH)


def _add(reasons: dict[int, set[Reason]], reason: Reason, people: Iterable[int]) -> None:
    for person in people:
        reasons[person].add(reason)
