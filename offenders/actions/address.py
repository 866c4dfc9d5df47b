"""Where a person lives, or is regularly found."""

import datetime as dt

from offenders.actions.counting import refuse_future, save_changed, stamp
from offenders.errors import Invalid, RuleBroken
from offenders.models import Address, Notification, Offender
from offenders.names import fold_postcode


def change_address(
    *,
    offender: Offender,
    kind: Address.Kind,
    line_1: str,
    from_on: dt.date,
    town: str = "",
    postcode: str = "",
    easting: int | None = None,
    northing: int | None = None,
    notification: Notification | None = None,
) -> Address:
    """Close the open home address on `from_on`, the first day at the new one.

    `notification`: by which the offender said it. Raises Invalid: `in_future`, `not_a_home`;
    RuleBroken `address_overlaps`.
    """
    refuse_future(from_on, field="from_on")
    if kind not in Address.HOME:
        raise Invalid("not_a_home", "Choose the kind of home address.", field="kind")
    home = offender.addresses.filter(until_on__isnull=True, kind__in=Address.HOME).first()
    if home is not None:
        if home.from_on is not None and from_on <= home.from_on:
            raise RuleBroken("address_overlaps", "A later home address is already recorded.")
        home.until_on = from_on
        home.save(update_fields=["until_on"])
    address = Address.objects.create(
        offender=offender,
        kind=kind,
        line_1=line_1,
        town=town,
        postcode=postcode,
        postcode_key=fold_postcode(postcode),
        easting=easting,
        northing=northing,
        from_on=from_on,
        notification=notification,
        followed=home,
    )
    save_changed(offender)
    return address


def add_premises(
    *,
    offender: Offender,
    line_1: str,
    from_on: dt.date,
    town: str = "",
    postcode: str = "",
    notification: Notification | None = None,
) -> Address:
    """Premises where a person stays beside their home (SOA 2003 s.83(5)(e)).

    `notification`: by which the offender said it. Raises Invalid `in_future`.
    """
    refuse_future(from_on, field="from_on")
    address = Address.objects.create(
        offender=offender,
        kind=Address.Kind.OTHER,
        line_1=line_1,
        town=town,
        postcode=postcode,
        postcode_key=fold_postcode(postcode),
        from_on=from_on,
        notification=notification,
    )
    save_changed(offender)
    return address


def take_addresses_back(*, offender: Offender, notification: Notification) -> list[Address]:
    """Void the addresses that a void notification said; the home that one followed stands again.

    Not one that was closed since: what came later moved the person, and stands. Nor one that a
    record has stated since. Where the home before was of a void notification too, it is void with
    it, and the one before that stands again. Returns those that are void.
    """
    standing = offender.addresses.filter(until_on__isnull=True, voided_at__isnull=True)
    found = list(standing.filter(notification=notification).select_related("followed"))
    for address in found:
        address.until_on = address.from_on and address.from_on + dt.timedelta(days=1)
        stamp(address, "voided_at", "until_on")
        _put_back(address.followed)
    if found:
        save_changed(offender)
    return found


def _put_back(home: Address | None) -> None:
    """Let a home stand again; of one that a void notification said, the one before it."""
    if home is None:
        return
    if home.notification and home.notification.voided_at:
        stamp(home, "voided_at")
        _put_back(home.followed)
        return
    home.until_on = None
    home.save(update_fields=["until_on"])
