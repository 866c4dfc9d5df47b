"""Whether people of different teams and characteristics are managed alike."""

import datetime as dt
from collections import defaultdict

from django.db.models import Exists, OuterRef, QuerySet

from accounts.actor import Actor
from accounts.policy import Action
from offenders.models import Offender
from offenders.models.offender import EthnicityOfficerDefined, EthnicitySelfDefined, Sex
from risk.models import LevelOverride
from rules import current
from rules.dates import whole_years
from workflows.consistency import Group, Judged, Measure, consistency, first_tenth
from workflows.models import Kind, Obligation, PriorityDisagreement
from workflows.queries.ranking import WORK, WORKED, Scale
from workflows.queries.sight import JOIN, Sight
from workflows.queries.sql import Clause, read
from workflows.queries.whole_force import OPEN

#: The last age of each band, years.
AGES = {17: "17 and under", 24: "18 to 24", 39: "25 to 39", 59: "40 to 59", 999: "60 and over"}
#: Disagreements of so many days count.
LOOK_BACK = dt.timedelta(days=365)
SMALLEST = "consistency.smallest_group"


def report(*, actor: Actor, today: dt.date) -> list[Group]:
    """Every group of each breakdown of the people in the actor's reach. Six statements.

    An inspector's counts everyone of the force: closed records are in the numbers, and nobody is
    named (PRACTICE 14). Groups that are too small are not told (figure SMALLEST).
    """
    people = Offender.objects.counted(actor, Action.CONSISTENCY_VIEW).managed()
    rows = people.order_by().values_list(
        "pk",
        "team__name",
        "sex",
        "date_of_birth",
        "ethnicity_self_defined",
        "ethnicity_officer_defined",
        *(_is_so(measure, today) for measure in SO),
    )
    found = list(rows)
    first = first_tenth(_places(actor, {row[0] for row in found}, today))
    least = int(current.in_force(today).figure(SMALLEST))
    return consistency([_judged(row, first, today) for row in found], least)


#: What of a person is so where a row is there.
SO = (Measure.VISIT_OVERDUE, Measure.OVERRIDE, Measure.DISAGREEMENT)


def _is_so(measure: Measure, today: dt.date) -> Exists:
    mine: dict[str, object] = {"offender": OuterRef("pk")}
    match measure:
        case Measure.VISIT_OVERDUE:
            rows: QuerySet[Obligation] | QuerySet[LevelOverride] | QuerySet[PriorityDisagreement]
            rows = Obligation.objects.filter(
                **mine, kind=Kind.HOME_VISIT, closed_at=None, due_on__lt=today
            )
        case Measure.OVERRIDE:
            rows = LevelOverride.objects.filter(**mine, ended_on=None)
        case _:
            rows = PriorityDisagreement.objects.filter(
                **mine, recorded_at__date__gt=today - LOOK_BACK
            )
    return Exists(rows)


def _judged(row: tuple, first: set[int], today: dt.date) -> Judged:
    key, team, sex, born_on, self_defined, officer_defined, *so = row
    measures = {measure for measure, is_so in zip(SO, so, strict=True) if is_so}
    if key in first:
        measures.add(Measure.FIRST_TENTH)
    groups = {
        "team": team,
        "sex": Sex(sex).label if sex else "Not recorded",
        "age": _age(born_on, today),
        "ethnicity_self_defined": _label(EthnicitySelfDefined, self_defined),
        "ethnicity_officer_defined": _label(EthnicityOfficerDefined, officer_defined),
    }
    return Judged(groups, frozenset(measures))


def _label(choices: type[EthnicitySelfDefined] | type[EthnicityOfficerDefined], code: str) -> str:
    return str(choices(code).label) if code else "Not recorded"


def _age(born_on: dt.date, today: dt.date) -> str:
    years = whole_years(born_on, today)
    return next(name for last, name in AGES.items() if years <= last)


def _places(actor: Actor, people: set[int], today: dt.date) -> dict[int, tuple[bool, int]]:
    """By person, how their most pressing task stands: (no critical one open, minus score)."""
    scale, sight = Scale(today), Sight(actor, today)
    weighed = sight.weighed
    statement = Clause(
        f"SELECT {WORK}, {weighed.sql} FROM workflows_task t"  # noqa: S608
        f" JOIN offenders_offender o ON o.id = t.offender_id{JOIN}"
        f" WHERE {OPEN} AND t.force_id = %s",
        (*weighed.params, actor.force_id),
    )
    rows = [row for row in read(statement) if row[-1] in people]
    wholes = sight.wholes([row[WORKED:] for row in rows])
    found: dict[int, list[tuple[bool, int]]] = defaultdict(list)
    for row, whole in zip(rows, wholes, strict=True):
        found[row[-1]].append(scale.place(0, row[:WORKED], whole)[:2])
    return {person: min(places) for person, places in found.items()}
