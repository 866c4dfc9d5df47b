"""Leaving an indicator to named officers, and keeping its very existence secret (PRACTICE 14).

Always two named officers in service, one of them a supervisor or an inspector. Whoever restricts
one is named with the others.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

import audit.record as audit
from accounts import policy
from accounts.actor import Actor
from accounts.models import Role, User
from accounts.policy import Action
from audit.models import Operation
from offenders.errors import Invalid, RuleBroken
from risk.actions import indicators as risk
from risk.models import Decided, Indicator
from workflows.actions.alerts import tell
from workflows.actions.indicators.matching import lock_indicator
from workflows.actions.indicators.naming import hand_to_named
from workflows.actions.locking import lock_person, officer
from workflows.actions.ranks import inspectors_of, seniors_of
from workflows.errors import NotVisible, TaskBusy
from workflows.models import Alert
from workflows.queries.indicators import named_users, visible
from workflows.queries.named import SENIOR, STANDING, are_enough, openers_of, serves, to_name
from workflows.queries.triage import may_open
from workflows.reconcile import reconcile

TOO_FEW = "Two officers in service are named always, one of them a supervisor or an inspector."


@transaction.atomic
def restrict_indicator(
    *, by: Actor, indicator: UUID, users: Collection[UUID], reason: str
) -> Indicator:
    """Leave it to `users` and whoever restricts it.

    Raises NotVisible, NotPermitted, ReasonRequired, TaskBusy; Invalid `unknown_officer`;
    RuleBroken `too_few_named`, `already_restricted`, `indicator_merged`.
    """
    policy.require(by, Action.INDICATOR_RESTRICT, reason=reason)
    found = _locked(by, indicator, Action.INDICATOR_RESTRICT)
    _refuse_merged(found)
    if found.is_restricted:
        raise RuleBroken("already_restricted", "It is restricted. Name or un-name officers.")
    named = {officer(by), *(_can_see(by, found, user, field="users") for user in users)}
    _refuse_too_few(named)
    risk.restrict(indicator=found, users=named, by=officer(by), reason=reason, is_secret=False)
    _settle(found, Action.INDICATOR_RESTRICT)
    _record(by, found, Action.INDICATOR_RESTRICT, reason, named=named)
    return found


@transaction.atomic
def keep_secret(*, by: Actor, indicator: UUID, supervisor: UUID, reason: str) -> Indicator:
    """Have nobody but named officers know of it, and give it to a supervisor by name.

    `reason`: what is asked of the supervisor, who is named and told. An alert and no action: an
    action stands in the list of a whole team. Who is named already stays so. Raises as
    `restrict_indicator`; Invalid `not_a_supervisor`.
    """
    policy.require(by, Action.INDICATOR_KEEP_SECRET, reason=reason)
    found = _locked(by, indicator, Action.INDICATOR_KEEP_SECRET)
    _refuse_merged(found)
    if found.is_secret:
        raise RuleBroken("already_secret", "It is kept secret. Name or un-name officers.")
    tasked = _can_see(by, found, supervisor, field="supervisor")
    if tasked.role != Role.SUPERVISOR:
        said = "Name a supervisor, who does what it asks for."
        raise Invalid("not_a_supervisor", said, field="supervisor")
    named = {officer(by), tasked}
    _refuse_too_few(named)
    risk.restrict(indicator=found, users=named, by=officer(by), reason=reason, is_secret=True)
    _settle(found, Action.INDICATOR_KEEP_SECRET)
    kept = found.decisions.filter(decision=Decided.KEPT_SECRET).latest("pk")
    asked = f"decision-{kept.pk}"
    _tell([tasked], found, Alert.About.INDICATOR_TASKED, asked, on=timezone.localdate())
    _record(by, found, Action.INDICATOR_KEEP_SECRET, reason, named=named)
    return found


@transaction.atomic
def name_user(*, by: Actor, indicator: UUID, user: UUID, reason: str) -> Indicator:
    """Let another officer see a restricted one.

    An inspector may without opening it, where too few can: what they may not name for is not
    there. Raises as `restrict_indicator`; RuleBroken `not_restricted`.
    """
    policy.require(by, Action.INDICATOR_RESTRICT, reason=reason)
    seen = to_name(by, indicator)
    if may_open(by, seen):
        found = _restricted(by, indicator, reason)
        named = _can_see(by, found, user, field="user")
    else:
        found = _lock(seen)
        named = _unseen(by, found, user)
    risk.name_user(indicator=found, user=named, by=officer(by), reason=reason)
    _hand_on(found)
    _record(by, found, Action.INDICATOR_RESTRICT, reason, named={named})
    return found


@transaction.atomic
def unname_user(*, by: Actor, indicator: UUID, user: UUID, reason: str) -> Indicator:
    """Let an officer see it no more.

    Raises NotVisible, NotPermitted, ReasonRequired, TaskBusy; Invalid `not_named`; RuleBroken
    `not_restricted`, `too_few_named`.
    """
    found = _restricted(by, indicator, reason)
    named = named_users(found)
    gone = next((one for one in named if one.public_id == user), None)
    if gone is None:
        raise Invalid("not_named", "That officer is not named for it.", field="user")
    _refuse_too_few([one for one in named if one != gone])
    risk.unname_user(indicator=found, user=gone, by=officer(by), reason=reason)
    _hand_on(found)
    _record(by, found, Action.INDICATOR_RESTRICT, reason, unnamed={gone})
    return found


@transaction.atomic
def lift_restriction(*, by: Actor, indicator: UUID, reason: str) -> Indicator:
    """Open it to whoever may see it by the table. A secret one: inspectors alone.

    Raises NotVisible, NotPermitted, ReasonRequired, TaskBusy; RuleBroken `not_restricted`.
    """
    found = _restricted(by, indicator, reason)
    if found.is_secret:
        policy.require(by, Action.INDICATOR_KEEP_SECRET, reason=reason)
    risk.lift_restriction(indicator=found, by=officer(by), reason=reason)
    _settle(found, Action.INDICATOR_RESTRICT)
    _record(by, found, Action.INDICATOR_RESTRICT, reason, lifted=True)
    return found


def warn_of_few_named(*, today: dt.date | None = None) -> int:
    """Tell of restricted ones that too few of the named officers can open.

    Told are those who still can; where no supervisor or inspector is among them, the inspectors of
    the force too, who may name others. Once for each day until somebody is named. Returns how many
    alerts were new. Safe to run twice.
    """
    day = today or timezone.localdate()
    restricted = Indicator.objects.filter(is_restricted=True, state__in=STANDING)
    rows = list(restricted.only("pk", "public_id", "force_id").order_by("pk"))
    opens = openers_of([found.pk for found in rows], day)
    wanting = [found for found in rows if not are_enough(opens[found.pk])]
    seniors = seniors_of({found.force_id for found in wanting}, day)
    with transaction.atomic():
        return sum(
            _tell(
                _told_of_few(opens[found.pk], seniors[found.force_id]),
                found,
                Alert.About.FEW_NAMED,
                f"{day}",
                on=day,
            )
            for found in wanting
        )


def _told_of_few(able: list[User], seniors: list[User]) -> list[User]:
    if any(one.role in SENIOR for one in able):
        return able
    return [*able, *inspectors_of(seniors)]


def _restricted(by: Actor, indicator: UUID, reason: str) -> Indicator:
    policy.require(by, Action.INDICATOR_RESTRICT, reason=reason)
    found = _locked(by, indicator, Action.INDICATOR_RESTRICT)
    if not found.is_restricted:
        raise RuleBroken("not_restricted", "It is open to whoever may see the person.")
    return found


def _locked(by: Actor, indicator: UUID, action: Action) -> Indicator:
    """The indicator, locked after its person. Raises NotVisible, NotPermitted, TaskBusy."""
    found = _lock(visible(by, indicator))
    Indicator.objects.require(by, action, found)
    return found


def _lock(seen: Indicator) -> Indicator:
    if seen.offender_id is not None:
        lock_person(seen.offender_id)
    found = lock_indicator(seen)
    if found.offender_id != seen.offender_id:
        raise TaskBusy
    return found


def _settle(found: Indicator, because: Action) -> None:
    """In the same act: what is told of the person's score, what is in it for others, whether a
    task of its triage stands in lists that others read, and who has that task."""
    if found.offender is not None:
        reconcile(found.offender, because=because)
        hand_to_named(found, found.offender)


def _hand_on(found: Indicator) -> None:
    """Its triage is with somebody who may still open it."""
    if found.offender is not None:
        hand_to_named(found, found.offender)


def _refuse_merged(found: Indicator) -> None:
    if found.merged_into_id is not None:
        said = "It was merged into another: restrict that one, and this one follows."
        raise RuleBroken("indicator_merged", said)


def _can_see(by: Actor, found: Indicator, user: UUID, *, field: str) -> User:
    """Somebody of the force who could see it if it were open.

    Raises Invalid `unknown_officer`, in the same words whoever it is: why somebody could not, such
    as a tie that they declared, is not for who names them.
    """
    who = User.objects.filter(public_id=user, force=by.force_id).first()
    if who is None or not _could_see(who, found):
        said = "No officer in service who could see it is named so."
        raise Invalid("unknown_officer", said, field=field)
    return who


def _unseen(by: Actor, found: Indicator, user: UUID) -> User:
    """The same for who does not open it: a wrong officer tells as little as a wrong indicator.

    Raises NotVisible.
    """
    try:
        return _can_see(by, found, user, field="user")
    except Invalid as error:
        raise NotVisible from error


def _could_see(who: User, found: Indicator) -> bool:
    today = timezone.localdate()
    if not serves(who, today):
        return False
    reach = Indicator.objects.in_reach(Actor.of_user(who, today), Action.INDICATOR_VIEW)
    return reach.filter(pk=found.pk).exists()


def _refuse_too_few(named: Collection[User]) -> None:
    today = timezone.localdate()
    if not are_enough([one for one in named if serves(one, today)]):
        raise RuleBroken("too_few_named", TOO_FEW)


def _tell(
    users: Iterable[User], found: Indicator, about: Alert.About, mark: str, *, on: dt.date
) -> int:
    """Once for each `mark`: a day, or the decision that it tells of."""
    subject = f"indicator:{found.public_id}:{mark}"
    return tell(Alert(to=user, about=about, subject=subject, on=on) for user in users)


def _record(
    by: Actor,
    found: Indicator,
    action: Action,
    reason: str,
    *,
    named: Iterable[User] = (),
    unnamed: Iterable[User] = (),
    lifted: bool = False,
) -> None:
    payload: dict[str, Any] = {
        "named": sorted(str(one.public_id) for one in named),
        "unnamed": sorted(str(one.public_id) for one in unnamed),
        "lifted": lifted,
    }
    audit.record(
        by=by,
        action=action,
        operation=Operation.ALTERATION,
        offender_id=found.offender_id,
        subject=f"indicator:{found.public_id}",
        reason=reason,
        payload=payload,
    )
