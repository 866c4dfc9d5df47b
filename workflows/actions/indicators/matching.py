"""Saying whom an indicator is about, or is not, and taking that back.

A match is a hypothesis until an officer confirms it here; before that it scores for nobody.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import OperationalError, transaction
from django.db.models import Q

import audit.record as audit
from accounts import policy
from accounts.actor import Actor
from accounts.models import User
from accounts.policy import Action
from audit.models import Operation
from offenders.actions.counting import save_changed
from offenders.errors import Invalid, RuleBroken
from offenders.models import Offender
from risk.actions import indicators as risk
from risk.indicator_codes import Severity
from risk.models import Indicator, IndicatorState, Match, MatchState
from workflows.actions.indicators.naming import hand_to_named
from workflows.actions.locking import lock_person, officer
from workflows.actions.reactive import end_relief
from workflows.errors import NotVisible, TaskBusy
from workflows.matching import Reason
from workflows.queries import person as people
from workflows.queries.indicators import visible
from workflows.queries.taking_back import unmatching_refusal
from workflows.reconcile import reconcile


@transaction.atomic
def confirm_match(*, by: Actor, indicator: UUID, offender: UUID, reason: str = "") -> Indicator:
    """Say that an indicator is about a person, who need not have been suggested.

    It waits for its triage then. Raises NotVisible, NotPermitted, TaskBusy; Invalid
    `reason_required` where nothing had suggested the person, or an officer had said that it is not
    them; RuleBroken `indicator_merged`, `already_matched`, `already_triaged`.
    """
    policy.require(by, Action.INDICATOR_MATCH)
    found, person = _both(by, indicator, offender)
    _refuse_unless_unmatched(found)
    match = Match.objects.filter(indicator=found, offender=person).first()
    if not reason.strip() and not _is_plain(match):
        raise Invalid("reason_required", "Say why it is this person.", field="reason")
    confirmed = risk.confirm_match(indicator=found, offender=person, by=officer(by), reason=reason)
    _await_triage(found, person, officer(by), because=Action.INDICATOR_MATCH)
    _record(by, found, person, Action.INDICATOR_MATCH, reason, confirmed=confirmed.reasons)
    return found


def say_whose(*, by: Actor, found: Indicator, person: Offender, reason: str) -> Indicator:
    """Confirm one that was just taken in, for whoever says whom it is about; once received.

    In the caller's transaction, which holds the lock of the person, has asked whether the actor may
    say so of them, and records it.
    """
    risk.confirm_match(indicator=found, offender=person, by=officer(by), reason=reason)
    _await_triage(found, person, officer(by), because=Action.INDICATOR_MATCH)
    return found


@transaction.atomic
def reject_match(*, by: Actor, indicator: UUID, offender: UUID, reason: str = "") -> Indicator:
    """Say that an indicator is not about a person who was suggested. It is remembered.

    Raises NotVisible, NotPermitted, TaskBusy; RuleBroken `match_confirmed`, `already_rejected`.
    """
    policy.require(by, Action.INDICATOR_MATCH)
    found, person = _both(by, indicator, offender)
    match = Match.objects.filter(indicator=found, offender=person).first()
    if match is None:
        raise NotVisible
    if match.state == MatchState.CONFIRMED:
        raise RuleBroken("match_confirmed", "It is confirmed. Take that back first, with a reason.")
    if match.state == MatchState.REJECTED:
        raise RuleBroken("already_rejected", "That it is not this person was said already.")
    risk.reject_match(match=match, by=officer(by), reason=reason)
    _record(by, found, person, Action.INDICATOR_MATCH, reason, rejected=match.reasons)
    return found


@transaction.atomic
def unmatch(*, by: Actor, indicator: UUID, reason: str) -> Indicator:
    """Take back that an indicator is about a person, before it is triaged.

    Raises NotVisible, NotPermitted, ReasonRequired, TaskBusy; RuleBroken `not_matched` and as
    `unmatching_refusal`.
    """
    policy.require(by, Action.INDICATOR_UNMATCH, reason=reason)
    seen = visible(by, indicator)
    if seen.offender_id is None:
        raise RuleBroken("not_matched", "Nobody is confirmed for it.")
    person = lock_person(seen.offender_id)
    Offender.objects.require(by, Action.INDICATOR_UNMATCH, person)
    found = lock_indicator(seen)
    if found.offender_id != person.pk:
        raise TaskBusy
    if refusal := unmatching_refusal(by, found):
        raise refusal
    risk.unmatch(indicator=found, by=officer(by), reason=reason)
    save_changed(person)
    reconcile(person, because=Action.INDICATOR_UNMATCH)
    _record(by, found, person, Action.INDICATOR_UNMATCH, reason)
    return found


@transaction.atomic
def undo_merge(*, by: Actor, indicator: UUID, reason: str) -> Indicator:
    """Let an indicator that was merged into another stand for itself again.

    One that its triage had merged is about its person again, and waits for another triage. Raises
    NotVisible, NotPermitted, ReasonRequired, TaskBusy; RuleBroken `not_merged`,
    `merged_into_restricted`.
    """
    policy.require(by, Action.INDICATOR_UNMATCH, reason=reason)
    seen = visible(by, indicator)
    known = Match.objects.filter(indicator=seen, state=MatchState.CONFIRMED).first()
    person = lock_person(known.offender_id) if known is not None else None
    if person is not None:
        Offender.objects.require(by, Action.INDICATOR_UNMATCH, person)
    found = lock_indicator(seen)
    if found.merged_into_id is None:
        raise RuleBroken("not_merged", "It stands for itself.")
    if found.merged_into is not None and found.merged_into.is_restricted:
        said = "The one that it was merged into is restricted. Lift that first."
        raise RuleBroken("merged_into_restricted", said)
    into = str(found.merged_into.public_id) if found.merged_into else ""
    risk.undo_merge(indicator=found, by=officer(by), reason=reason)
    if person is not None:
        _await_triage(found, person, officer(by), because=Action.INDICATOR_UNMATCH)
    _record(by, found, person, Action.INDICATOR_UNMATCH, reason, was_merged_into=into)
    return found


def lock_indicator(seen: Indicator) -> Indicator:
    """Lock one, after the person it may be about, and read it as it is then. Raises TaskBusy."""
    rows = Indicator.objects.filter(pk=seen.pk)
    try:
        return rows.select_for_update(of=("self",), no_key=True).get()
    except OperationalError as error:
        raise TaskBusy from error


def lock_with_merged(seen: Collection[Indicator]) -> list[Indicator]:
    """Lock these and what was merged into them, in ascending id, and read these as they are then.

    After the people whom they may be about. Raises TaskBusy.
    """
    keys = [one.pk for one in seen]
    rows = Indicator.objects.filter(Q(pk__in=keys) | Q(merged_into__in=keys)).order_by("pk")
    try:
        locked = list(rows.select_for_update(of=("self",), no_key=True))
    except OperationalError as error:
        raise TaskBusy from error
    return [one for one in locked if one.pk in keys]


def _await_triage(found: Indicator, person: Offender, by: User, *, because: Action) -> None:
    """What follows when somebody is confirmed: the triage is owed, and what is critical counts."""
    save_changed(person)
    end_relief_for(found, person, by)
    reconcile(person, because=because)
    hand_to_named(found, person)


def end_relief_for(found: Indicator, person: Offender, by: User) -> None:
    """Reactive management bears no critical indicator: whoever it is about is visited again.

    `by`: who confirmed it. Not by one whose very existence is secret: what it did would show it.
    """
    bears = found.severity != Severity.CRITICAL or found.is_secret
    if not bears and person.registration_ended_on is None:
        end_relief(person, user=by, because="critical indicator")


def _both(by: Actor, indicator: UUID, offender: UUID) -> tuple[Indicator, Offender]:
    """The two, locked, of which the actor may say that they belong together. Raises NotVisible."""
    seen = visible(by, indicator)
    person = lock_person(people.visible(by, offender, Action.INDICATOR_MATCH).pk)
    if person.force_id != seen.force_id:
        raise NotVisible
    return lock_indicator(seen), person


def _refuse_unless_unmatched(found: Indicator) -> None:
    match found.state:
        case IndicatorState.UNMATCHED:
            return
        case IndicatorState.MERGED:
            said = "It was merged into another: match that one, or undo the merge."
            raise RuleBroken("indicator_merged", said)
        case IndicatorState.UNTRIAGED:
            raise RuleBroken("already_matched", "A person is confirmed. Take that back first.")
        case _:
            raise RuleBroken("already_triaged", "It is settled already.")


def _is_plain(match: Match | None) -> bool:
    """Whether the person was suggested and nobody ever said that it is not them."""
    if match is None or match.state == MatchState.REJECTED:
        return False
    return bool(match.reasons) and Reason.REJECTED_BEFORE not in match.reasons


def _record(
    by: Actor,
    found: Indicator,
    person: Offender | None,
    action: Action,
    reason: str,
    **payload: Any,
) -> None:
    audit.record(
        by=by,
        action=action,
        operation=Operation.COMBINATION,
        offender_id=person.pk if person else None,
        subject=f"indicator:{found.public_id}",
        reason=reason,
        payload=payload or None,
    )
