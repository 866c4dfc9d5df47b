"""Restating what registers a person, as another record now has it: nobody is let go by a file."""

import datetime as dt
from collections.abc import Sequence

from offenders.intake import Amendment, Registered, Remark
from offenders.models import NotificationBasis, Offender
from offenders.registration import Basis, is_under_18, period_ends_on
from rules import current
from rules.ruleset import RuleSet


def restate_registered(touched: Sequence[Amendment], on: dt.date) -> list[Remark]:
    """Add what registers a person anew, or correct the basis that the record stated.

    A file has room for one basis: a later relevant date is another conviction, no correction. A
    correction by which the period would end sooner is added beside the other, with the remark
    `basis_kept`. Who was let go by two people and is registered anew is managed again, with the
    remark `registration_reopened`.
    """
    rules = current.in_force(on)
    rows = NotificationBasis.objects.filter(offender__in=[a.offender.pk for a in touched])
    known = {(row.offender_id, row.disposal, row.relevant_date): row for row in rows}
    corrected, added, remarks = [], [], []
    for amendment in touched:
        offender, now = amendment.offender, amendment.after.registered
        if (offender.pk, now.disposal, now.relevant_date) in known:
            continue
        stated = amendment.before and amendment.before.registered
        was = known.get((offender.pk, stated.disposal, stated.relevant_date)) if stated else None
        is_correction = was is not None and now.relevant_date <= was.relevant_date
        if was and is_correction and not _ends_sooner(now, amendment, rules):
            was.disposal, was.relevant_date, was.discharge_months = now
            corrected.append(was)
            continue
        added.append(NotificationBasis(offender=offender, **now._asdict()))
        if is_correction:
            remarks.append(Remark(offender.source_ref, "basis_kept"))
        if _reopened(offender, now):
            remarks.append(Remark(offender.source_ref, "registration_reopened"))
    NotificationBasis.objects.bulk_update(corrected, list(Registered._fields))
    NotificationBasis.objects.bulk_create(added)
    return remarks


def _ends_sooner(now: Registered, amendment: Amendment, rules: RuleSet) -> bool:
    """Whether the period would end sooner than by what the record stated before."""
    before = amendment.before
    born = amendment.after.date_of_birth
    then_on = _ends_on(before.registered, before.date_of_birth, rules) if before else None
    now_on = _ends_on(now, born, rules)
    return now_on is not None and (then_on is None or now_on < then_on)


def _ends_on(stated: Registered, born: dt.date, rules: RuleSet) -> dt.date | None:
    """The last day of the period; None without end."""
    young = is_under_18(born, stated.relevant_date)
    return period_ends_on(Basis(stated.relevant_date, stated.disposal), rules, under_18=young)


def _reopened(offender: Offender, now: Registered) -> bool:
    """Take an end back that came before what registers the person now. Whether there was one."""
    ended_on = offender.registration_ended_on
    if ended_on is None or now.relevant_date <= ended_on:
        return False
    offender.registration_ended_on = None
    offender.end_proposed_by = offender.end_endorsed_by = offender.end_endorsed_for = None
    return True
