"""The same answers as one SQL statement through the driver: as fast as this database gives them.

No Django, no JSON: tuples in Python. Statements are prepared where the driver can.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import connection

#: Words that the two databases spell differently.
WORDS = {
    "postgresql": {
        "days_overdue": "(%(today)s::date - t.due_on)",
        "least": "LEAST",
        "greatest": "GREATEST",
    },
    "sqlite": {
        "days_overdue": "CAST(julianday(%(today)s) - julianday(t.due_on) AS INTEGER)",
        "least": "MIN",
        "greatest": "MAX",
    },
}


class Statement:
    """One of the SQL files beside this one, ready for the driver of this database."""

    def __init__(self, name: str) -> None:
        text = (Path(__file__).parent / f"{name}.sql").read_text(encoding="utf-8")
        for word, spelt in WORDS[connection.vendor].items():
            text = text.replace("{" + word + "}", spelt)
        self._text = self.spelt(text)

    @staticmethod
    def spelt(sql: str) -> str:
        """`sql` with its parameters as this driver writes them."""
        return re.sub(r"%\((\w+)\)s", r":\1", sql) if connection.vendor == "sqlite" else sql

    def rows(self, params: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Every row, from the driver's own connection."""
        connection.ensure_connection()
        driver = connection.connection
        if connection.vendor == "sqlite":
            return driver.execute(self._text, params).fetchall()
        return driver.execute(self._text, params, prepare=True).fetchall()
