"""Registering people whom we take over from another record, many at a time.

A constant number of statements for each batch. Every row is marked as taken over: we did not
decide, see or check what it says.
"""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db.models import Q

from accounts.models import Force
from offenders.intake import Intake, Remark, intervals
from offenders.models import (
    Address,
    Alias,
    Identifier,
    LevelDecision,
    ManagementLevel,
    ManagementMode,
    ModeDecision,
    Notification,
    NotificationBasis,
    Offender,
    Order,
    StatusInterval,
    WarningMarker,
)
from offenders.models.management import DecisionOrigin
from offenders.names import fold, fold_number, fold_postcode, search_key

#: Length of `Alias.search_key` and `Offender.search_key`; folding can lengthen a name.
LONGEST_KEY = 210

Taken = tuple[Offender, Intake]
Wanted = tuple[Offender, Identifier.Kind, str]


def register_people(
    intakes: Sequence[Intake], *, force: Force, on: dt.date
) -> tuple[list[Offender], list[Remark]]:
    """Register new people with their facts, as their records stood on `on`. Returns them in order.

    An identifier that someone else holds already is left out, with the remark
    `identifier_taken`; the person is registered all the same.
    """
    offenders = Offender.objects.bulk_create([_offender(intake, force) for intake in intakes])
    people = list(zip(offenders, intakes, strict=True))
    Alias.objects.bulk_create(
        alias(offender, name) for offender, intake in people for name in intake.aliases
    )
    Address.objects.bulk_create(
        address(offender, intake) for offender, intake in people if intake.home.is_stated
    )
    NotificationBasis.objects.bulk_create(
        NotificationBasis(offender=offender, **intake.registered._asdict())
        for offender, intake in people
    )
    StatusInterval.objects.bulk_create(
        StatusInterval(offender=offender, taken_over_on=on, **interval._asdict())
        for offender, intake in people
        for interval in intervals(intake)
    )
    _take_over_decisions(people, on)
    Order.objects.bulk_create(
        Order(offender=offender, **intake.order._asdict())
        for offender, intake in people
        if intake.order
    )
    WarningMarker.objects.bulk_create(
        WarningMarker(offender=offender, code=code)
        for offender, intake in people
        for code in intake.markers
    )
    remarks = identify(
        (offender, kind, value)
        for offender, intake in people
        for kind, value in intake.identifiers.items()
    )
    return offenders, remarks


def identify(wanted: Iterable[Wanted]) -> list[Remark]:
    """Add identifiers of people who have none of that kind, in capitals (`fold_number`).

    The first to come keeps one.
    """
    wanted = [(offender, kind, fold_number(value)) for offender, kind, value in wanted]
    taken = held((kind, value) for _, kind, value in wanted)
    free, remarks = [], []
    for offender, kind, value in wanted:
        if (kind, value) in taken:
            remarks.append(Remark(offender.source_ref, "identifier_taken"))
            continue
        taken.add((kind, value))
        free.append(Identifier(offender=offender, kind=kind, value=value))
    Identifier.objects.bulk_create(free)
    return remarks


def held(wanted: Iterable[tuple[Identifier.Kind, str]]) -> set[tuple[str, str]]:
    """Which of these identifiers somebody holds, in any force."""
    by_kind: dict[str, list[str]] = {}
    for kind, value in wanted:
        by_kind.setdefault(kind, []).append(value)
    if not by_kind:
        return set()
    either = Q()
    for known_kind, values in by_kind.items():
        either |= Q(kind=known_kind, value__in=values)
    return set(Identifier.objects.filter(either).values_list("kind", "value"))


def alias(offender: Offender, name: str) -> Alias:
    """Another name, findable."""
    return Alias(offender=offender, name=name, search_key=fold(name)[:LONGEST_KEY])


def address(offender: Offender, intake: Intake, *, from_on: dt.date | None = None) -> Address:
    """The home address that the record states. Since when, a first record does not say."""
    key = fold_postcode(intake.home.postcode)
    return Address(offender=offender, from_on=from_on, postcode_key=key, **intake.home._asdict())


def notification(offender: Offender, notified_on: dt.date) -> Notification:
    """An occasion of which the record says no more than the day."""
    return Notification(
        offender=offender,
        kind=Notification.Kind.PERIODIC,
        notified_on=notified_on,
        origin=Notification.Origin.IMPORTED,
    )


def key_of(person: Intake | Offender) -> str:
    """What the person is found by."""
    return search_key(person.surname, person.forename)[:LONGEST_KEY]


def _offender(intake: Intake, force: Force) -> Offender:
    return Offender(
        force=force,
        team_id=intake.team_id,
        offender_manager_id=intake.offender_manager_id,
        source_ref=intake.source_ref,
        forename=intake.forename,
        surname=intake.surname,
        search_key=key_of(intake),
        date_of_birth=intake.date_of_birth,
        sex=intake.sex,
        ethnicity_self_defined=intake.ethnicity_self_defined,
        ethnicity_officer_defined=intake.ethnicity_officer_defined,
        management_level=intake.management_level,
        management_mode=intake.management_mode,
        mappa_category=intake.mappa_category,
        mappa_level=intake.mappa_level,
    )


def _take_over_decisions(people: Sequence[Taken], on: dt.date) -> None:
    """Keep the level and mode as decisions. Not assessed, and active, are no decision."""
    LevelDecision.objects.bulk_create(
        LevelDecision(
            offender=offender,
            level=intake.management_level,
            decided_on=on,
            origin=DecisionOrigin.IMPORTED,
        )
        for offender, intake in people
        if intake.management_level != ManagementLevel.NOT_ASSESSED
    )
    ModeDecision.objects.bulk_create(
        ModeDecision(
            offender=offender,
            mode=intake.management_mode,
            decided_on=on,
            origin=DecisionOrigin.IMPORTED,
        )
        for offender, intake in people
        if intake.management_mode != ManagementMode.ACTIVE
    )
