"""Where a person lives, or is regularly found."""

import datetime as dt

from offenders.actions.counting import refuse_future, save_changed
from offenders.errors import Invalid, RuleBroken
from offenders.models import Address, Offender
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
) -> Address:
    """Close the open home address on `from_on`, the first day at the new one.

    Raises Invalid: `in_future`, `not_a_home`; RuleBroken `address_overlaps`.
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
    )
    save_changed(offender)
    return address


def add_premises(
    *, offender: Offender, line_1: str, from_on: dt.date, town: str = "", postcode: str = ""
) -> Address:
    """Premises where a person stays beside their home (SOA 2003 s.83(5)(e)).

    Raises Invalid `in_future`.
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
    )
    save_changed(offender)
    return address
