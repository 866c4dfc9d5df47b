"""The rules and the bank holidays in force, read from the database and kept by each process.

What is kept is found by content (a digest, the days themselves), never by time: a process sees a
new version in its next transaction, and a rolled back one is never served.
"""

import datetime as dt
from functools import lru_cache

from django.db import connection

from rules.errors import NoRulesInForce, RulesAltered
from rules.models import BankHoliday, RuleSetVersion
from rules.ruleset import RuleSet
from rules.shipped import shipped
from rules.workdays import Calendar

#: Every list asks for this: as plain SQL it costs a fifth of what a QuerySet takes to compile.
NEWEST = """
SELECT id, digest FROM rules_rulesetversion
 WHERE state = 'approved' AND effective_from <= %s
 ORDER BY effective_from DESC, number DESC LIMIT 1"""


#: The same as it was known at an instant: approved by then, and not withdrawn by then.
NEWEST_KNOWN = """
SELECT id, digest FROM rules_rulesetversion
 WHERE effective_from <= %s AND COALESCE(approved_at, created_at) <= %s
   AND (state = 'approved' OR (approved_at IS NOT NULL AND withdrawn_at > %s))
 ORDER BY effective_from DESC, number DESC LIMIT 1"""


def in_force(on: dt.date, known_at: dt.datetime | None = None) -> RuleSet:
    """The rule set in force on a London date, of those approved. One indexed read.

    `known_at`: by what was approved at that instant; else now. Complete, as `rules_of`.
    Raises NoRulesInForce, and RulesAltered when the stored version does not match its digest.
    """
    return _read(*_newest(on, known_at))


def version_in_force(on: dt.date) -> RuleSetVersion:
    """The version in force on a London date. Raises NoRulesInForce."""
    return RuleSetVersion.objects.get(pk=_newest(on)[0])


def rules_of(version: RuleSetVersion) -> RuleSet:
    """The rules of one version, in force or not. Raises RulesAltered.

    Where the version is older than a rule or a figure that the service works by, it is the
    shipped one: what nobody has decided otherwise yet.
    """
    return _read(version.pk, version.digest)


def as_written(version: RuleSetVersion) -> RuleSet:
    """What its two people decided, and no more: what its digest is of. Raises RulesAltered."""
    return _written(version.pk, version.digest)


def calendar(known_at: dt.datetime | None = None) -> Calendar:
    """Working days in England and Wales. One read of some 260 dates: ask once, then pass it on.

    `known_at`: without the bank holidays that were entered after that instant.
    """
    division = BankHoliday.Division.ENGLAND_AND_WALES
    days = BankHoliday.objects.filter(division=division).order_by("on")
    if known_at is not None:
        days = days.filter(recorded_at__lte=known_at)
    return _lay_out(tuple(days.values_list("on", flat=True)))


def _newest(on: dt.date, known_at: dt.datetime | None = None) -> tuple[int, str]:
    """The key and digest of the version in force. Raises NoRulesInForce."""
    statement: str = NEWEST
    values: list[dt.date | str | None] = [on]
    if known_at is not None:
        at = connection.ops.adapt_datetimefield_value(known_at)
        statement, values = NEWEST_KNOWN, [on, at, at]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found = cursor.fetchone()
    if found is None:
        raise NoRulesInForce(f"No rule set is in force on {on}.")
    return found[0], found[1]


@lru_cache(maxsize=16)
def _read(version: int, digest: str) -> RuleSet:
    return _written(version, digest).completed_by(shipped())


@lru_cache(maxsize=16)
def _written(version: int, digest: str) -> RuleSet:
    found = RuleSet.model_validate(RuleSetVersion.objects.get(pk=version).document)
    if found.digest() != digest:
        raise RulesAltered(f"Rule set version with id {version} does not match its digest.")
    return found


@lru_cache(maxsize=4)
def _lay_out(bank_holidays: tuple[dt.date, ...]) -> Calendar:
    return Calendar.of(bank_holidays)
