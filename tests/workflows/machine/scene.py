"""The force in which the machine acts: two teams, their officers, and a handful of people."""

import copy
import datetime as dt
import io
from dataclasses import dataclass, field
from uuid import UUID

from django.utils import timezone

from accounts.actor import Actor
from accounts.models import Role, User
from offenders.models import Offender
from tests import make
from tests.rules.by_hand import days_after, months_after
from tests.workflows import planning
from tests.workflows.machine.life import Life, Plan, Stay
from workflows.actions import imports
from workflows.imports.synthetic import write_csv
from workflows.models import ImportJob

FIRST_DAY = dt.date(2026, 11, 23)
MORNING = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)

#: Who is in the first extract, each in another position: visited and level, never seen, held by an
#: order, soon past their period, away, missing.
PEOPLE: list[dict[str, object]] = [
    {"management_level": "medium"},
    {
        "management_level": "high",
        "address_kind": "regularly_found",
        "relevant_date": "2026-11-10",
        "last_notification_on": None,
        "last_effective_visit_on": None,
        "last_assessment_on": None,
    },
    {"basis": "caution", "relevant_date": "2025-02-10", "management_level": "low"},
    {
        "management_level": "",
        "basis": "caution",
        "relevant_date": "2024-11-01",
        "order_kind": "shpo",
        "order_made_on": "2024-11-01",
        "order_ends_on": "2027-02-01",
        "status": "custody",
        "status_since": "2026-10-01",
    },
    {"management_level": "very_high", "released_on": "2026-10-20", "offender_manager": ""},
    {"management_level": "low"},
    {"management_level": "medium", "status": "missing", "status_since": "2026-10-15"},
]
#: By their place in it.
VISITED, IN_CUSTODY, MISSING = 0, 3, 6
#: Who has been low for years, which no extract can say: the one who could be managed reactively.
SETTLED, LOW_ON = 5, dt.date(2020, 1, 10)

#: Who has a plan from the first day, and how often it has them visited.
PLANNED = {0: "4m", 2: "9m", SETTLED: "level"}


@dataclass
class Move:
    """A reassignment: when, and who went from whom to whom, by their numbers."""

    public_id: UUID
    at: dt.datetime
    who: dict[int, tuple[str, str]]
    undone: bool = False


@dataclass
class Scene:
    """The officers by name, and each person's key, row of the extract and life."""

    officers: dict[str, User]
    rows: list[dict[str, str]]
    keys: list[int]
    lives: list[Life]
    moves: list[Move] = field(default_factory=list)
    #: The events that each Idempotency-Key brought about.
    kept: dict[str, list[int]] = field(default_factory=dict)

    def actor(self, name: str) -> Actor:
        """An officer as `by=` takes them."""
        return Actor.of_user(self.officers[name])

    def team_of(self, name: str) -> str:
        """The team of an officer, "a" or "b"; people nobody manages are of the first."""
        return name[:1] or "a"

    def person(self, number: int) -> Offender:
        """One person as the database has them."""
        return Offender.objects.get(pk=self.keys[number])

    def copied(self) -> "Scene":
        """A scene of one's own to change."""
        return Scene(
            self.officers,
            copy.deepcopy(self.rows),
            self.keys,
            copy.deepcopy(self.lives),
            copy.deepcopy(self.moves),
            dict(self.kept),
        )


def set_up() -> Scene:
    """Make the force and hand in its first extract, on the first day."""
    force = make.force()
    teams = {name: make.team(in_force=force) for name in "ab"}
    officers = {
        f"{team}{number}": make.officer(team=teams[team]) for team in "ab" for number in (1, 2)
    }
    officers |= {f"{team}s": make.officer(Role.SUPERVISOR, team=teams[team]) for team in "ab"}
    officers["inspector"] = make.officer(Role.INSPECTOR, force=force)
    rows = [
        make.extract_row(
            **{
                "team": teams["a"].name,
                "offender_manager": officers["a1" if n % 2 else "a2"].staff_number,
            }
            | facts
        )
        for n, facts in enumerate(PEOPLE)
    ]
    hand_in(officers["a1"], rows)
    found = dict(Offender.objects.filter(force=force).values_list("source_ref", "pk"))
    lives = [_life(row, n) for n, row in enumerate(rows)]
    scene = Scene(officers, rows, [found[row["source_ref"]] for row in rows], lives)
    for number, every in PLANNED.items():
        _plan(scene, number, every)
    scene.person(SETTLED).levels.update(decided_on=LOW_ON)
    scene.lives[SETTLED].levels = [(LOW_ON, "low", True)]
    return scene


def _plan(scene: Scene, number: int, every: str) -> None:
    """An assessment and a plan in force, both of the first day."""
    person, life = scene.person(number), scene.lives[number]
    supervisor = scene.officers["as"]
    planning.assessed(person, supervisor=supervisor, level=life.level)
    planning.agreed(person, supervisor, visit_every=every)
    newest = person.assessments.latest("pk").pk
    life.assessed.append(FIRST_DAY)
    life.priorities[FIRST_DAY] = life.level
    life.endorsed.append((FIRST_DAY, newest))
    life.handed_in.append(FIRST_DAY)
    life.plans.append(Plan(FIRST_DAY, every, newest, FIRST_DAY, life.level))


def hand_in(someone: User, rows: list[dict[str, str]]) -> ImportJob:
    """The force's other system states these people as of today."""
    file = io.BytesIO()
    write_csv(file, rows)
    file.seek(0)
    today = timezone.localdate()
    return imports.import_file(
        by=make.SETUP, force=someone.force, file=file, name="extract.csv", as_of=today
    )


def day_of(cell: str) -> dt.date | None:
    """A date of a row, or None where it states none."""
    return dt.date.fromisoformat(cell) if cell else None


def _life(row: dict[str, str], number: int) -> Life:
    relevant_date = dt.date.fromisoformat(row["relevant_date"])
    # A caution registers for two years, the last day being the day before the anniversary.
    is_caution = row["basis"] == "caution"
    ends_on = days_after(months_after(relevant_date, 24), -1) if is_caution else None
    released, since = day_of(row["released_on"]), day_of(row["status_since"])
    stays = [Stay("community", released or relevant_date, since, released=released is not None)]
    if since:
        stays.append(Stay(row["status"], since, taken_over=FIRST_DAY))
    life = Life(
        relevant_date=relevant_date,
        period_ends_on=ends_on,
        no_fixed_abode=row["address_kind"] == "regularly_found",
        stays=stays,
        manager=("a1" if number % 2 else "a2") if row["offender_manager"] else "",
        seen_on=FIRST_DAY,
    )
    if row["management_level"]:
        life.levels.append((FIRST_DAY, row["management_level"], True))
    if row["order_made_on"]:
        life.orders[dt.date.fromisoformat(row["order_made_on"])] = day_of(row["order_ends_on"])
    take_over_history(life, row)
    return life


def take_over_history(life: Life, row: dict[str, str]) -> None:
    """What a row says of visits, assessments and notifications, where it is news."""
    visited = day_of(row["last_effective_visit_on"])
    if visited and (life.last_visit is None or visited > life.last_visit):
        life.visits.append((visited, 0))
    assessed = day_of(row["last_assessment_on"])
    if assessed and (not life.assessed or assessed > max(life.assessed)):
        life.assessed.append(assessed)
        life.priorities[assessed] = ""
    notified = day_of(row["last_notification_on"])
    if notified and (life.last_notified is None or notified > life.last_notified):
        life.notified.append((notified, 0))
