"""The inbox with sign-in and record as raw SQL: five statements, no framework."""

import datetime as dt
import json
import secrets
from typing import Any

from django.db import connection

from bench.limits import Statement

EVENT = (
    "operation",
    "action",
    "outcome",
    "actor_kind",
    "actor_key",
    "actor_label",
    "client_id",
    "session_hash",
    "ip",
    "request_id",
    "subject",
    "purpose_kind",
    "purpose_ref",
    "reason",
    "recipients",
    "row_count",
    "acting_for_key",
    "acting_for_label",
    "leaf_data",
    "leaf_hash",
)


class SignedIn:
    """One officer's session and what their request needs."""

    def __init__(self, session: str, today: dt.date) -> None:
        self._session, self._today = session, today
        self._inbox = Statement("inbox_priority")
        connection.ensure_connection()
        marks = ", ".join(f"%({name})s" for name in EVENT)
        self._event = self._spelt(
            f"INSERT INTO audit_event ({', '.join(EVENT)}) VALUES ({marks}) RETURNING id"
        )
        self._payload = self._spelt(
            "INSERT INTO audit_payload (event_id, payload, salt)"
            " VALUES (%(event)s, %(payload)s, %(salt)s)"
        )
        self._find = self._spelt(
            "SELECT session_data FROM django_session WHERE session_key = %(key)s"
        )
        self._user = self._spelt(
            "SELECT id, public_id, staff_number, role, team_id, force_id, is_active,"
            " vetting_expires_on FROM accounts_user WHERE username = 'officer1'"
        )

    def rows(self) -> list[tuple[Any, ...]]:
        """The rows, once the session is found and the look is recorded."""
        self._run(self._find, {"key": self._session})
        [user] = self._run(self._user, {})
        asked = {"officer": user[0], "team": user[4], "today": self._today.isoformat()}
        rows = self._inbox.rows(asked)
        self._run("BEGIN")
        fixed = dict.fromkeys(EVENT, "") | {
            "operation": "consultation",
            "action": "task.view",
            "outcome": "ok",
            "actor_kind": "user",
            "actor_key": str(user[1]),
            "actor_label": user[2],
            "row_count": len(rows),
            "leaf_data": b"x" * 500,
            "leaf_hash": b"x" * 32,
        }
        [(event,)] = self._run(self._event, fixed)
        payload = json.dumps({"ids": [str(row[0]) for row in rows]})
        salt = secrets.token_bytes(32)
        self._run(self._payload, {"event": event, "payload": payload, "salt": salt})
        self._run("COMMIT")
        return rows

    @staticmethod
    def _run(sql: str, params: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
        connection.ensure_connection()
        if connection.vendor == "sqlite":
            return connection.connection.execute(sql, params or {}).fetchall()
        cursor = connection.connection.execute(sql, params, prepare=True)
        return cursor.fetchall() if cursor.description else []

    @staticmethod
    def _spelt(sql: str) -> str:
        return Statement.spelt(sql)
