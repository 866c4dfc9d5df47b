"""How far a figure goes: what it is at least and at most, and which may not pass which. Pure.

Each line keeps a promise of the code that reckons with it: nothing is divided by nothing, a graver
thing never counts for less, what is recorded never counts for nothing, and no feed brings whatever
it likes.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise

from rules.errors import Fault
from rules.ruleset import RuleSet

_SOURCES, _ASSESSMENTS = "123", "abcde"

#: Least and most of a figure, by its id or by how the ids of several begin.
REACH = {
    "indicator.points.": ("1", None),
    "indicator.reliability.": ("0.001", "1"),
    "indicator.factor.": ("0.5", "1.5"),
    "indicator.order.factor": ("1", None),
    "indicator.cap": ("1", None),
    "indicator.half_life.": ("1", None),
    "indicator.no_action.sample": ("1", "100"),
    "consistency.smallest_group": ("5", None),
    # A surge of less than twice the usual would hold a feed on any busy day, and one of a hundred
    # times lets anything through.
    "indicator.surge.factor": ("2", "100"),
    "indicator.surge.little": ("1", "1000"),
    "indicator.surge.look_back": ("7", "366"),
    "indicator.surge.least_days": ("1", None),
    "priority.ahead.share": (None, "100"),
}
#: Figures that other numbers are divided by.
ABOVE_NOTHING = ("caseload.capacity",)
#: How the ids of figures begin that are whole numbers: their points are added up as they stand.
WHOLE = (
    "priority.",
    "indicator.cap",
    "indicator.surge.little",
    "consistency.smallest_group",
)
#: Figures of which none is more than the next.
RISING = (
    *(
        tuple(f"{scale}.{step}" for step in steps.split())
        for scale, steps in (
            ("priority.level", "low medium high very_high"),
            ("priority.level", "high not_assessed"),
            ("priority", "soon.points late.least late.most"),
            ("indicator.points", "low medium high critical"),
            ("indicator.half_life", "short medium long"),
            ("indicator.surge", "least_days look_back"),
        )
    ),
    *(
        tuple(f"indicator.reliability.{source}{grade}" for grade in reversed(_ASSESSMENTS))
        for source in _SOURCES
    ),
    *(
        tuple(f"indicator.reliability.{source}{grade}" for source in reversed(_SOURCES))
        for grade in _ASSESSMENTS
    ),
)


def beyond(rules: RuleSet) -> Iterator[Fault]:
    """Each figure that goes too far, in the order of `rules`: `figure_shape`, once a figure."""
    values = {figure.id: figure.value for figure in rules.figures}
    too_much = dict(_passing(values))
    for name, value in values.items():
        said = _out_of_reach(name, value) or too_much.get(name)
        if said:
            yield Fault("figure_shape", name, said)


def _out_of_reach(name: str, value: Decimal) -> str | None:
    if name.startswith(WHOLE) and value % 1:
        return "It is a whole number."
    if name.startswith(ABOVE_NOTHING) and value <= 0:
        return "It is more than 0."
    for start, (least, most) in REACH.items():
        if not name.startswith(start):
            continue
        if least is not None and value < Decimal(least):
            return f"It is at least {least}."
        if most is not None and value > Decimal(most):
            return f"It is at most {most}."
    return None


def _passing(values: Mapping[str, Decimal]) -> Iterator[tuple[str, str]]:
    for rising in RISING:
        for lower, higher in pairwise(name for name in rising if name in values):
            if values[lower] > values[higher]:
                yield lower, f"It is not more than {higher}."
