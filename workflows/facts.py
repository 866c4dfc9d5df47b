"""Reads the facts that decide what is owed, many people at a time.

A constant number of statements for each chunk, and plain tuples: one night reads everyone. Only
facts dated on or before `as_of` are read. No date rule is here: a latest date is the only thing
the database works out.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from offenders.models import (
    Address,
    LevelDecision,
    ManagementMode,
    ModeDecision,
    Notification,
    NotificationBasis,
    Offender,
    Order,
    StatusInterval,
)
from offenders.registration import Basis, HoldingOrder, Registration, registration
from risk.models import RiskAssessment
from rules import current
from rules.ruleset import RuleSet
from workflows.models import CaseAction, ReleaseCheck, Visit, VisitDirection
from workflows.obligations import (
    ActionRaised,
    Direction,
    Facts,
    LevelDecided,
    ModeDecided,
    ReleaseChecked,
    Stay,
)

__all__ = ["Facts", "registration_of", "stream"]

T = TypeVar("T")
Row = tuple[Any, ...]
#: What is known of each person, by id.
Known = dict[int, tuple[T, ...]]

#: People read together. SQLite takes 32,766 parameters, and a chunk's rows stay in memory.
CHUNK = 2000

#: Of a decision on the level, after its day.
LEVEL = ("id", "level", "origin")

#: Ids further apart than this, on average, are read one by one and not as a range.
SPARSE = 4


def stream(
    *,
    offender_ids: Iterable[int] | None = None,
    force_id: int | None = None,
    chunk: int = CHUNK,
    as_of: dt.date | None = None,
) -> Iterator[Facts]:
    """The facts about each person as at a London date (today), in ascending id.

    Everyone, one force, or exactly `offender_ids`.
    """
    day = as_of or timezone.localdate()
    for people in _chunks(_people(force_id, day), offender_ids, chunk):
        yield from _facts_of(people, day)


def facts_of(offender: Offender, *, as_of: dt.date | None = None) -> Facts:
    """The facts about one person."""
    [facts] = stream(offender_ids=[offender.pk], as_of=as_of)
    return facts


def registration_of(
    offender: Offender,
    *,
    today: dt.date,
    rules: RuleSet | None = None,
    orders: Iterable[Order] | None = None,
) -> Registration:
    """How long one person is registered, and why, as known today.

    One statement where the rules in force and all of the person's orders are at hand already.
    """
    if orders is None:
        orders = Order.objects.filter(offender=offender)
    holding = [
        HoldingOrder(order.made_on, order.kind, order.ends_on, order.discharged_on)
        for order in orders
        if order.kind in Order.HOLDS
    ]
    bases = _bases([offender.pk], today).get(offender.pk, ())
    known = rules or current.in_force(today)
    return registration(bases, holding, offender.date_of_birth, known, today)


def _chunks(
    people: QuerySet[Offender, Row], offender_ids: Iterable[int] | None, chunk: int
) -> Iterator[list[Row]]:
    """Rows of people in ascending id, `chunk` at a time."""
    if offender_ids is not None:
        ids = iter(sorted(set(offender_ids)))
        while wanted := list(islice(ids, chunk)):
            if rows := _plain(people.filter(pk__in=wanted)):
                yield rows
        return
    last_id = 0
    while rows := _plain(people.filter(pk__gt=last_id)[:chunk]):
        yield rows
        last_id = rows[-1][0]


def _people(force_id: int | None, day: dt.date) -> QuerySet[Offender, Row]:
    people = Offender.objects.order_by("pk")
    if force_id is not None:
        people = people.filter(force_id=force_id)
    return people.values_list(
        "pk",
        "force_id",
        "date_of_birth",
        "registration_ended_on",
        _latest(Notification.objects.filter(voided_at__isnull=True), "notified_on", day),
        _latest(
            Visit.objects.filter(
                voided_at__isnull=True,
                found_ineffective_at__isnull=True,
                outcome=Visit.Outcome.EFFECTIVE,
            ),
            "occurred_on",
            day,
        ),
        _latest(
            RiskAssessment.objects.filter(
                state__in=[RiskAssessment.State.IMPORTED, RiskAssessment.State.ENDORSED]
            ),
            "assessed_on",
            day,
        ),
        Exists(
            Address.objects.filter(
                Q(from_on__isnull=True) | Q(from_on__lte=day),
                Q(until_on__isnull=True) | Q(until_on__gt=day),
                offender_id=OuterRef("pk"),
                kind=Address.Kind.REGULARLY_FOUND,
            )
        ),
    )


def _latest(live: QuerySet[Any], dated: str, day: dt.date) -> Subquery:
    """The latest date of a person's live facts."""
    mine = live.filter(**{"offender_id": OuterRef("pk"), f"{dated}__lte": day})
    return Subquery(mine.order_by(f"-{dated}").values(dated)[:1])


def _facts_of(people: list[Row], day: dt.date) -> Iterator[Facts]:
    ids = [person[0] for person in people]

    def known(rows: QuerySet[Any], dated: str, make: Callable[[Row], T], *fields: str) -> Known[T]:
        return grouped(rows.filter(**{f"{dated}__lte": day}), ids, make, dated, *fields)

    bases = _bases(ids, day)
    orders = known(
        Order.objects.filter(kind__in=Order.HOLDS),
        "made_on",
        HoldingOrder._make,
        "kind",
        "ends_on",
        "discharged_on",
    )
    stays = known(
        StatusInterval.objects.all(),
        "from_on",
        Stay._make,
        "until_on",
        "status",
        "began_with_release",
        "release_expected_on",
        "taken_over_on",
        "release_expected_said_on",
    )
    levels = known(LevelDecision.objects.all(), "decided_on", LevelDecided._make, *LEVEL)
    # Someone who was never managed reactively is managed actively: most rows need no reading.
    ever = ModeDecision.objects.filter(
        offender_id=OuterRef("offender_id"), mode=ManagementMode.REACTIVE
    )
    modes = known(
        ModeDecision.objects.filter(Exists(ever)),
        "decided_on",
        ModeDecided._make,
        "id",
        "mode",
    )
    directions = known(
        VisitDirection.objects.filter(withdrawn_at__isnull=True),
        "given_on",
        Direction._make,
        "visit_by",
        "given_in__occurred_on",
    )
    checks = known(
        ReleaseCheck.objects.all(),
        "checked_on",
        ReleaseChecked._make,
        "id",
        "release_expected_on",
    )
    actions = known(
        CaseAction.objects.all(), "raised_on", ActionRaised._make, "id", "due_on", "finished_on"
    )
    for key, force_id, born, ended_on, notified_on, visited_on, assessed_on, is_found in people:
        yield Facts(
            offender_id=key,
            force_id=force_id,
            date_of_birth=born,
            bases=bases.get(key, ()),
            registration_ended_on=ended_on,
            orders=orders.get(key, ()),
            stays=stays.get(key, ()),
            levels=levels.get(key, ()),
            modes=modes.get(key, ()),
            directions=directions.get(key, ()),
            release_checks=checks.get(key, ()),
            last_notified_on=_date(notified_on),
            last_visited_on=_date(visited_on),
            last_assessed_on=_date(assessed_on),
            is_regularly_found=bool(is_found),
            case_actions=actions.get(key, ()),
        )


def _bases(ids: list[int], day: dt.date) -> Known[Basis]:
    """What registers `ids`, which ascend, as at `day`."""
    rows = NotificationBasis.objects.filter(relevant_date__lte=day)
    return grouped(rows, ids, Basis._make, "relevant_date", "disposal", "discharge_months")


def grouped(
    rows: QuerySet[Any], ids: list[int], make: Callable[[Row], T], *fields: str
) -> Known[T]:
    """Rows about `ids`, which ascend, by person. Ids close together are read as one range."""
    if not ids:
        return {}
    if ids[-1] - ids[0] < SPARSE * len(ids):
        rows = rows.filter(offender_id__gte=ids[0], offender_id__lte=ids[-1])
    else:
        rows = rows.filter(offender_id__in=ids)
    found: dict[int, tuple[T, ...]] = {}
    for row in _plain(rows.values_list("offender_id", *fields)):
        key, made = row[0], make(row[1:])
        found[key] = (*found[key], made) if key in found else (made,)
    return found


def _plain(rows: QuerySet[Any, Any]) -> list[Row]:
    """Rows as the driver gives them: Django's converters would take half of a night's reading."""
    statement, parameters = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


def _date(value: dt.date | str | None) -> dt.date | None:
    """SQLite knows the type of a column, but not of a subquery, which it gives as text."""
    return dt.date.fromisoformat(value) if isinstance(value, str) else value
