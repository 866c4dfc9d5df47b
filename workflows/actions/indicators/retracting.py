"""Taking an indicator back: by the system that sent it, or by an officer who wrote it down wrongly.

It is kept, with who and why, and counts no more. What came of it already goes on.
"""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone

import audit.record as audit
from accounts import policy
from accounts.actor import Actor
from accounts.models import User
from accounts.policy import Action
from audit.models import Operation
from offenders.actions.counting import save_changed
from offenders.errors import RuleBroken
from offenders.models import Offender
from risk.actions import indicators as risk
from risk.indicator_codes import Severity
from risk.models import Indicator, IndicatorState, Match, MatchState
from workflows.actions.alerts import tell
from workflows.actions.indicators.matching import end_relief_for, lock_with_merged
from workflows.actions.indicators.naming import hand_to_named
from workflows.actions.locking import lock_people, officer
from workflows.actions.ranks import responsible, seniors_of
from workflows.errors import NotVisible, TaskBusy
from workflows.models import Alert
from workflows.queries.indicators import named_users, visible
from workflows.queries.taking_back import retraction_refusal
from workflows.queries.triage import asked_back, may_open
from workflows.reconcile import reconcile


@transaction.atomic
def retract(*, by: Actor, indicator: UUID, reason: str) -> Indicator:
    """Note that its source takes it back.

    Of another system: what it sent itself; but what is critical, or about somebody, stays as it is
    with a note, and an officer decides: no machine ends a triage (ARCHITECTURE 9). Of an officer as
    `retraction_refusal`. Whoever is responsible is told. Raises NotVisible, NotPermitted,
    ReasonRequired, TaskBusy; RuleBroken `already_retracted`, `already_asked_back` and as there.
    """
    policy.require(by, Action.INDICATOR_RETRACT, reason=reason)
    seen = _sent_by(by, indicator) if by.kind == "client" else visible(by, indicator)
    people = {one.pk: one for one in lock_people(people_of([seen]))}
    [found] = lock_with_merged([seen])
    if by.kind == "client":
        _refuse_again(found)
        if _takes_an_officer(found):
            ask_back(found, by=by, reason=reason)
            return found
    else:
        Indicator.objects.require(by, Action.INDICATOR_RETRACT, found)
        if refusal := retraction_refusal(by, found):
            raise refusal
    take_back([found], by=by, people=people, reason=reason)
    return found


def people_of(found: Collection[Indicator]) -> set[int]:
    """Whom taking these back changes: whom they are about, and whom what was merged into them is.

    That stands for itself again, and so is about whoever was confirmed for it.
    """
    keys = [one.pk for one in found]
    about = Indicator.objects.filter(pk__in=keys, offender__isnull=False)
    again = Match.objects.filter(indicator__merged_into__in=keys, state=MatchState.CONFIRMED)
    rows = [*about.values_list("offender", flat=True), *again.values_list("offender", flat=True)]
    return {key for key in rows if key is not None}


def take_back(
    found: Collection[Indicator], *, by: Actor, people: Mapping[int, Offender], reason: str
) -> None:
    """Take these back in the caller's transaction, and record it of each.

    `people`: locked by the caller, before the rows and what is merged into them. Everyone of them
    is owed what is left, and whoever has a triage again is given it. Raises TaskBusy where somebody
    else was confirmed meanwhile.
    """
    changed = people_of(found)
    if not changed <= people.keys():
        raise TaskBusy
    who = by.label if by.user_id is None else officer(by)
    again = [row for one in found for row in risk.retract(indicator=one, by=who, reason=reason)]
    triaged_again = [(one, people[one.offender_id]) for one in again if one.offender_id is not None]
    for one, person in triaged_again:
        if one.matched_by is not None:
            end_relief_for(one, person, one.matched_by)
    for key in sorted(changed):
        save_changed(people[key])
        reconcile(people[key], because=Action.INDICATOR_RETRACT)
    for one, person in triaged_again:
        hand_to_named(one, person)
    for one in (*found, *(one for one, _ in triaged_again)):
        _record(one, by, reason)
    for one in found:
        _tell_manager(one, by, people)


def _refuse_again(found: Indicator) -> None:
    """Raise RuleBroken where its sender took it back, or asked for that, before."""
    if found.state == IndicatorState.RETRACTED:
        raise RuleBroken("already_retracted", "It was taken back already.")
    if _takes_an_officer(found) and asked_back(found) is not None:
        raise RuleBroken("already_asked_back", "It is known. An officer decides on it.")


def _takes_an_officer(found: Indicator) -> bool:
    """What is critical, or somebody is or was confirmed for, is never ended by a machine."""
    matches = Match.objects.filter(indicator=found, state=MatchState.CONFIRMED)
    return found.severity == Severity.CRITICAL or matches.exists()


def ask_back(found: Indicator, *, by: Actor, reason: str) -> None:
    """Keep that its source takes it back, for whoever decides on it, and tell of it. In the
    caller's transaction, which holds the locks."""
    who = by.label if by.user_id is None else officer(by)
    risk.ask_back(indicator=found, by=who, reason=reason)
    _record(found, by, reason)
    # Alone the named officers know whom a restricted one is about.
    about = None if found.is_restricted else found.offender
    tell(
        Alert(
            to=user,
            about=Alert.About.INDICATOR_ASKED_BACK,
            subject=f"indicator:{found.public_id}",
            offender=about,
            on=timezone.localdate(),
        )
        for user in _told_of_asking(found, by)
    )


def _told_of_asking(found: Indicator, by: Actor) -> list[User]:
    """Whoever is responsible for it, but who asks."""
    return [one for one in _responsible(found, by) if one.pk != by.user_id]


def _responsible(found: Indicator, by: Actor) -> list[User]:
    """The person's manager, else who stands above; of a restricted one the named officers.

    What an officer asks back takes another who stands above, and they are told beside the manager.
    """
    today, person = timezone.localdate(), found.offender
    if found.is_restricted:
        return [one for one in named_users(found) if one.is_active]
    seniors = seniors_of({found.force_id}, today)[found.force_id]
    others = [one for one in seniors if one.pk != by.user_id]
    if person is None:
        return [one for one in others if may_open(Actor.of_user(one, today), found)]
    manager = person.offender_manager
    if manager is None:
        return responsible(person.team_id, others)
    above = [] if by.user_id is None else responsible(person.team_id, others)
    return [manager, *above]


def _record(found: Indicator, by: Actor, reason: str) -> None:
    """For each of them: it may be about another person than the act is."""
    audit.record(
        by=by,
        action=Action.INDICATOR_RETRACT,
        operation=Operation.ALTERATION,
        offender_id=found.offender_id,
        subject=f"indicator:{found.public_id}",
        reason=reason,
        payload={"state": found.state},
    )


def _tell_manager(found: Indicator, by: Actor, people: Mapping[int, Offender]) -> None:
    """What only named officers know of is told to nobody else."""
    if found.offender_id is None or found.is_restricted:
        return
    person = people[found.offender_id]
    manager = person.offender_manager
    if manager is not None and manager.pk != by.user_id:
        tell(
            [
                Alert(
                    to=manager,
                    about=Alert.About.INDICATOR_RETRACTED,
                    subject=f"indicator:{found.public_id}",
                    offender=person,
                    on=timezone.localdate(),
                )
            ]
        )


def _sent_by(by: Actor, indicator: UUID) -> Indicator:
    """What the system `by` sent itself. Raises NotVisible."""
    sent = Indicator.objects.filter(force=by.force_id or 0, client_label=by.label)
    found = sent.filter(public_id=indicator).first()
    if found is None:
        raise NotVisible
    return found
