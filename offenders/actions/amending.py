"""Applying what another record says differently from last time, many people at a time.

One function for each part of a record, and only for the people in whom that part differs: what
officers changed here meanwhile stays. Nothing is taken away that protects: names, orders and
markers that officers added stay, and what was decided here is not overruled.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Max

from offenders.actions.intake import alias, identify, key_of, notification
from offenders.actions.restating import (
    restate_home,
    restate_markers,
    restate_order,
    restate_whereabouts,
)
from offenders.actions.restating_basis import restate_registered
from offenders.intake import Amendment, Remark
from offenders.models import (
    Alias,
    ConflictOfInterest,
    Identifier,
    LevelDecision,
    ManagementLevel,
    ModeDecision,
    Notification,
    Offender,
)
from offenders.models.management import DecisionOrigin
from offenders.names import fold_number

#: Fields of an intake that are columns of the person.
PARTICULARS = (
    "forename",
    "surname",
    "date_of_birth",
    "sex",
    "ethnicity_self_defined",
    "ethnicity_officer_defined",
    "mappa_category",
    "mappa_level",
    "team_id",
)
SAVED = (
    *PARTICULARS,
    "offender_manager_id",
    "search_key",
    "management_level",
    "management_mode",
    "registration_ended_on",
    "end_proposed_by",
    "end_endorsed_by",
    "end_endorsed_for",
    "version",
)

Amended = Sequence[Amendment]


def amend_people(amendments: Amended, *, on: dt.date) -> list[Remark]:
    """Apply what differs, as the records stood on `on`. The caller holds the people's locks.

    Notifications are not part of it: see `take_over_notifications`.
    """
    remarks: list[Remark] = []
    for part, amend in AMENDED_BY.items():
        if touched := [amendment for amendment in amendments if part in amendment.parts]:
            remarks += amend(touched, on)
    for amendment in amendments:
        _set_particulars(amendment)
        amendment.offender.version += 1
    Offender.objects.bulk_update([amendment.offender for amendment in amendments], SAVED)
    return remarks


def take_over_notifications(notified: Iterable[tuple[Offender, dt.date]]) -> set[int]:
    """Add each day that is later than the last one known. Returns the ids of those people."""
    days = {offender: day for offender, day in notified}
    live = Notification.objects.filter(offender__in=days, voided_at__isnull=True)
    latest = live.values("offender_id").annotate(latest=Max("notified_on"))
    known = dict(latest.values_list("offender_id", "latest"))
    later = [
        notification(offender, day)
        for offender, day in days.items()
        if offender.pk not in known or day > known[offender.pk]
    ]
    Notification.objects.bulk_create(later)
    return {row.offender_id for row in later}


def _set_particulars(amendment: Amendment) -> None:
    offender, after = amendment.offender, amendment.after
    for field in amendment.parts.intersection(PARTICULARS):
        value = getattr(after, field)
        # A first record takes nothing away by what it leaves empty: it never said it.
        if amendment.before is not None or value not in ("", None):
            setattr(offender, field, value)
    if amendment.parts & {"surname", "forename"}:
        offender.search_key = key_of(offender)


def _amend_manager(touched: Amended, on: dt.date) -> list[Remark]:
    """Give people to the officer named, unless the officer declared a conflict of interest.

    Where none is named any more the officer they have stays: a file leaves nobody unmanaged.
    """
    conflicts = set(
        ConflictOfInterest.objects.filter(
            offender__in=_ids(touched), withdrawn_at__isnull=True
        ).values_list("offender_id", "user_id")
    )
    remarks = []
    for amendment in touched:
        manager_id = amendment.after.offender_manager_id
        if (amendment.offender.pk, manager_id) in conflicts:
            remarks.append(Remark(amendment.after.source_ref, "manager_has_conflict"))
        elif manager_id is None:
            remarks.append(Remark(amendment.after.source_ref, "manager_not_named"))
        else:
            amendment.offender.offender_manager_id = manager_id
    return remarks


def _amend_aliases(touched: Amended, on: dt.date) -> list[Remark]:
    """Add names. One that is no longer stated was used all the same."""
    known = set(Alias.objects.filter(offender__in=_ids(touched)).values_list("offender_id", "name"))
    Alias.objects.bulk_create(
        alias(amendment.offender, name)
        for amendment in touched
        for name in amendment.after.aliases
        if (amendment.offender.pk, name) not in known
    )
    return []


def _amend_identifiers(touched: Amended, on: dt.date) -> list[Remark]:
    """Replace what the record said. An identifier of which it never spoke stays."""
    now = {amendment.offender.pk: amendment.after.identifiers for amendment in touched}
    said = {
        (amendment.offender.pk, kind)
        for amendment in touched
        if amendment.before
        for kind in amendment.before.identifiers
    }
    standing, gone = set(), []
    for row in Identifier.objects.filter(offender__in=now):
        kind = Identifier.Kind(row.kind)
        value = now[row.offender_id].get(kind)
        is_same = value is not None and fold_number(value) == row.value
        if is_same or (value is None and (row.offender_id, kind) not in said):
            standing.add((row.offender_id, kind))
        else:
            gone.append(row.pk)
    Identifier.objects.filter(pk__in=gone).delete()
    return identify(
        (amendment.offender, kind, value)
        for amendment in touched
        for kind, value in amendment.after.identifiers.items()
        if (amendment.offender.pk, kind) not in standing
    )


def _amend_level(touched: Amended, on: dt.date) -> list[Remark]:
    """Take over a later level. An empty cell says nothing and takes none away: `level_kept`."""
    stated, remarks = [], []
    for amendment in touched:
        after = amendment.after.management_level
        if after == ManagementLevel.NOT_ASSESSED != amendment.offender.management_level:
            remarks.append(Remark(amendment.offender.source_ref, "level_kept"))
        else:
            stated.append(amendment)
    return remarks + _amend_decision(LevelDecision, "level", stated, on)


def _amend_mode(touched: Amended, on: dt.date) -> list[Remark]:
    return _amend_decision(ModeDecision, "mode", touched, on)


def _amend_decision(
    decisions: type[LevelDecision] | type[ModeDecision], noun: str, touched: Amended, on: dt.date
) -> list[Remark]:
    """Take over a later decision. Where someone decided here, that stands, with a remark
    (`level_decided_here`, `mode_decided_here`): a file overrules no officer."""
    rows = decisions.objects.filter(offender__in=_ids(touched)).order_by("decided_on", "pk")
    made = list(rows.values_list("offender_id", "origin", "decided_on"))
    latest = {key: decided_on for key, _, decided_on in made}
    decided_here = {key for key, origin, _ in made if origin == DecisionOrigin.DECIDED}
    field = f"management_{noun}"
    taken: list[Any] = []
    remarks = []
    for amendment in touched:
        offender, value = amendment.offender, getattr(amendment.after, field)
        if getattr(offender, field) == value:
            continue
        if offender.pk in decided_here:
            remarks.append(Remark(amendment.after.source_ref, f"{noun}_decided_here"))
            continue
        setattr(offender, field, value)
        # An older extract read late must not come before what it overrules.
        decided_on = max(on, latest.get(offender.pk, on))
        taken.append(
            decisions(
                offender=offender,
                decided_on=decided_on,
                origin=DecisionOrigin.IMPORTED,
                **{noun: value},
            )
        )
    decisions.objects.bulk_create(taken)
    return remarks


def _ids(touched: Amended) -> list[int]:
    return [amendment.offender.pk for amendment in touched]


AMENDED_BY: Mapping[str, Callable[[Amended, dt.date], list[Remark]]] = {
    "offender_manager_id": _amend_manager,
    "aliases": _amend_aliases,
    "identifiers": _amend_identifiers,
    "management_level": _amend_level,
    "management_mode": _amend_mode,
    "home": restate_home,
    "registered": restate_registered,
    "whereabouts": restate_whereabouts,
    "order": restate_order,
    "markers": restate_markers,
}
