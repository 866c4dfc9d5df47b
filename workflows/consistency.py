"""Whether people of different teams and characteristics are managed alike. Pure.

It shows where groups differ and never why: older people may well be on lower levels. Nothing
follows from it by itself (DPA 2018 ss.50A-50D; Equality Act 2010 s.149).
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from risk.precision import wilson
from workflows.suppression import hidden, is_telling


class Measure(StrEnum):
    """What is counted of the people of a group."""

    #: Among the first tenth by priority of everyone looked at.
    FIRST_TENTH = "first_tenth"
    #: Their home visit is past its day.
    VISIT_OVERDUE = "visit_overdue"
    #: A level stands that is not the priority of the tool.
    OVERRIDE = "override"
    #: An officer said that a task of theirs stands in the wrong place.
    DISAGREEMENT = "disagreement"


class Judged(NamedTuple):
    """One person: the group they are in by breakdown, and what is so of them."""

    groups: Mapping[str, str]
    measures: frozenset[Measure]


class Part(NamedTuple):
    """How many of a group. `number` None: too few, or nearly all, to be told.

    `is_apart`: the 95 per cent interval of the share does not hold that of everyone.
    """

    number: int | None
    is_apart: bool


class Group(NamedTuple):
    """One group of a breakdown. `people` None, and no parts: it is too small to be told."""

    breakdown: str
    name: str
    people: int | None
    parts: Mapping[Measure, Part]


def first_tenth(places: Mapping[int, tuple[bool, int]]) -> set[int]:
    """Who of everyone is among the first tenth, by person: (no critical one open, minus score).

    Of several at its end that stand alike, all or none would be wrong: all are taken.
    """
    if not places:
        return set()
    ordered = sorted(places.values())
    last = ordered[(len(ordered) + 9) // 10 - 1]
    return {person for person, place in places.items() if place <= last}


def consistency(people: Collection[Judged], least: int) -> list[Group]:
    """Every group of each breakdown, by name. `least`: people of the smallest that is told."""
    whole = Counter(measure for one in people for measure in one.measures)
    breakdowns = dict.fromkeys(name for one in people for name in one.groups)
    return [group for breakdown in breakdowns for group in _groups(breakdown, people, whole, least)]


def _groups(
    breakdown: str, people: Collection[Judged], whole: Counter[Measure], least: int
) -> Iterator[Group]:
    sizes: Counter[str] = Counter()
    counts: dict[str, Counter[Measure]] = {}
    for one in people:
        name = one.groups[breakdown]
        sizes[name] += 1
        counts.setdefault(name, Counter()).update(one.measures)
    untold = hidden(sizes, least)
    kept_back = {
        measure: _kept_back({name: counts[name][measure] for name in sizes}, sizes, untold, least)
        for measure in Measure
    }
    for name, size in sorted(sizes.items()):
        if name in untold:
            yield Group(breakdown, name, None, {})
            continue
        parts = {
            measure: Part(None, False)
            if name in kept_back[measure]
            else _part(counts[name][measure], size, whole[measure] / len(people))
            for measure in Measure
        }
        yield Group(breakdown, name, size, parts)


def _kept_back(
    numbers: Mapping[str, int], sizes: Mapping[str, int], untold: Collection[str], least: int
) -> set[str]:
    """The groups whose number is not told: telling ones, and with one alone the next smallest.

    Another breakdown may tell the number of everyone; less the others it would tell the one, or how
    few of it are left.
    """
    found = {name for name in numbers if is_telling(numbers[name], sizes[name], least)}
    found |= set(untold)
    for count in (numbers, {name: sizes[name] - number for name, number in numbers.items()}):
        others = sorted((count[name], name) for name in set(numbers) - found)
        if others and 0 < sum(count[name] for name in found) < least:
            found.add(others[0][1])
    return found


def _part(number: int, size: int, overall: float) -> Part:
    low, high = wilson(number, size)
    return Part(number, not low <= overall <= high)
