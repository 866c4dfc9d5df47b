"""How the database would read: the plans of statements, in its own words."""

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext


def plan_of(run: Callable[[], object], part: str) -> list[str]:
    """The plan of each statement of `run` that has `part` in it.

    PostgreSQL reads a small table whole, which is right; so whole reads and sorts are made dear.
    """
    with CaptureQueriesContext(connection) as asked:
        run()
    found = [query["sql"] for query in asked if part in query["sql"]]
    return [_plan(statement) for statement in found]


def _plan(statement: str) -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
            cursor.execute(f"EXPLAIN {statement}".replace("%", "%%"), [])
            return "\n".join(row[0] for row in cursor.fetchall())
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}".replace("%", "%%"), [])
        return "\n".join(row[3] for row in cursor.fetchall())
