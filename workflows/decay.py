"""Since when each triaged indicator loses weight: once its triage and what it started are closed.

Worked out from the facts and never counted, so that a visit that was voided or found ineffective
takes it back (PRACTICE 18).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field

from django.utils import timezone

from offenders.models import Notification
from risk.indicator_codes import TriageOutcome
from risk.models import Indicator, IndicatorState, RiskAssessment
from workflows.models import CaseAction, Kind, Obligation, TriageStart, Visit

Started = TriageStart.What
#: By person, of visits or assessments: the day that counts, and the instant from which they stand.
Dated = dict[int, list[tuple[dt.date, dt.datetime]]]
#: What starts nothing: it is closed with its triage.
ENDS_WITH_TRIAGE = frozenset(
    {TriageOutcome.NO_ACTION, TriageOutcome.INFORMATION_ONLY, TriageOutcome.TRANSFERRED}
)


def settle_decay(offender_ids: Collection[int]) -> None:
    """Bring `decays_from` of these people's indicators in line, under locks that the caller holds.

    One statement where nobody has any that are triaged; safe to run twice.
    """
    if changed := out_of_line(offender_ids):
        Indicator.objects.bulk_update(changed, ["decays_from"])


def out_of_line(offender_ids: Collection[int]) -> list[Indicator]:
    """Their indicators whose `decays_from` is not what the facts say, with what they say."""
    rows = Indicator.objects.filter(offender__in=offender_ids, state=IndicatorState.TRIAGED)
    found = {one.pk: one for one in rows.order_by("pk")}
    if not found:
        return []
    starts = TriageStart.objects.filter(
        triage__indicator__in=found, triage__stands_at__isnull=False
    ).select_related("triage", "case_action", "obligation")
    by_indicator = {one.triage.indicator_id: one for one in starts}
    closings = _Closings.of({one.offender_id or 0 for one in found.values()}, by_indicator.values())
    changed = []
    for one in found.values():
        since = _since(one, by_indicator.get(one.pk), closings)
        if since != one.decays_from:
            one.decays_from = since
            changed.append(one)
    return changed


def everyone(size: int) -> Iterator[list[int]]:
    """Whoever has an indicator that is triaged, by key, `size` at a time."""
    rows = Indicator.objects.filter(state=IndicatorState.TRIAGED, offender__isnull=False)
    keys = sorted({key for key in rows.values_list("offender_id", flat=True) if key is not None})
    for start in range(0, len(keys), size):
        yield keys[start : start + size]


def _since(one: Indicator, start: TriageStart | None, closings: "_Closings") -> dt.datetime | None:
    """The later of its triage and of what closed what that started; None while that is open."""
    if one.triaged_at is None:
        return None
    if start is None:
        return one.triaged_at if one.outcome in ENDS_WITH_TRIAGE else None
    closed_at = closings.closed_at(start)
    return None if closed_at is None else max(one.triaged_at, closed_at)


@dataclass(frozen=True, slots=True)
class _Closings:
    """What has been done about some people that can close what a triage started."""

    #: By kind of work whose facts tell.
    dated: dict[str, Dated] = field(default_factory=dict)
    #: By (person, kind, about) of any other work: when it was done, in order.
    done: dict[tuple[int, str, str], list[dt.datetime]] = field(default_factory=dict)

    @classmethod
    def of(cls, people: Collection[int], starts: Iterable[TriageStart]) -> "_Closings":
        """Reads what these need, and nothing where they need nothing."""
        needed = list(starts)
        kinds = {_kind_of(one) for one in needed}
        others = kinds - set(FACTS_OF) - {""}
        return cls(
            dated={kind: FACTS_OF[kind](people) for kind in kinds & set(FACTS_OF)},
            done=_done(people, others) if others else {},
        )

    def closed_at(self, start: TriageStart) -> dt.datetime | None:
        """When what was started was done, as it stands now; None where it is not."""
        if start.case_action is not None:
            return start.case_action.finished_at
        kind = _kind_of(start)
        if kind in self.dated:
            return _first(self.dated[kind].get(start.triage.offender_id, []), start)
        owed, stood_at = start.obligation, start.triage.stands_at
        if owed is None or stood_at is None:
            return None
        # What is owed again counts as the same: the next one done closes it too.
        times = self.done.get((owed.offender_id, owed.kind, owed.about), [])
        return next((at for at in times if at >= stood_at), None)


def _kind_of(start: TriageStart) -> str:
    """The kind of work that closes it; empty of an action, which has an end of its own."""
    match start.what:
        case Started.VISIT:
            return Kind.HOME_VISIT
        case Started.REASSESSMENT:
            return Kind.RISK_REASSESSMENT
        case Started.TASK if start.obligation is not None:
            return start.obligation.kind
    return ""


def _first(dated: list[tuple[dt.date, dt.datetime]], start: TriageStart) -> dt.datetime | None:
    """The first on the day of the triage or later; of a linked task's day, only what came after."""
    since_on, stood_at = start.triage.triaged_on, start.triage.stands_at
    is_linked = start.what == Started.TASK and stood_at is not None
    for on, at in dated:
        if on > since_on or (on == since_on and not (is_linked and stood_at and at < stood_at)):
            return at
    return None


def _visits(people: Collection[int]) -> Dated:
    """Live effective visits by day, and when each was made."""
    found: Dated = defaultdict(list)
    rows = Visit.objects.effective().filter(offender__in=people)
    columns = ("offender_id", "occurred_on", "occurred_at")
    for person, on, at in rows.order_by("occurred_on", "occurred_at").values_list(*columns):
        found[person].append((on, at or _begin(on)))
    return found


def _assessments(people: Collection[int]) -> Dated:
    """Endorsed assessments by the day on which they were handed in, and when they were endorsed."""
    found: Dated = defaultdict(list)
    rows = RiskAssessment.objects.filter(
        offender__in=people, state=RiskAssessment.State.ENDORSED, decided_at__isnull=False
    )
    columns = ("offender_id", "assessed_on", "decided_at")
    for person, on, at in rows.order_by("assessed_on", "decided_at").values_list(*columns):
        found[person].append((on, at))
    return found


def _notifications(people: Collection[int]) -> Dated:
    """Notifications that are not void by day, and when each was recorded."""
    found: Dated = defaultdict(list)
    rows = Notification.objects.filter(offender__in=people, voided_at__isnull=True)
    columns = ("offender_id", "notified_on", "recorded_at")
    for person, on, at in rows.order_by("notified_on", "recorded_at").values_list(*columns):
        found[person].append((on, at))
    return found


#: By kind of work: the facts that say whether it was done, which can be voided.
FACTS_OF: dict[str, Callable[[Collection[int]], Dated]] = {
    Kind.HOME_VISIT: _visits,
    Kind.RISK_REASSESSMENT: _assessments,
    Kind.INITIAL_NOTIFICATION: _notifications,
    Kind.CHANGE_NOTIFICATION: _notifications,
    Kind.PERIODIC_NOTIFICATION: _notifications,
}


def _done(
    people: Collection[int], kinds: Collection[str]
) -> dict[tuple[int, str, str], list[dt.datetime]]:
    """When obligations of these kinds were closed as done; actions, however they were finished."""
    found: dict[tuple[int, str, str], list[dt.datetime]] = defaultdict(list)
    rows = Obligation.objects.filter(
        offender__in=people,
        kind__in=kinds,
        closed_because=Obligation.ClosedBecause.DONE,
        closed_at__isnull=False,
    )
    columns = ("offender_id", "kind", "about", "closed_at")
    for person, kind, about, at in rows.order_by("closed_at").values_list(*columns):
        found[person, kind, about].append(at)
    if Kind.CASE_ACTION in kinds:
        finished = CaseAction.objects.filter(offender__in=people, finished_at__isnull=False)
        for action in finished:
            key = (action.offender_id, Kind.CASE_ACTION.value, action.about)
            found[key] = [action.finished_at] if action.finished_at else []
    return found


def _begin(day: dt.date) -> dt.datetime:
    """The beginning of a London day, of which no time is known."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))
