"""Restating dated facts as another record now has them: intervals are closed, not rewritten."""

import datetime as dt
from collections.abc import Sequence

from offenders.actions.intake import address
from offenders.actions.status import DETAINED
from offenders.intake import Amendment, Home, Remark, Whereabouts
from offenders.models import (
    Address,
    Order,
    Status,
    StatusInterval,
    WarningMarker,
)
from offenders.names import fold_postcode

Amended = Sequence[Amendment]


def restate_home(touched: Amended, on: dt.date) -> list[Remark]:
    """Close the home address on `on` and open the new one.

    One that began that day is corrected, and one that somebody here wrote down before any record
    stated the same is completed: nobody has moved by it. Nor by a first record that states none.
    """
    homes = Address.objects.filter(
        offender__in=_ids(touched), until_on__isnull=True, kind__in=Address.HOME
    )
    standing = {home.offender_id: home for home in homes}
    left, opened = [], []
    for amendment in touched:
        home = standing.get(amendment.offender.pk)
        if amendment.before is None and not amendment.after.home.is_stated:
            continue
        if home is not None and (_began(home, on) or _is_named_first(home, amendment)):
            for field, value in amendment.after.home._asdict().items():
                setattr(home, field, value)
            home.postcode_key = fold_postcode(home.postcode)
            home.notification = None
            left.append(home)
            continue
        if home is not None:
            home.until_on = on
            left.append(home)
        if amendment.after.home.is_stated:
            opened.append(address(amendment.offender, amendment.after, from_on=on))
    Address.objects.bulk_update(left, [*Home._fields, "postcode_key", "until_on", "notification"])
    Address.objects.bulk_create(opened)
    return []


def _began(home: Address, on: dt.date) -> bool:
    return home.from_on is not None and home.from_on >= on


def _is_named_first(home: Address, amendment: Amendment) -> bool:
    """Whether a record names for the first time the home that stands here already."""
    before, stated = amendment.before, amendment.after.home
    is_first = before is None or not before.home.is_stated
    same = (stated.kind, stated.line_1.casefold(), fold_postcode(stated.postcode))
    return is_first and same == (
        home.kind,
        home.line_1.casefold(),
        fold_postcode(home.postcode),
    )


def restate_whereabouts(touched: Amended, on: dt.date) -> list[Remark]:
    """Close the open interval where the new status begins. History is not rewritten: a status
    that would begin before the open one is left out, with the remark `status_overlaps`."""
    rows = StatusInterval.objects.filter(offender__in=_ids(touched), until_on__isnull=True)
    open_now = {row.offender_id: row for row in rows}
    changed, opened, remarks = [], [], []
    for amendment in touched:
        here = open_now[amendment.offender.pk]
        new = succeeding(here, amendment.after.whereabouts, on)
        if new is None:
            continue
        if new.from_on > here.from_on:
            here.until_on = new.from_on
            opened.append(new)
            changed.append(here)
        elif new.from_on == here.from_on:
            here.status, here.began_with_release = new.status, new.began_with_release
            changed.append(here)
        else:
            remarks.append(Remark(amendment.after.source_ref, "status_overlaps"))
    StatusInterval.objects.bulk_update(changed, ["status", "began_with_release", "until_on"])
    StatusInterval.objects.bulk_create(opened)
    return remarks


def succeeding(here: StatusInterval, stated: Whereabouts, on: dt.date) -> StatusInterval | None:
    """The interval that the record states, where it is not the open one. Not saved.

    A later release of someone who is in the community ends a stay nobody recorded here.
    """
    status, since, released_on = stated
    is_community = status == Status.COMMUNITY
    if is_community and here.status == status:
        from_on = released_on
    elif is_community:
        from_on = max((day for day in (since, released_on) if day), default=on)
    else:
        from_on = since or (on if here.status != status else None)
    if from_on is None or (status, from_on) == (here.status, here.from_on):
        return None
    return StatusInterval(
        offender_id=here.offender_id,
        status=status,
        from_on=from_on,
        taken_over_on=on,
        began_with_release=is_community and from_on == released_on and here.status not in DETAINED,
    )


def restate_order(touched: Amended, on: dt.date) -> list[Remark]:
    """Add an order, or move the end of one that is known. An order that is no longer stated
    stays, with the remark `order_kept`: it protects, and only a court takes it away."""
    rows = Order.objects.filter(offender__in=_ids(touched))
    known = {(row.offender_id, row.kind, row.made_on): row for row in rows}
    moved, added, remarks = [], [], []
    for amendment in touched:
        now = amendment.after.order
        was = amendment.before.order if amendment.before else None
        if was is not None and (now is None or now[:2] != was[:2]):
            remarks.append(Remark(amendment.after.source_ref, "order_kept"))
        if now is None:
            continue
        order = known.get((amendment.offender.pk, now.kind, now.made_on))
        if order is None:
            added.append(Order(offender=amendment.offender, **now._asdict()))
        else:
            order.ends_on = now.ends_on
            moved.append(order)
    Order.objects.bulk_update(moved, ["ends_on"])
    Order.objects.bulk_create(added)
    return remarks


def restate_markers(touched: Amended, on: dt.date) -> list[Remark]:
    """Add warnings, and withdraw those that only the record gave."""
    rows = WarningMarker.objects.filter(offender__in=_ids(touched), withdrawn_on__isnull=True)
    live = {(row.offender_id, row.code): row for row in rows}
    added, withdrawn = [], []
    for amendment in touched:
        offender, now = amendment.offender, amendment.after.markers
        added += [
            WarningMarker(offender=offender, code=code)
            for code in now
            if (offender.pk, code) not in live
        ]
        was = amendment.before.markers if amendment.before else ()
        withdrawn += [
            live[offender.pk, code].pk
            for code in was
            if code not in now and (offender.pk, code) in live
        ]
    WarningMarker.objects.filter(pk__in=withdrawn).update(withdrawn_on=on)
    WarningMarker.objects.bulk_create(added)
    return []


def _ids(touched: Amended) -> list[int]:
    return [amendment.offender.pk for amendment in touched]
