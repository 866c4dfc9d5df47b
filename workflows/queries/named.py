"""Who of those named for a restricted indicator can open it, and who may name others (PRACTICE 14).

Being named is not enough: the account, the vetting, the team of the person and a declared tie
decide as for everybody else.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.utils import timezone

from accounts.actor import Actor
from accounts.models import Role, User
from accounts.policy import Action
from risk.models import Indicator, IndicatorAccess, IndicatorState
from risk.querysets import IndicatorQuerySet
from workflows.errors import NotVisible
from workflows.queries.indicators import visible

#: How many can open it at least, and in which ranks one of them is.
LEAST_NAMED, SENIOR = 2, (Role.SUPERVISOR, Role.INSPECTOR)
#: States in which it still tells of somebody.
STANDING = (IndicatorState.UNMATCHED, IndicatorState.UNTRIAGED, IndicatorState.TRIAGED)


def serves(user: User, day: dt.date) -> bool:
    """Whether the account is open and the vetting in date."""
    return user.is_active and Actor.of_user(user, day).is_current


def are_enough(users: Collection[User]) -> bool:
    """Whether so many are enough, and one of them senior."""
    return len(users) >= LEAST_NAMED and any(one.role in SENIOR for one in users)


def openers_of(keys: Collection[int], day: dt.date) -> dict[int, list[User]]:
    """By indicator: the named officers who can open it on a day. A statement for each officer."""
    access = IndicatorAccess.objects.filter(indicator__in=keys, ended_at=None)
    named: dict[User, list[int]] = defaultdict(list)
    for one in access.select_related("user").order_by("pk"):
        named[one.user].append(one.indicator_id)
    found: dict[int, list[User]] = defaultdict(list)
    for user, about in named.items():
        if serves(user, day):
            seen = Indicator.objects.permitted(Actor.of_user(user, day), Action.INDICATOR_VIEW)
            for key in seen.filter(pk__in=about).values_list("pk", flat=True):
                found[key].append(user)
    return found


def to_name(actor: Actor, indicator: UUID) -> Indicator:
    """One for which the actor may name officers: what they open themselves.

    An inspector also what too few can open, without opening it: else nobody ever could again.
    Raises NotVisible.
    """
    try:
        return visible(actor, indicator)
    except NotVisible:
        found = _closed(actor).filter(public_id=indicator).first()
        if found is None or are_enough(openers_of([found.pk], timezone.localdate())[found.pk]):
            raise
    return found


def _closed(actor: Actor) -> IndicatorQuerySet:
    if actor.role != Role.INSPECTOR:
        return Indicator.objects.none()
    reached = Indicator.objects.in_reach(actor, Action.INDICATOR_RESTRICT)
    return reached.filter(is_restricted=True, merged_into=None, state__in=STANDING)
