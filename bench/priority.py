"""Lists ordered by what indicators amount to: one officer's however many there are, a force's first
fifty a day after its ceilings were written, and what the night in between writes."""

import datetime as dt
import random
import sys
from collections.abc import Iterable, Iterator, Sequence

import time_machine
from django.test import RequestFactory
from django.utils import timezone

from accounts.actor import Actor
from bench import ours
from bench.meter import Cost, compare, once
from bench.peers.inbox import most_urgent_first
from bench.seed import ONE_DAY, SEED, Country, load
from offenders.models import Offender
from risk.models import Indicator
from risk.priority import PriorityScale
from rules import current
from workflows.models import Task
from workflows.queries.ranking import Scale
from workflows.queries.sight import Sight
from workflows.queries.whole_force import Walks
from workflows.standings import settle_standings

#: One in so many people has an indicator, and one in so many of those waits for its triage.
INDICATED, WAITING = 20, 10
CODES = ("UDEV", "UACC", "MONO", "NEWREL", "GAME", "INTEL")
FIRST, MOST_READ, MOST_WRITTEN = 50, 1_000, 0.1
ONE, HUNDRED = "Inbox, an indicator each", "Inbox, a hundred each"


def measure(country: Country, seconds: float) -> dict[str, dict[str, Cost]]:
    """The cost of each. Writes indicators, so it comes last."""
    mine = list(country.officer.caseload.order_by("pk").values_list("pk", flat=True))
    others = [key for key in range(1, country.people + 1, INDICATED) if key not in set(mine)]
    _indicate([(key, 1 + key % 3) for key in others], by=country.officer.pk)
    _indicate([(key, 1) for key in mine], by=country.officer.pk, codes=CODES[:1])
    settle_standings(today=country.today)
    costs = {ONE: _inbox(country, seconds), "Force, first fifty": _force(country, seconds)}
    costs["Standings, a night"] = _night(country)
    _indicate([(key, 99) for key in mine], by=country.officer.pk, codes=CODES[:1])
    settle_standings(today=country.today)
    return costs | {HUNDRED: _inbox(country, seconds)}


def _inbox(country: Country, seconds: float) -> dict[str, Cost]:
    actor = Actor.of_user(country.officer)
    view = ours.Inbox.as_view(actor=actor, today=country.today, order="priority")
    ask = RequestFactory(SERVER_NAME="localhost").get
    return compare({"ours": lambda: len(view(ask("/tasks")).content) // 999 and 1}, seconds=seconds)


def _force(country: Country, seconds: float) -> dict[str, Cost]:
    """The first fifty keys of a force, a day after. The peer sorts all of its tasks."""
    force, tomorrow = country.inspector.force_id, country.today + ONE_DAY
    at = timezone.now() + ONE_DAY
    sight = Sight(Actor.of_user(country.inspector), tomorrow)

    def walk() -> tuple[list[int], int]:
        found = Walks(force, [], Scale(tomorrow, at), sight).first(FIRST, None)
        return [place[-1] for place in found.places], found.rows_read

    def sort() -> list[int]:
        rules = current.in_force(tomorrow)
        tasks = Task.objects.filter(force_id=force, flow_task_type="HUMAN").filter(
            status__in=["NEW", "ASSIGNED"]
        )
        joined = tasks.select_related("offender__indicator_standing")
        weighed_by = (rules, PriorityScale.of(rules), at)
        return [task.pk for task in most_urgent_first(joined, tomorrow, weighed_by)[:FIRST]]

    keys, read = walk()
    assert keys == sort(), "the walk is not the sort"
    print(f"    first fifty of a force: {read} rows read, at most {MOST_READ}", file=sys.stderr)
    assert read <= MOST_READ, f"{read} rows were read"
    return compare(
        {"ours": lambda: len(walk()[0]) // FIRST, "peer": lambda: len(sort()) // FIRST},
        seconds=seconds,
    )


def _night(country: Country) -> dict[str, Cost]:
    """What a day later is written of all open tasks."""
    people = Offender.objects.filter(indicator_standing__isnull=False).count()
    written: list[int] = []
    with time_machine.travel(timezone.now() + ONE_DAY):

        def night() -> int:
            written.append(settle_standings(today=country.today + ONE_DAY))
            return people

        cost = once(night)
    open_tasks = Task.objects.open().filter(flow_task_type="HUMAN").count()
    share = written[0] / open_tasks
    print(f"    a night: {written[0]} rows written, {100 * share:.2f} % of tasks", file=sys.stderr)
    assert share <= MOST_WRITTEN, f"{share:.1%} were written"
    return {"ours": cost}


def _indicate(people: Iterable[tuple[int, int]], *, by: int, codes: Sequence[str] = CODES) -> None:
    """Write so many indicators about each person, triaged in the last two months or waiting."""
    forces = dict(Offender.objects.values_list("pk", "force_id"))
    load(Indicator, COLUMNS, _rows(people, forces, by, codes))


COLUMNS = (
    *("force_id", "source", "external_id", "code", "severity", "source_grade", "assessment_grade"),
    *("handling", "sanitised", "occurred_at", "content_digest", "triage_by", "client_label"),
    *("state", "offender_id", "matched_by_id", "matched_at", "outcome", "outcome_reason"),
    *("triaged_by_id", "triaged_at", "decays_from"),
)
_begun = [0]


def _rows(
    people: Iterable[tuple[int, int]], forces: dict[int, int], by: int, codes: Sequence[str]
) -> Iterator[tuple[object, ...]]:
    draw, now = random.Random(SEED), timezone.now()
    for person, count in people:
        for _ in range(count):
            _begun[0] += 1
            number = _begun[0]
            at = now - dt.timedelta(days=1 + draw.random() * 60)
            waits = number % WAITING == 0
            severity = draw.choice(("high", "medium", "low"))
            known = (forces[person], "bench", f"B{number}", draw.choice(codes), severity, 1, "B")
            came = ("P", False, at, "0" * 64, now, "bench")
            matched = ("untriaged" if waits else "triaged", person, by, at)
            triaged = ("", "", None, None, None)
            if not waits:
                triaged = ("information_only", "Known", by, at, at)
            yield (*known, *came, *matched, *triaged)
