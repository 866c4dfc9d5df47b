"""Whether somebody who is to be registered may be on record already."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Upper

from accounts.actor import Actor
from accounts.policy import Action
from offenders.models import Alias, Offender
from offenders.names import fold, search_key
from offenders.querysets import OffenderQuerySet


def is_known(force_id: int, reference: str) -> bool:
    """Whether somebody of the force has that reference, in any case."""
    ours = Offender.objects.filter(force=force_id).alias(written=Upper("source_ref"))
    return ours.filter(written=Upper(Value(reference))).exists()


def might_be(actor: Actor, values: Mapping[str, Any]) -> bool:
    """Whether somebody of the actor's force may be the one of a form RegisterPerson.

    Of other teams too, of whom the actor learns no more than that; never whoever is closed to them,
    by restriction or a conflict of interest (PRACTICE 12, 14).
    """
    return _alike(values).filter(force=actor.force_id).open_to(actor).exists()


def alike(actor: Actor, values: Mapping[str, Any]) -> list[Offender]:
    """Those of them whom the actor may find and open, by reference."""
    found = _alike(values).permitted(actor, Action.OFFENDER_SEARCH)
    return list(found.select_related("team", "offender_manager").order_by("source_ref", "pk"))


def _alike(values: Mapping[str, Any]) -> OffenderQuerySet:
    """Born that day, and of that surname or under one of the names: forenames vary in writing."""
    born_on: dt.date = values["date_of_birth"]
    surname = fold(values["surname"])
    keys = [search_key(values["surname"], values["forename"]), *map(fold, values["aliases"])]
    aliases: QuerySet[Alias] = Alias.objects.filter(offender=OuterRef("pk"), search_key__in=keys)
    return Offender.objects.filter(
        Q(search_key=surname)
        | Q(search_key__startswith=f"{surname} ")
        | Q(search_key__in=keys)
        | Exists(aliases),
        date_of_birth=born_on,
    )
