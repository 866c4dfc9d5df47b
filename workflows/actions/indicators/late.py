"""The deadline of a triage has passed: who stands above is told, once for each indicator.

Deadlines are instants, some of them hours away, so this looks every minute. Nothing is decided,
moved or closed by it.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

import audit.record as audit
from accounts.actor import Actor
from accounts.models import Absence, User
from accounts.policy import Action
from audit.models import Operation
from risk.actions.triage import note_late
from risk.models import WAITING, Indicator, Match, MatchState
from risk.querysets import IndicatorQuerySet
from workflows.actions.alerts import tell
from workflows.actions.ranks import inspectors_of, seniors_of, supervisors_of
from workflows.facts.indicated import last_day
from workflows.models import Alert, Task
from workflows.queries.triage import tasks_by_indicator

#: Indicators looked at in one transaction, and about how many are told of in one run.
BATCH, MOST = 50, 500

BY = Actor.system("triage-deadlines")


def warn_of_late(*, now: dt.datetime | None = None) -> int:
    """Tell of each indicator that waits past its deadline, once. Returns how many.

    Of a matched one the supervisors of the person's team; of another those of the teams whose
    people it may be about, else of the force; where none of them may see it, the next who may. Safe
    to run twice: what somebody is deciding on, it alone, is left for the next run.
    """
    at = now or timezone.now()
    told, rows = 0, _batch(at, None)
    while rows and told < MOST:
        told += _warned([key for _, key in rows], at)
        rows = _batch(at, rows[-1])
    return told


def _batch(at: dt.datetime, after: tuple[dt.datetime, int] | None) -> list[tuple[dt.datetime, int]]:
    """The deadlines and keys of the next that are late. Those of which nobody may be told yet stay
    so: the next are looked for past them, or they would stand before all others for ever."""
    late = _late(at)
    if after is not None:
        by, key = after
        late = late.filter(Q(triage_by__gt=by) | Q(triage_by=by, pk__gt=key))
    return list(late.order_by("triage_by", "pk").values_list("triage_by", "pk")[:BATCH])


def _late(at: dt.datetime) -> IndicatorQuerySet:
    return Indicator.objects.filter(state__in=WAITING, triage_by__lte=at, late_told_at=None)


@transaction.atomic
def _warned(keys: Collection[int], at: dt.datetime) -> int:
    rows = _late(at).filter(pk__in=keys).select_related("offender").order_by("pk")
    free = list(rows.select_for_update(of=("self",), no_key=True, skip_locked=True))
    if not free:
        return 0
    above = _Above(free, timezone.localdate(at))
    tasks = tasks_by_indicator(free)
    to = {one: told for one in free if (told := above.told_of(one))}
    tell(_alert(one, senior, tasks.get(one.pk)) for one, told in to.items() for senior in told)
    note_late([one.pk for one in to])
    audit.record_many(_entry(one, told) for one, told in to.items())
    return len(to)


class _Above:
    """Those who may be told of some indicators on a day, and which each of them may see."""

    def __init__(self, found: Collection[Indicator], day: dt.date) -> None:
        self.keys = [one.pk for one in found]
        self.day = day
        self.seniors = seniors_of({one.force_id for one in found}, day)
        self.away = set(Absence.objects.on(day).values_list("officer", flat=True))
        self.teams = _teams(found)
        self._seen: dict[int, set[int]] = {}

    def told_of(self, one: Indicator) -> list[User]:
        """The first of those above of whom any may see it; the absent only where nobody else."""
        seniors = self.seniors[one.force_id]
        there = [senior for senior in seniors if senior.pk not in self.away]
        tiers = [*self._tiers(one, there), *self._tiers(one, seniors)]
        return next((able for tier in tiers if (able := self._able(tier, one))), [])

    def _tiers(self, one: Indicator, seniors: list[User]) -> Iterator[list[User]]:
        teams = self.teams[one.pk]
        yield [who for team in sorted(teams) for who in supervisors_of(team, seniors)]
        if one.offender_id is None:
            yield [who for who in seniors if who not in inspectors_of(seniors)]
        yield inspectors_of(seniors)
        # A restricted one whose named senior is of another team (PRACTICE 14).
        yield seniors

    def _able(self, tier: list[User], one: Indicator) -> list[User]:
        return [senior for senior in tier if one.pk in self._seen_by(senior)]

    def _seen_by(self, senior: User) -> set[int]:
        if senior.pk not in self._seen:
            actor = Actor.of_user(senior, self.day)
            seen = Indicator.objects.permitted(actor, Action.INDICATOR_VIEW)
            self._seen[senior.pk] = set(seen.filter(pk__in=self.keys).values_list("pk", flat=True))
        return self._seen[senior.pk]


def _teams(found: Collection[Indicator]) -> dict[int, set[int]]:
    """By indicator: the teams of whom it is about, or may be about."""
    teams: dict[int, set[int]] = defaultdict(set)
    for one in found:
        if one.offender is not None:
            teams[one.pk].add(one.offender.team_id)
    unmatched = [one.pk for one in found if one.offender_id is None]
    suggested = Match.objects.filter(indicator__in=unmatched, state=MatchState.SUGGESTED)
    for key, team in suggested.values_list("indicator_id", "offender__team_id"):
        teams[key].add(team)
    return teams


def _alert(one: Indicator, senior: User, task: Task | None) -> Alert:
    about = f"task:{task.public_id}" if task is not None else f"indicator:{one.public_id}"
    return Alert(
        to=senior,
        about=Alert.About.INDICATOR_LATE,
        subject=f"{about}:late",
        offender_id=one.offender_id,
        on=last_day(one.triage_by),
    )


def _entry(one: Indicator, told: Collection[User]) -> audit.Entry:
    return audit.Entry(
        by=BY,
        action="indicator.late",
        operation=Operation.ALTERATION,
        offender_id=one.offender_id,
        subject=f"indicator:{one.public_id}",
        payload={
            "triage_by": one.triage_by.isoformat(),
            "told": [senior.staff_number for senior in told],
        },
    )
