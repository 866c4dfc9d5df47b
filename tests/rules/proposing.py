"""Proposals as the tests of versions make them: sound ones, and each fault by itself."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from accounts.models import Role, User
from rules import actions
from rules.errors import RulesRefused
from rules.models import RuleSetVersion
from tests import make
from tests.rules.shipped import day

TODAY = day("2026-11-25")
#: Medium every four months, with the cases that show it.
FOUR_MONTHS = {
    "id": "visit.interval.medium",
    "period": "4m",
    "source": "Force order 12",
    "evidence": "D",
    "examples": [
        {"trigger": "2026-10-31", "due": "2027-02-28", "why": "no 31 February: its last day"},
        {"trigger": "2026-05-04", "due": "2026-09-04", "why": "the same day of the month"},
    ],
}


def inspector(**facts: Any) -> User:
    return make.officer(Role.INSPECTOR, **facts)


def propose(*, by: User | None = None, **said: Any) -> RuleSetVersion:
    """A sound proposal for tomorrow, changed as asked."""
    facts: dict[str, Any] = {
        "effective_from": TODAY + dt.timedelta(days=1),
        "title": "Medium every four months",
        "source": "Force order 12",
        "evidence": "Our own decision",
        "reason": "Reoffending among those seen twice a year",
        "changes": [FOUR_MONTHS],
        "today": TODAY,
    }
    return actions.propose(by=by or inspector(), **(facts | said))


def approve(version: RuleSetVersion, *, by: User | None = None, **said: Any) -> RuleSetVersion:
    """Another inspector's approval."""
    facts = {"reason": "Agreed by the force", "today": TODAY}
    return actions.approve(by=by or inspector(), version=version, **(facts | said))


def withdraw(version: RuleSetVersion, *, today: dt.date = TODAY) -> RuleSetVersion:
    return actions.withdraw(by=inspector(), version=version, reason="A slip", today=today)


@contextmanager
def refused(code: str) -> Iterator[None]:
    """That what is done within is refused with `code`."""
    with pytest.raises(RulesRefused) as refusal:
        yield
    assert refusal.value.code == code
