"""A fictitious country of any size, written straight into the project's own tables.

Sixty people an officer, ten officers a team, a seventh of everyone in the first force and the
rest spread over 42 more. Facts only: what is owed comes from the project's own sweep, which is
what is measured first. Seeded, so that every run sees the same people.
"""

import datetime as dt
import random
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from accounts.models import Force, Role, Team, User
from offenders.models import (
    Address,
    LevelDecision,
    ModeDecision,
    Notification,
    NotificationBasis,
    Offender,
    StatusInterval,
)
from risk.models import RiskAssessment
from workflows.models import Obligation, Process, Task, Visit

SEED = 20261123
PEOPLE_OF_OFFICER, OFFICERS_OF_TEAM, FORCES = 60, 10, 43
#: Shares of the management levels, percent, and each one's visit interval, days.
LEVELS = {"very_high": (2, 30), "high": (18, 91), "medium": (40, 182), "low": (40, 365)}
#: How far past its interval a visit may be: one in fifteen or so is overdue.
LATEST = 1.07
ONE_DAY = dt.timedelta(days=1)
#: Days on which somebody of them was born: 55 years.
BIRTHDAYS = 20_089


@dataclass(frozen=True, slots=True)
class Country:
    """What was written, and whose lists are asked for."""

    people: int
    today: dt.date
    officer: User
    inspector: User


def populate(people: int) -> Country:
    """Write `people` people, their officers and their facts."""
    today = timezone.localdate()
    officers = -(-people // PEOPLE_OF_OFFICER)
    teams = -(-officers // OFFICERS_OF_TEAM)
    load(Force, ("id", "code", "name"), ((k, f"B{k}", f"Force {k}") for k in range(1, FORCES + 1)))
    load(
        Team,
        ("id", "force_id", "name"),
        ((k, _force(k, teams), f"Team {k}") for k in range(1, teams + 1)),
    )
    load(User, USER, _users(officers, teams))
    load(Offender, OFFENDER, _offenders(people, teams))
    for model, columns, rows in _facts(people, today):
        load(model, columns, rows)
    settle()
    officer = User.objects.get(username="officer1")
    inspector = User.objects.create(
        username="inspector",
        role=Role.INSPECTOR,
        force_id=officer.force_id,
        staff_number="I1",
        vetting_expires_on=today + 999 * ONE_DAY,
    )
    return Country(people, today, officer, inspector)


def add_history() -> None:
    """A finished piece of work for each open one: what the partial indexes must keep out."""
    now = timezone.now()
    shift = Process.objects.order_by("-pk").values_list("pk", flat=True)[0]
    done = {"status": "'DONE'", "finished": "%s"}
    _copy(Obligation, {"closed_at": "%s", "closed_because": "'done'"}, [now])
    _copy(Process, done | {"id": f"id + {shift}", "obligation_id": "NULL"}, [now])
    _copy(Task, done | {"process_id": f"process_id + {shift}"}, [now])
    settle()


def settle() -> None:
    """Bring sequences and statistics up to date, as autovacuum would."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET statement_timeout = 0")
            for model in (Force, Team, User, Offender, Process):
                table = model._meta.db_table
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"
                )
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def load(model: type[models.Model], columns: tuple[str, ...], rows: Iterable[tuple]) -> None:
    """Insert rows in bulk. Columns that are not given get the model's own default."""
    given = [field for field in model._meta.concrete_fields if field.column in columns]
    order = [columns.index(field.column) for field in given]
    others = [
        field
        for field in model._meta.concrete_fields
        if field.column not in columns
        and not isinstance(field, models.AutoField)
        and not field.has_db_default()
    ]
    constant = [_default(field) for field in others]
    is_uuid = [isinstance(field, models.UUIDField) for field in others]
    names = [field.column for field in (*given, *others)]

    def whole() -> Iterator[tuple]:
        for row in rows:
            rest = (
                _uuid() if unique else value
                for value, unique in zip(constant, is_uuid, strict=True)
            )
            yield (*(row[position] for position in order), *rest)

    _insert(model._meta.db_table, names, whole())


def _insert(table: str, names: list[str], rows: Iterator[tuple]) -> None:
    columns = ", ".join(names)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(names))
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)


def _copy(model: type[models.Model], changed: dict[str, str], params: list[Any]) -> None:
    """Insert every row again, with some columns changed."""
    fresh = (
        "gen_random_uuid()" if connection.vendor == "postgresql" else "lower(hex(randomblob(16)))"
    )
    columns = [
        field.column
        for field in model._meta.concrete_fields
        if not field.primary_key or field.column in changed
    ]
    picked = [changed.get(name, fresh if name == "public_id" else name) for name in columns]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({', '.join(columns)})"
            f" SELECT {', '.join(picked)} FROM {model._meta.db_table}",
            params,
        )


def _default(field: models.Field) -> Any:
    if isinstance(field, models.JSONField):
        return "[]" if field.default is list else "{}"
    return field.get_default()


def _uuid() -> uuid.UUID | str:
    made = uuid.uuid4()
    return made if connection.features.has_native_uuid_field else made.hex


def _force(team: int, teams: int) -> int:
    first = -(-teams // 7)
    return 1 if team <= first else 2 + (team - first - 1) % (FORCES - 1)


USER = (
    "id",
    "username",
    "password",
    "role",
    "force_id",
    "team_id",
    "staff_number",
    "vetting_expires_on",
    "first_name",
    "last_name",
)


def _users(officers: int, teams: int) -> Iterator[tuple]:
    vetted = timezone.localdate() + 999 * ONE_DAY
    for key in range(1, officers + 1):
        team = 1 + (key - 1) // OFFICERS_OF_TEAM
        number = f"N{key:06}"
        role = Role.OFFENDER_MANAGER.value
        force = _force(team, teams)
        yield key, f"officer{key}", "!", role, force, team, number, vetted, "Sam", f"Officer{key}"


OFFENDER = (
    "id",
    "force_id",
    "team_id",
    "offender_manager_id",
    "source_ref",
    "forename",
    "surname",
    "search_key",
    "date_of_birth",
    "sex",
    "management_level",
)


def level_of(key: int) -> str:
    """The level of one person, by the shares."""
    return random.Random(SEED + key).choices(list(LEVELS), [share for share, _ in LEVELS.values()])[
        0
    ]


def _offenders(people: int, teams: int) -> Iterator[tuple]:
    for key in range(1, people + 1):
        officer = 1 + (key - 1) // PEOPLE_OF_OFFICER
        team = 1 + (officer - 1) // OFFICERS_OF_TEAM
        born = dt.date(1945, 1, 1) + (key * 7919 % BIRTHDAYS) * ONE_DAY
        force, reference, surname = _force(team, teams), f"R{key:07}", f"Nominal{key % 99_991}"
        folded = f"{surname.lower()} test"
        yield (
            *(key, force, team, officer, reference, "Test", surname, folded, born, "M"),
            level_of(key),
        )


def _facts(people: int, today: dt.date) -> list[tuple[type[models.Model], tuple[str, ...], Any]]:
    """Each table of facts with its columns and rows."""
    keys = range(1, people + 1)
    draw = random.Random(SEED)
    begun = {key: today - draw.randrange(400, 3000) * ONE_DAY for key in keys}

    def ago(most: float) -> dt.date:
        return today - int(draw.random() * most) * ONE_DAY

    visits = ((k, ago(LATEST * LEVELS[level_of(k)][1]), "effective", "imported") for k in keys)
    assessed = ((k, "structured_judgement", "imported", ago(LATEST * 365), "medium") for k in keys)
    notified = ((k, "periodic", ago(LATEST * 365), "imported") for k in keys)
    homes = ((k, "main_residence", "1 Example Row", "Tean", f"QX{k % 90 + 1} 1AA") for k in keys)
    return [
        (
            NotificationBasis,
            ("offender_id", "disposal", "relevant_date"),
            ((k, "life_or_ipp_or_30m_plus", begun[k]) for k in keys),
        ),
        (
            StatusInterval,
            ("offender_id", "status", "from_on"),
            ((k, "custody" if k % 33 == 0 else "community", begun[k]) for k in keys),
        ),
        (
            LevelDecision,
            ("offender_id", "level", "decided_on", "origin"),
            ((k, level_of(k), begun[k], "imported") for k in keys),
        ),
        (
            ModeDecision,
            ("offender_id", "mode", "decided_on", "origin"),
            ((k, "active", begun[k], "imported") for k in keys),
        ),
        (Visit, ("offender_id", "occurred_on", "outcome", "origin"), visits),
        (
            RiskAssessment,
            ("offender_id", "tool", "state", "assessed_on", "priority"),
            assessed,
        ),
        (Notification, ("offender_id", "kind", "notified_on", "origin"), notified),
        (Address, ("offender_id", "kind", "line_1", "town", "postcode"), homes),
    ]


def visits_of_a_day(people: int, on: dt.date) -> list[int]:
    """Effective visits to one person in 250, recorded by nobody's act: a night's work."""
    draw = random.Random(f"{SEED} {on}")
    seen = sorted(draw.sample(range(1, people + 1), max(1, people // 250)))
    load(
        Visit,
        ("offender_id", "occurred_on", "outcome", "origin"),
        ((key, on, "effective", "imported") for key in seen),
    )
    return seen
