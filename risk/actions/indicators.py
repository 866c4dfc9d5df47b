"""Writes indicators and what officers decide about whom they are about. It does not audit."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import Force, User
from offenders.models import Offender
from risk.models import (
    Decided,
    Indicator,
    IndicatorAccess,
    IndicatorDecision,
    IndicatorIdentifier,
    IndicatorReference,
    IndicatorState,
    IndicatorSubject,
    Match,
    MatchDecision,
    MatchState,
)

#: Who decides: an officer, or another system by its name.
Decider = User | str


@dataclass(frozen=True, slots=True)
class Received:
    """Rows of one indicator that are not written yet. The parts lack their indicator."""

    indicator: Indicator
    subjects: Collection[IndicatorSubject] = ()
    identifiers: Collection[IndicatorIdentifier] = ()
    references: Collection[IndicatorReference] = ()
    #: Whom it may be about, with the reasons, by key of the person.
    suggested: dict[int, list[str]] = field(default_factory=dict)


def keep_indicators(received: Sequence[Received]) -> None:
    """Write them with all that came with them: six INSERTs, however many (two more on merges).

    One that is merged into another of the same batch follows it. The database's clock is read once:
    rows that each ask for it are written one value at a time, which takes twice as long.
    """
    at = _database_clock()
    indicators = [one.indicator for one in received]
    for one in indicators:
        one.received_at = at
    alone = [one for one in indicators if one.merged_into is None]
    Indicator.objects.bulk_create(alone)
    merged = [one for one in indicators if one.merged_into is not None]
    for one in merged:
        one.merged_into = one.merged_into  # its key is known now
    Indicator.objects.bulk_create(merged)
    for parts, model in (
        ([each.subjects for each in received], IndicatorSubject),
        ([each.identifiers for each in received], IndicatorIdentifier),
        ([each.references for each in received], IndicatorReference),
    ):
        model._default_manager.bulk_create(_with_their_indicator(indicators, parts))
    Match.objects.bulk_create(
        Match(indicator=each.indicator, offender_id=person, reasons=reasons, suggested_at=at)
        for each in received
        for person, reasons in each.suggested.items()
    )


def confirm_match(*, indicator: Indicator, offender: Offender, by: User, reason: str = "") -> Match:
    """Say that it is this person. The caller holds both locks and has looked at the state."""
    now = timezone.now()
    match, _ = Match.objects.get_or_create(indicator=indicator, offender=offender)
    _decide(match, MatchState.CONFIRMED, MatchDecision.Decision.CONFIRMED, by, reason)
    indicator.offender, indicator.state = offender, IndicatorState.UNTRIAGED
    indicator.matched_by, indicator.matched_at = by, now
    _save_match(indicator)
    return match


def reject_match(*, match: Match, by: User, reason: str = "") -> None:
    """Say that it is not this person, which is remembered."""
    _decide(match, MatchState.REJECTED, MatchDecision.Decision.REJECTED, by, reason)


def unmatch(*, indicator: Indicator, by: User, reason: str) -> None:
    """Take back the confirmation: nobody is confirmed, and it was not this person."""
    match = Match.objects.get(indicator=indicator, state=MatchState.CONFIRMED)
    _decide(match, MatchState.REJECTED, MatchDecision.Decision.UNMATCHED, by, reason)
    indicator.offender = indicator.matched_by = indicator.matched_at = None
    indicator.state = IndicatorState.UNMATCHED
    _save_match(indicator)


def undo_merge(*, indicator: Indicator, by: Decider, reason: str) -> None:
    """Let it stand for itself again.

    Nobody is confirmed for it; or whoever was when its triage said that it was a duplicate, by a
    confirmation of now: it waits for another triage. Where another system takes back the one that
    it was merged into, whoever had confirmed the person did.
    """
    indicator.merged_into, indicator.state = None, IndicatorState.UNMATCHED
    match = Match.objects.filter(indicator=indicator, state=MatchState.CONFIRMED).first()
    if match is not None and match.decided_by is not None:
        who = by if isinstance(by, User) else match.decided_by
        _decide(match, MatchState.CONFIRMED, MatchDecision.Decision.CONFIRMED, who, reason)
        indicator.offender, indicator.state = match.offender, IndicatorState.UNTRIAGED
        indicator.matched_by, indicator.matched_at = who, match.decided_at
    indicator.save(update_fields=["merged_into", "state", "offender", "matched_by", "matched_at"])
    decide(indicator, Decided.MERGE_UNDONE, by, reason)


def restrict(
    *, indicator: Indicator, users: Collection[User], by: User, reason: str, is_secret: bool
) -> None:
    """Leave it to named users alone; `is_secret`: its very existence. Who is named stays so."""
    indicator.is_restricted, indicator.is_secret = True, is_secret
    indicator.save(update_fields=["is_restricted", "is_secret"])
    decide(indicator, Decided.KEPT_SECRET if is_secret else Decided.RESTRICTED, by, reason)
    for user in users:
        name_user(indicator=indicator, user=user, by=by, reason=reason)


def lift_restriction(*, indicator: Indicator, by: User, reason: str) -> None:
    """Open it to whoever may see it by the table, and name nobody any more."""
    indicator.is_restricted = indicator.is_secret = False
    indicator.save(update_fields=["is_restricted", "is_secret"])
    indicator.named_users.filter(ended_at=None).update(ended_at=timezone.now())
    decide(indicator, Decided.LIFTED, by, reason)


def name_user(*, indicator: Indicator, user: User, by: User, reason: str) -> None:
    """Let a user see it. Naming somebody twice changes nothing."""
    _name(indicator, user, named_by=by, by=by, reason=reason)


def hide_alike(found: Indicator, like: Indicator, by: Decider, reason: str) -> None:
    """Leave one to whom another of the same event is left to, from which it parts.

    One that is restricted itself keeps who is named.
    """
    if found.is_restricted and (found.is_secret or not like.is_secret):
        return
    names = [] if found.is_restricted else list(like.named_users.filter(ended_at=None))
    found.is_restricted, found.is_secret = True, like.is_secret
    found.save(update_fields=["is_restricted", "is_secret"])
    decide(found, Decided.KEPT_SECRET if like.is_secret else Decided.RESTRICTED, by, reason)
    for one in sorted(names, key=lambda access: access.pk):
        _name(found, one.user, named_by=one.named_by, by=by, reason=reason)


def unname_user(*, indicator: Indicator, user: User, by: User, reason: str) -> None:
    """Let a user see it no more."""
    indicator.named_users.filter(user=user, ended_at=None).update(ended_at=timezone.now())
    decide(indicator, Decided.UNNAMED, by, reason, user=user)


def ask_back(*, indicator: Indicator, by: Decider, reason: str) -> None:
    """Note that its source takes it back, which an officer decides on. Nothing else changes."""
    decide(indicator, Decided.ASKED_BACK, by, reason)


def retract(*, indicator: Indicator, by: Decider, reason: str) -> list[Indicator]:
    """Note that its source takes it back.

    What was merged into it stands for itself again: it is returned. It reports the same event, so
    that it stays with those who were named for what is taken back (PRACTICE 14). The caller holds
    the locks of all of it, and of whoever was confirmed for it.
    """
    again = list(indicator.merged.order_by("pk"))
    for merged in again:
        undo_merge(indicator=merged, by=by, reason=reason)
        if indicator.is_restricted:
            hide_alike(merged, indicator, by, reason)
    indicator.state, indicator.merged_into = IndicatorState.RETRACTED, None
    indicator.save(update_fields=["state", "merged_into"])
    decide(indicator, Decided.RETRACTED, by, reason)
    return again


def decide(
    indicator: Indicator,
    decision: Decided,
    by: Decider,
    reason: str,
    *,
    user: User | None = None,
) -> None:
    """Keep what was decided, by an officer or by the system of that name."""
    IndicatorDecision.objects.create(
        indicator=indicator,
        decision=decision,
        reason=reason,
        user=user,
        decided_by=by if isinstance(by, User) else None,
        client_label=by if isinstance(by, str) else "",
    )


def _name(indicator: Indicator, user: User, *, named_by: User, by: Decider, reason: str) -> None:
    """`by`: whose act it is, who need not be the officer that named them."""
    _, is_new = IndicatorAccess.objects.get_or_create(
        indicator=indicator, user=user, ended_at=None, defaults={"named_by": named_by}
    )
    if is_new:
        decide(indicator, Decided.NAMED, by, reason, user=user)


def _decide(
    match: Match, state: MatchState, decision: MatchDecision.Decision, by: User, reason: str
) -> None:
    now = timezone.now()
    match.state, match.decided_by, match.decided_at = state, by, now
    match.save(update_fields=["state", "decided_by", "decided_at"])
    MatchDecision.objects.create(
        match=match, decision=decision, reason=reason, decided_by=by, decided_at=now
    )


def _save_match(indicator: Indicator) -> None:
    indicator.save(update_fields=["offender", "state", "matched_by", "matched_at"])


def _database_clock() -> dt.datetime:
    """What time it is to the database. One statement."""
    return Force.objects.values_list(Now(), flat=True)[0]


def _with_their_indicator(
    indicators: Iterable[Indicator], parts: Iterable[Collection[Any]]
) -> list[Any]:
    found = []
    for indicator, rows in zip(indicators, parts, strict=True):
        for row in rows:
            row.indicator = indicator
            found.append(row)
    return found
