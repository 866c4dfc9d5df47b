"""Carrying a version of the rules that took effect through to the open due dates.

Derived, never counted: who is affected is found by comparing what is owed under the rules before
and after, and what is written is what the sweep would write. Here each move says which version made
it.
"""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.utils import timezone

from accounts.actor import Actor
from rules import current
from rules.models import RuleSetVersion
from rules.ruleset import RuleSet
from rules.workdays import Calendar
from workflows.facts import stream
from workflows.models import RuleSetApplication
from workflows.obligations import Facts, owed
from workflows.reconcile import SENSELESS, reconcile_many
from workflows.standings import settle_standings

BY = Actor.system("apply-rules")


def because(number: int) -> str:
    """What moves of due dates say that version `number` of the rules made."""
    return f"rules:{number}"


def apply_rules(*, today: dt.date | None = None) -> int:
    """Move the open due dates that the version in force today moves. Returns how many people.

    What indicators are worth is worked out again by its figures.

    Does nothing once that is done. Safe to run twice, at once too, and to be killed: what was
    written no longer differs. People whom someone else is changing are left for the next run, as
    are those after a kill.
    """
    day = today or timezone.localdate()
    version = current.version_in_force(day)
    if RuleSetApplication.objects.filter(version=version, finished_at__isnull=False).exists():
        return 0
    before = _applied_before(version)
    if before == version:
        return 0
    RuleSetApplication.objects.get_or_create(version=version)
    calendar = current.calendar()
    facts = affected(
        stream(as_of=day), current.rules_of(before), current.rules_of(version), calendar, day
    )
    counts = reconcile_many(facts, because=because(version.number), by=BY, today=day)
    settle_standings(today=day)
    if not counts.busy:
        unfinished = RuleSetApplication.objects.filter(version=version, finished_at__isnull=True)
        unfinished.update(finished_at=timezone.now())
    return counts.changed


def affected(
    people: Iterable[Facts], before: RuleSet, after: RuleSet, calendar: Calendar, today: dt.date
) -> Iterator[Facts]:
    """Those to whom `after` owes something else, or at another date, than `before`. Pure.

    Whose facts make no sense holds up nobody: the sweep that follows says who they are.
    """
    if before == after:
        return
    for facts in people:
        try:
            is_moved = owed(facts, before, calendar, today) != owed(facts, after, calendar, today)
        except SENSELESS:
            continue
        if is_moved:
            yield facts


def _applied_before(version: RuleSetVersion) -> RuleSetVersion:
    """The version whose due dates stand: the last carried through, else the first there was."""
    approved = RuleSetVersion.objects.filter(state=RuleSetVersion.State.APPROVED)
    done = approved.filter(application__finished_at__isnull=False).exclude(pk=version.pk)
    last = done.order_by("-effective_from", "-number").first()
    return last or approved.order_by("effective_from", "number")[0]
