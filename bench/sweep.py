"""The sweep: the first full run, then nights on which one person in 250 was visited."""

import statistics
from collections.abc import Callable, Collection
from typing import Any

from django.db import transaction

from bench.limits import Statement
from bench.meter import Cost, once
from bench.peers import sweep as peers
from bench.seed import ONE_DAY, Country, visits_of_a_day
from offenders.models import Offender
from workflows.models import Obligation
from workflows.sweep import sweep_obligations

#: People that the row loop is timed on: a tenth of a small country, and no more than this.
MOST_SAMPLED = 250
NIGHTS = 3


def first_run(country: Country) -> dict[str, Cost]:
    """Nothing is owed yet in the tables: everything is opened. Once, so no median."""
    sample = range(1, _sampled(country.people) + 1)
    peer, expected = _rolled_back(sample, country.today)
    own = once(lambda: sweep_obligations(today=country.today).people)
    assert own.units == country.people, "the sweep did not look at everyone"
    assert _owed(sample) == expected, "the peer owes something else"
    return {"ours": own, "peer": peer}


def nights(country: Country) -> dict[str, Cost]:
    """The cost of a person on a steady night: the median of several, each with its own visits."""
    facts = Statement("facts")
    taken: dict[str, list[Cost]] = {"raw": [], "ours": [], "peer": []}
    for night in range(1, NIGHTS + 1):
        today = country.today + night * ONE_DAY
        seen = visits_of_a_day(country.people, today)
        sample = _around(seen, country.people)
        taken["raw"].append(once(lambda: len({row[0] for row in facts.rows({})})))
        peer, expected = _rolled_back(sample, today)
        taken["peer"].append(peer)
        taken["ours"].append(once(lambda day=today: sweep_obligations(today=day).people))
        assert _owed(sample) == expected, "the peer owes something else"
        assert not sweep_obligations(today=today).changed, "a second run found something to do"
    return {
        name: Cost(statistics.median(cost.cpu for cost in costs), 0, costs[0].units)
        for name, costs in taken.items()
    }


def _sampled(people: int) -> int:
    return min(MOST_SAMPLED, max(1, people // 10))


def _around(seen: Collection[int], people: int) -> range:
    """A run of people with about as many visited among them as in the whole."""
    middle, sampled = sorted(seen)[len(seen) // 2], _sampled(people)
    first = max(1, min(middle - sampled // 2, people - sampled + 1))
    return range(first, first + sampled)


def _rolled_back(sample: range, today: Any) -> tuple[Cost, set[tuple[Any, ...]]]:
    """What the row loop costs and leaves for `sample`, then taken back."""
    with transaction.atomic():
        people = list(Offender.objects.filter(pk__in=sample).order_by("pk"))

        def loop() -> int:
            peers.sweep(people, today)
            return len(people)

        run: Callable[[], int] = loop
        cost = once(run)
        left = _owed(sample)
        transaction.set_rollback(True)
    return cost, left


def _owed(sample: range) -> set[tuple[Any, ...]]:
    rows = Obligation.objects.filter(offender__in=sample, closed_at__isnull=True)
    return set(rows.values_list("offender", "kind", "about", "due_on", "rule"))
