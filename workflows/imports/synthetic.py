"""A fictitious force of any size, in the format of an extract and the proportions of a real one.

The same seed gives the same rows. Nobody in it exists: surnames are put together from syllables,
postcodes use the area QX, and PNC IDs end in a letter that real ones leave out.
"""

import csv
import io
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import BinaryIO

from workflows.imports import invented
from workflows.imports.columns import COLUMNS
from workflows.imports.lives import DaysAgo, Life, draw_life, last_contacts, pick

#: Shares are cumulative. Level of those assessed: very high 2 %, high 18, medium 30, low 50, as
#: published for England and Wales in 2016.
LEVELS = (("very_high", 0.02), ("high", 0.20), ("medium", 0.50), ("low", 1.0))
SELF_DEFINED = (("W1", 0.70), ("", 0.82), ("A2", 0.85), ("B1", 0.88), ("W9", 0.92), ("NS", 1.0))
OFFICER_DEFINED = (("1", 0.70), ("", 0.80), ("4", 0.87), ("3", 0.94), ("9", 1.0))
MAPPA_LEVELS = (("1", 0.985), ("2", 0.997), ("3", 1.0))
MARKERS = ("AT", "DR", "MN", "SU", "VI", "WE")
#: Letters that the check character of a PNC ID never is.
NEVER_A_CHECK_LETTER = "IOS"

WOMEN = 0.015
WITH_ALIAS = 0.14
WITH_MARKERS = 0.38
WITH_SHPO = 0.45
SHPO_UNTIL_FURTHER_ORDER = 0.25
REGULARLY_FOUND = 0.02
#: Of those who may be: low, without an order, three years on the register.
REACTIVE = 0.18
REACTIVE_AFTER = 3 * 365
OFFICERS_PER_TEAM = 8
#: Beyond this many people the references of other systems would repeat.
MOST_OFFENDERS = 10_000_000


def rows(
    *,
    offenders: int,
    seed: int,
    as_of: date,
    teams: Sequence[str] | None = None,
    officers_per: int = 60,
) -> Iterator[dict[str, str]]:
    """Yield one row a person as they stand on `as_of`.

    Each officer has about `officers_per` people and each team about eight officers, unless
    `teams` names the teams.
    """
    officers = max(1, round(offenders / officers_per))
    names = teams or invented.teams(max(1, round(officers / OFFICERS_PER_TEAM)))
    chance = random.Random(seed)  # noqa: S311 - must repeat, guards nothing
    written = DaysAgo(as_of)
    for number in range(1, offenders + 1):
        officer = int(chance.random() * officers)
        team = officer % len(names)
        yield {
            **_references(number, seed),
            **_identity(chance),
            **_circumstances(chance, written),
            **invented.address(team, chance),
            "team": names[team],
            "offender_manager": f"{names[team][:2].upper()}{officer + 1:04d}",
        }


def write_csv(file: BinaryIO, people: Iterable[Mapping[str, str]]) -> int:
    """Write rows as an extract, UTF-8 with LF. Returns how many."""
    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    count = 0
    for count, person in enumerate(people, start=1):  # noqa: B007 - read after the loop
        writer.writerow([person[column] for column in COLUMNS])
    text.detach()  # flushes, and leaves the file open to its owner
    return count


def _references(number: int, seed: int) -> dict[str, str]:
    """Number a person in three systems, each number used once."""
    # The factor shares no divisor with the limit, so no number comes twice below it.
    serial = (number * 7_654_321 + seed) % MOST_OFFENDERS
    letter = NEVER_A_CHECK_LETTER[serial % len(NEVER_A_CHECK_LETTER)]
    return {
        "source_ref": f"SF{number:06d}",
        "visor_ref": f"{serial // 1_000_000 + 10}/{serial % 1_000_000:06d}",
        "pnc_id": f"{2001 + serial % 25}/{serial:07d}{letter}",
    }


def _identity(chance: random.Random) -> dict[str, str]:
    sex = "F" if chance.random() < WOMEN else "M"
    has_alias = chance.random() < WITH_ALIAS
    return {
        "sex": sex,
        "forename": invented.forename(chance, sex),
        "surname": invented.surname(chance),
        "aliases": (
            f"{invented.forename(chance, sex)} {invented.surname(chance)}" if has_alias else ""
        ),
        "ethnicity_self_defined": pick(chance, SELF_DEFINED),
        "ethnicity_officer_defined": pick(chance, OFFICER_DEFINED),
        "warning_markers": _markers(chance),
    }


def _markers(chance: random.Random) -> str:
    if chance.random() >= WITH_MARKERS:
        return ""
    return ";".join(
        {invented.one_of(chance, MARKERS): None, invented.one_of(chance, MARKERS): None}
    )


def _circumstances(chance: random.Random, written: DaysAgo) -> dict[str, str]:
    """How a person stands: what registered them, where they are, how they are managed."""
    life = draw_life(chance)
    level = "" if life.is_new else pick(chance, LEVELS)
    has_shpo = chance.random() < WITH_SHPO
    is_found = chance.random() < REGULARLY_FOUND
    is_reactive = _may_be_reactive(life, level, has_shpo) and chance.random() < REACTIVE
    return {
        "date_of_birth": written[life.relevant + life.age],
        "basis": life.basis,
        "relevant_date": written[life.relevant],
        "released_on": written[life.released],
        "status": life.status,
        "status_since": written[life.since],
        "management_level": level,
        "management_mode": "reactive" if is_reactive else "active",
        "mappa_category": "1",
        "mappa_level": pick(chance, MAPPA_LEVELS),
        "address_kind": "regularly_found" if is_found else "main_residence",
        **_order(chance, life, written, has_shpo=has_shpo),
        **{
            column: written[days]
            for column, days in last_contacts(chance, life, level, is_found=is_found).items()
        },
    }


def _may_be_reactive(life: Life, level: str, has_shpo: bool) -> bool:
    return level == "low" and not has_shpo and life.relevant > REACTIVE_AFTER


def _order(
    chance: random.Random, life: Life, written: DaysAgo, *, has_shpo: bool
) -> dict[str, str]:
    """Draw a sexual harm prevention order made with the sentence, for five to ten years."""
    if not has_shpo:
        return {"order_kind": "", "order_made_on": "", "order_ends_on": ""}
    years = 5 + int(chance.random() * 6)
    ends = life.relevant - int(years * 365.25)
    is_open = chance.random() < SHPO_UNTIL_FURTHER_ORDER
    return {
        "order_kind": "shpo",
        "order_made_on": written[life.relevant],
        "order_ends_on": "" if is_open else written[ends],
    }
