"""Lists of people, and finding one."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Upper

from accounts.actor import Actor
from accounts.models import Role
from accounts.policy import Action
from offenders.errors import Invalid
from offenders.models import Alias, Identifier, Offender, StatusInterval
from offenders.names import fold, fold_number
from workflows.queries.sql import Page

#: People a search shows. Whoever finds more must say more.
MOST_FOUND = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which people of those an actor may see are asked for."""

    team: UUID | None = None
    owner: UUID | None = None
    level: str | None = None
    status: str | None = None
    ended: bool = False

    def filters(self) -> Q:
        """The conditions of those that are given."""
        tests = {
            "team__public_id": self.team,
            "offender_manager__public_id": self.owner,
            "management_level": self.level,
            "open_status": self.status,
        }
        given = {name: value for name, value in tests.items() if value is not None}
        return Q(registration_ended_on__isnull=not self.ended, **given)


def people_page(
    *, actor: Actor, wanted: Wanted, today: dt.date, after: int = 0, limit: int = 50
) -> Page[Offender]:
    """Some people, oldest record first, each with `open_status`. `after` is the last key seen."""
    rows = _listed(Offender.objects.permitted(actor, Action.OFFENDER_VIEW))
    found = list(rows.filter(wanted.filters(), pk__gt=after).order_by("pk")[: limit + 1])
    more = len(found) > limit
    return Page(found[:limit], (found[limit - 1].pk,) if more else None, today)


def search(
    *,
    actor: Actor,
    surname: str = "",
    forename: str = "",
    date_of_birth: dt.date | None = None,
    identifier: str = "",
) -> list[Offender]:
    """People by the beginning of a name or alias, a date of birth, or a whole number elsewhere.

    At most MOST_FOUND + 1. Raises Invalid `say_more` without a surname or an identifier, and for
    the contact centre with fewer than two things (trust T13).
    """
    said = [surname, date_of_birth, identifier]
    least = 2 if actor.role == Role.CONTACT_CENTRE else 1
    if not (surname or identifier) or sum(map(bool, said)) < least:
        raise Invalid("say_more", "Say more about the person.", field="surname")
    rows = _listed(Offender.objects.permitted(actor, Action.OFFENDER_SEARCH))
    if surname:
        rows = rows.filter(_named(fold(f"{surname} {forename}")))
    if date_of_birth:
        rows = rows.filter(date_of_birth=date_of_birth)
    if identifier:
        rows = rows.filter(pk__in=_numbered(identifier))
    return list(rows.order_by("search_key", "pk")[: MOST_FOUND + 1])


def search_line(*, actor: Actor, line: str, date_of_birth: dt.date | None = None) -> list[Offender]:
    """People by one line as officers type it: a number, else a surname and perhaps forenames.

    A line with a digit is looked up as a number first; names stand as lists write them, surname
    first. At most MOST_FOUND + 1. Raises Invalid `say_more` as `search` does.
    """
    by_number: list[Offender] = []
    if any(c.isdigit() for c in line):
        by_number = search(actor=actor, identifier=line, date_of_birth=date_of_birth)
    names = line.replace(",", " ").split() if any(c.isalpha() for c in line) else []
    if by_number or (line and not names):
        return by_number
    surname, forename = (names[0], " ".join(names[1:])) if names else ("", "")
    return search(actor=actor, surname=surname, forename=forename, date_of_birth=date_of_birth)


def _named(key: str) -> Q:
    aliases = Alias.objects.filter(offender=OuterRef("pk"), search_key__startswith=key)
    return Q(search_key__startswith=key) | Q(Exists(aliases))


def _numbered(number: str) -> list[int]:
    """Keys of whoever a number names, our reference or another system's, in any case.

    Looked up first and by index: a handful, of whom the caller's scope then leaves what may be
    seen. Beside the scope in one statement, the planner may probe everyone in reach.
    """
    elsewhere = Identifier.objects.filter(value=fold_number(number)).values_list("offender_id")
    ours = Offender.objects.alias(reference=Upper("source_ref")).filter(
        reference=Upper(Value(number))
    )
    return [key for (key,) in elsewhere.union(ours.values_list("pk"))]


def _listed(rows: QuerySet[Offender]) -> QuerySet[Offender]:
    """With team, offender manager and open status: one query whatever the length."""
    still = StatusInterval.objects.filter(offender=OuterRef("pk"), until_on=None)
    return rows.select_related("team", "offender_manager").annotate(
        open_status=Subquery(still.values("status")[:1])
    )
