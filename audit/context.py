"""The facts of the request being served, for the events written while it is served.

Facts live in a context variable, so that an action need not carry a request it must not know.
Outside a request (commands, jobs) there are none, and events say so with empty fields.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """Where a request came from. `session_hash` is SHA-256 hex of the session key."""

    request_id: str
    ip: str
    session_hash: str


current: ContextVar[RequestFacts | None] = ContextVar("audit_request_facts", default=None)


@contextmanager
def entered(facts: RequestFacts) -> Iterator[None]:
    """Make `facts` current for a while.

    For work that happens after the middleware has returned: the body of a stream, a callback.
    """
    token = current.set(facts)
    try:
        yield
    finally:
        current.reset(token)
