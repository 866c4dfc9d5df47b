"""The due list: every home visit owed in a force, read whole."""

import csv
import io
import json
from typing import Any

from django.test import RequestFactory

from accounts.actor import Actor
from bench import ours
from bench.limits import Statement
from bench.meter import Cost, compare
from bench.peers import due as peers
from bench.seed import ONE_DAY, Country
from workflows.queries.due import stream_due_rows
from workflows.queries.sql import uuid

#: Pages of fifty that the peer is timed on: its first, which are its cheapest.
PEER_PAGES = 10


def measure(country: Country, seconds: float) -> dict[str, dict[str, Cost]]:
    """The cost of a row for each variant."""
    today, to_on = country.today, country.today + 400 * ONE_DAY
    actor = Actor.of_user(country.inspector)
    statement, params = Statement("due"), {"force": country.officer.force_id, "to_on": to_on}
    view = peers.DueVisits.as_view(force_id=actor.force_id, today=today, to_on=to_on)

    def pages() -> list[bytes]:
        return list(ours.due_pages(actor, today, to_on))

    def lines() -> int:
        window = {"from_on": today, "to_on": to_on, "as_of": today, "today": today}
        writer, rows = csv.writer(io.StringIO()), 0
        for row in stream_due_rows(actor=actor, **window):
            writer.writerow(row)
            rows += 1
        return rows

    def peer_page(number: int) -> list[dict[str, Any]]:
        request = RequestFactory(SERVER_NAME="localhost").get("/due", {"page": number})
        return json.loads(view(request).render().content)["results"]

    raw = statement.rows(params)
    own = [row for body in pages() for row in json.loads(body)]
    numbers = range(1, max(1, min(PEER_PAGES, len(own) // 50)) + 1)
    first = [row for number in numbers for row in peer_page(number)]
    assert [str(uuid(row[2])) for row in raw] == [row["obligation_id"] for row in own]
    assert own[: len(first)] == first, "the peer's rows differ"
    assert lines() == len(own)

    def peer_rows() -> int:
        for number in numbers:
            request = RequestFactory(SERVER_NAME="localhost").get("/due", {"page": number})
            assert view(request).render().content
        return len(first)

    json_rows = compare(
        {
            "raw": lambda: len(statement.rows(params)),
            "ours": lambda: len(own) if pages() else 0,
            "peer": peer_rows,
        },
        seconds=seconds,
    )
    return {
        "Due list, JSON": json_rows,
        "Due list, CSV": compare(
            {"raw": lambda: len(statement.rows(params)), "ours": lines}, seconds=seconds / 2
        ),
    }
