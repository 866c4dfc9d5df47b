"""What is on record under the names and numbers of indicators: set-based, for one or a thousand.

It looks at everyone of the force, whoever asks: whom an officer may see of those that are found
is asked when they are shown.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from typing import Any, TypeVar

from django.db.models import QuerySet, Value
from django.db.models.functions import Lower, Replace, Upper

from offenders.models import Address, Alias, Device, Identifier, Offender, OnlineAccount
from risk.models import IndicatorIdentifier, IndicatorSubject, MatchState
from workflows.matching import Found, Sought, account_key, device_key, postcode_key

Key = TypeVar("Key", bound=Hashable)


def find(force_id: int, wanted: Sequence[Sought]) -> Found:
    """Whoever of a force has one of the names or numbers wanted. Eight statements at most."""
    named = [one for each in wanted for one in each.people]
    names = {one.search_key for one in named if one.search_key}
    aliases = _aliases(force_id, names)
    references = _references(force_id, _all(each.references for each in wanted))
    devices = _devices(force_id, _all(each.devices for each in wanted))
    accounts = _accounts(force_id, _all(each.accounts for each in wanted))
    postcodes = _postcodes(force_id, {one.postcode for one in named if one.postcode})
    elsewhere = (aliases, references, devices, accounts, postcodes)
    known = {person for by_key in elsewhere for people in by_key.values() for person in people}
    birthdays = {one.born_on for one in named if one.born_on and one.surname_key}
    return Found(
        people=_people(force_id, names, birthdays, known),
        aliases=aliases,
        references=references,
        devices=devices,
        accounts=accounts,
        postcodes=postcodes,
    )


def rejected_before(
    sources: Collection[str], people: Collection[int], numbers: Collection[str]
) -> set[tuple[str, int, str]]:
    """(source, person, key) of what a source named, where it was not that person. Two statements.

    A key is a number or a name, folded, as the indicator kept it.
    """
    if not people or not numbers:
        return set()
    earlier = {
        "indicator__source__in": sources,
        "indicator__matches__offender__in": people,
        "indicator__matches__state": MatchState.REJECTED,
        # What only named officers know of is hinted at to nobody else.
        "indicator__is_restricted": False,
    }
    whom = ("indicator__source", "indicator__matches__offender_id")
    by_number = IndicatorIdentifier.objects.filter(key__in=numbers, **earlier)
    by_name = IndicatorSubject.objects.filter(search_key__in=numbers, **earlier)
    return {
        *by_number.values_list(*whom, "key"),
        *by_name.values_list(*whom, "search_key"),
    }


def _people(
    force_id: int, names: Collection[str], birthdays: Collection[dt.date], known: Collection[int]
) -> dict[int, tuple[str, dt.date]]:
    """Whoever has a wanted name or birthday, and whoever was found otherwise. Three statements."""
    rows: dict[int, tuple[str, dt.date]] = {}
    for wanted in ({"search_key__in": names}, {"date_of_birth__in": birthdays}, {"pk__in": known}):
        if all(wanted.values()):
            found = Offender.objects.filter(force_id=force_id, **wanted)
            for key, name, born_on in found.values_list("pk", "search_key", "date_of_birth"):
                rows[key] = (name, born_on)
    return rows


def _aliases(force_id: int, names: Collection[str]) -> dict[str, list[int]]:
    """By the name that is wanted. An alias is written in either order."""
    turned = {_turned(name): name for name in names}
    rows = Alias.objects.filter(offender__force_id=force_id, search_key__in={*names, *turned})
    found: dict[str, list[int]] = defaultdict(list)
    for key, person in rows.values_list("search_key", "offender_id") if names else ():
        found[key if key in names else turned[key]].append(person)
    return found


def _turned(name: str) -> str:
    """The surname of one word last: "nominal ann marie" as "ann marie nominal"."""
    surname, _, forenames = name.partition(" ")
    return f"{forenames} {surname}".strip()


def _references(force_id: int, numbers: Collection[str]) -> dict[str, list[int]]:
    """By the number, of another record or our own. One statement."""
    if not numbers:
        return {}
    elsewhere = Identifier.objects.filter(value__in=numbers, offender__force_id=force_id)
    ours = Offender.objects.alias(reference=Upper("source_ref")).filter(
        reference__in=numbers, force_id=force_id
    )
    rows = elsewhere.values_list("value", "offender_id").union(
        ours.values_list(Upper("source_ref"), "pk"), all=True
    )
    return _by_key(rows, lambda value: value)


def _devices(force_id: int, numbers: Collection[str]) -> dict[str, list[int]]:
    if not numbers:
        return {}
    plain = Lower(Replace(Replace("identifier", Value(" ")), Value("-")))
    rows = Device.objects.alias(plain=plain).filter(offender__force_id=force_id)
    listed = _keyed(rows, "identifier_key", numbers, "identifier", "offender_id")
    return _by_key(listed, device_key)


def _accounts(force_id: int, accounts: Collection[str]) -> dict[str, list[int]]:
    """By the account; an e-mail address is looked for with every service."""
    found: dict[str, list[int]] = defaultdict(list)
    if not accounts:
        return found
    names = {key.partition(":")[2] for key in accounts}
    rows = OnlineAccount.objects.alias(plain=Lower("user_name")).filter(offender__force_id=force_id)
    listed = _keyed(rows, "user_name_key", names, "service", "user_name", "offender_id")
    for service, user_name, person in listed:
        for key in (account_key(service, user_name), account_key("", user_name)):
            found[key].append(person)
    return found


def _postcodes(force_id: int, postcodes: Collection[str]) -> dict[str, list[int]]:
    """By postcode, whoever lives there now."""
    if not postcodes:
        return {}
    plain = Upper(Replace("postcode", Value(" ")))
    rows = Address.objects.alias(plain=plain).filter(until_on=None, offender__force_id=force_id)
    return _by_key(_keyed(rows, "postcode_key", postcodes, "postcode", "offender_id"), postcode_key)


def _keyed(
    rows: QuerySet[Any, Any], column: str, keys: Collection[str], *shown: str
) -> QuerySet[Any, Any]:
    """Rows with one of the keys, each an indexed read. One statement.

    A release before this one, which may still serve, leaves the key empty: those few are read by
    the same index and compared by what they say.
    """
    kept = rows.filter(**{f"{column}__in": keys}).values_list(*shown)
    without = rows.filter(**{f"{column}__isnull": True, "plain__in": keys}).values_list(*shown)
    return kept.union(without, all=True)


def _by_key(
    rows: Iterable[tuple[str, int]] | QuerySet[Any, Any], key: Callable[[str], str]
) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for value, person in rows:
        found[key(value)].append(person)
    return found


def _all(parts: Iterable[Collection[Key]]) -> set[Key]:
    return {key for part in parts for key in part}
