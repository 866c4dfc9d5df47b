"""Where a person is."""

import datetime as dt

from django.utils import timezone

from offenders.actions.counting import refuse_future, save_changed
from offenders.errors import Invalid, RuleBroken
from offenders.models import Offender, Status, StatusInterval

DETAINED = (Status.CUSTODY, Status.HOSPITAL)


def change_status(
    *,
    offender: Offender,
    status: Status,
    on: dt.date,
    release_expected_on: dt.date | None = None,
) -> StatusInterval:
    """Close the open interval on `on`, which is the first day of the new status, and open it.

    The same status again is only allowed to say anew when a detained person will be released.
    Raises Invalid: `in_future`, `only_when_detained`, `release_before_start`; RuleBroken:
    `status_unchanged`, `status_overlaps`.
    """
    refuse_future(on, field="on")
    _refuse_impossible_release(status, on, release_expected_on)
    now = offender.statuses.filter(until_on__isnull=True).first()
    if now is not None and now.status == status:
        return _expect_release(offender, now, release_expected_on)
    latest = now or offender.statuses.order_by("-from_on").first()
    if latest is not None and (on <= latest.from_on or (latest.until_on or on) > on):
        raise RuleBroken("status_overlaps", "Another status is already recorded for that day.")
    if now is not None:
        now.until_on = on
        now.save(update_fields=["until_on"])
    interval = StatusInterval.objects.create(
        offender=offender, status=status, from_on=on, release_expected_on=release_expected_on
    )
    save_changed(offender)
    return interval


def locate(*, offender: Offender, status: Status, on: dt.date) -> None:
    """Record in which status somebody was found, who is missing or was reported so.

    Where they were missing for no whole day the interval that began on `on` says where they were
    found instead: the report keeps what happened meanwhile. Nothing changes where they were never
    taken out of that status. Raises Invalid `in_future`; RuleBroken `status_overlaps`.
    """
    refuse_future(on, field="on")
    now = offender.statuses.filter(until_on__isnull=True).first()
    if (now.status if now else Status.COMMUNITY) == status:
        return
    is_same_day = now is not None and now.status == Status.MISSING and now.from_on == on
    if now is None or not is_same_day:
        change_status(offender=offender, status=status, on=on)
        return
    if now.began_with_release and status in DETAINED:
        raise RuleBroken("status_overlaps", "Another status is already recorded for that day.")
    now.status = status
    now.save(update_fields=["status"])
    save_changed(offender)


def _refuse_impossible_release(
    status: Status, on: dt.date, release_expected_on: dt.date | None
) -> None:
    if release_expected_on is None:
        return
    field = "release_expected_on"
    if status not in DETAINED:
        raise Invalid("only_when_detained", "Only a detained person is released.", field=field)
    if release_expected_on < on:
        raise Invalid("release_before_start", "Release cannot come first.", field=field)


def _expect_release(
    offender: Offender, now: StatusInterval, release_expected_on: dt.date | None
) -> StatusInterval:
    if release_expected_on in (None, now.release_expected_on):
        raise RuleBroken("status_unchanged", "That is the status already.")
    now.release_expected_on = release_expected_on
    now.release_expected_said_on = timezone.localdate()
    now.save(update_fields=["release_expected_on", "release_expected_said_on"])
    save_changed(offender)
    return now
