"""A burst of a thousand indicators, taken in: each names somebody, by name and number."""

import datetime as dt
import random
from collections.abc import Callable
from typing import Any

from django.db import transaction

from accounts.actor import Actor
from bench.meter import Cost, compare
from bench.peers import indicators as peers
from bench.seed import SEED, Country, load, settle
from offenders.models import Device, Offender, OnlineAccount
from risk.models import Match
from workflows.actions.indicators.receiving import receive_batch
from workflows.matching import device_key

BURST = 1000
#: Of the row loop, each time.
SAMPLED = 50
#: One in so many of the people has a device and an account on record.
DECLARED = 4


def measure(country: Country, seconds: float) -> dict[str, dict[str, Cost]]:
    """The cost of one indicator of a burst; each is taken back."""
    by = Actor.of_user(country.officer)
    burst = _burst(country, min(BURST, country.people))
    sample = burst[: min(SAMPLED, len(burst))]
    ours = _rolled_back(lambda: _ours(burst, by), len(burst))
    peer = _rolled_back(lambda: peers.receive(sample, by=by), len(sample))
    assert _left(lambda: _ours(sample, by)) == _left(lambda: peers.receive(sample, by=by)), (
        "the peer suggests somebody else"
    )
    return {"Indicators, a burst": compare({"ours": ours, "peer": peer}, seconds=seconds)}


def declare(country: Country) -> None:
    """Write a device and an account for some of the people of every force."""
    people = range(1, country.people + 1, DECLARED)
    by = country.officer.pk
    load(
        Device,
        ("offender_id", "kind", "identifier", "identifier_key", "recorded_by_id"),
        ((key, "phone", f"35 {key:07} 1", device_key(f"35 {key:07} 1"), by) for key in people),
    )
    load(
        OnlineAccount,
        ("offender_id", "service", "user_name", "user_name_key", "recorded_by_id"),
        ((key, "Chat", f"user{key}", f"user{key}", by) for key in people),
    )
    settle()


def _burst(country: Country, count: int) -> list[dict[str, Any]]:
    draw = random.Random(SEED)
    force = country.officer.force_id
    keys = list(Offender.objects.filter(force_id=force).order_by("pk").values_list("pk", flat=True))
    chosen = Offender.objects.in_bulk(draw.sample(keys, min(count, len(keys))))
    at = dt.datetime.combine(country.today, dt.time(0, 30), dt.UTC) - dt.timedelta(days=1)
    return [_item(person, at) for _, person in sorted(chosen.items())]


def _item(person: Offender, at: dt.datetime) -> dict[str, Any]:
    return {
        "source": "vendor",
        "external_id": f"V{person.pk}",
        "code": "MONA",
        "severity": "high",
        "source_grade": 1,
        "assessment_grade": "B",
        "handling": "P",
        "occurred_at": at.isoformat(),
        "text": "Words that a rule of the vendor looks for",
        "subjects": [
            {
                "surname": person.surname,
                "forename": person.forename,
                "born_on": person.date_of_birth.isoformat(),
            }
        ],
        "identifiers": [
            {"kind": "device", "value": f"35-{person.pk:07}-1"},
            {"kind": "account", "service": "Chat", "value": f"user{person.pk}"},
        ],
        "references": [{"kind": "case", "value": f"LOG-{person.pk}"}],
    }


def _ours(items: list[dict[str, Any]], by: Actor) -> int:
    return len(receive_batch(by=by, indicators=items))


def _rolled_back(run: Callable[[], int], units: int) -> Callable[[], int]:
    def once() -> int:
        with transaction.atomic():
            done = run()
            assert done == units, f"{done} of {units} were taken in"
            transaction.set_rollback(True)
        return done

    return once


def _left(run: Callable[[], int]) -> set[tuple[Any, ...]]:
    """Whom each number is thought to be about, and why; then taken back."""
    with transaction.atomic():
        run()
        found = {
            (number, person, frozenset(reasons))
            for number, person, reasons in Match.objects.values_list(
                "indicator__external_id", "offender_id", "reasons"
            )
        }
        transaction.set_rollback(True)
    return found
