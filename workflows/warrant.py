"""When failed entries are enough to consider a warrant (SOA 2003 s.96B). Pure."""

import datetime as dt
from collections.abc import Iterable

from rules.ruleset import RuleSet
from workflows.models import Visit
from workflows.obligations.entry import FAILED_VISITS


def may_consider_entry_warrant(
    visits: Iterable[Visit], rules: RuleSet, *, home_id: int | None
) -> bool:
    """Whether the failed entries among one person's live `visits` are as many as the rule asks.

    Counted: no answer or refused, at the last notified address (`home_id`) and to assess risk,
    since entry was last gained, each day once (PRACTICE 9). What failed at an earlier home does not
    count. Whether to apply stays an officer's decision,
    and when it is to be considered follows from the same (`obligations.entry`).
    """
    if home_id is None:
        return False
    failed = set()
    for visit in sorted(visits, key=_order, reverse=True):
        if visit.outcome == Visit.Outcome.EFFECTIVE:
            break
        at_address = visit.address_id == home_id
        if visit.outcome in Visit.ENTRY_FAILED and at_address and visit.for_risk_assessment:
            failed.add(visit.occurred_on)
    return len(failed) >= rules.rule(FAILED_VISITS).times


def _order(visit: Visit) -> tuple[dt.date, float, int]:
    """Of one day by the clock; a visit taken over has none, and comes first."""
    clock = visit.occurred_at.timestamp() if visit.occurred_at else 0.0
    return visit.occurred_on, clock, visit.pk
