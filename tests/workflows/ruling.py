"""Short ways for a test to change the rules as two inspectors do."""

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.models import Role
from rules.models import RuleSetVersion
from tests import make
from tests.rules.proposing import FOUR_MONTHS
from workflows.actions.rule_sets import approve_rules, propose_rules

MEDIUM = "visit.interval.medium"
#: Medium every eight months: a lengthening, with a case that shows it.
EIGHT_MONTHS = FOUR_MONTHS | {
    "period": "8m",
    "examples": [{"trigger": "2026-06-30", "due": "2027-02-28", "why": "its last day"}],
}


def propose(*, in_days: int = 0, **said: Any) -> RuleSetVersion:
    """An inspector's proposal of medium every four months, from today."""
    facts: dict[str, Any] = {
        "effective_from": timezone.localdate() + dt.timedelta(days=in_days),
        "title": "Another interval",
        "source": "Force order 12",
        "evidence": "Our own decision",
        "reason": "Decided by the force",
        "changes": [FOUR_MONTHS],
    }
    return propose_rules(by=make.actor(make.officer(Role.INSPECTOR)), **(facts | said))


def enact(*, in_days: int = 0, **said: Any) -> RuleSetVersion:
    """The same, approved by another inspector."""
    version = propose(in_days=in_days, **said)
    inspector = make.actor(make.officer(Role.INSPECTOR))
    return approve_rules(by=inspector, number=version.number, reason="Agreed by the force")


def approved() -> list[RuleSetVersion]:
    """Every version that was approved and not withdrawn."""
    return list(RuleSetVersion.objects.filter(state=RuleSetVersion.State.APPROVED))
