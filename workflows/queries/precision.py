"""The precision ledger: after how many indicators of each source and type something followed."""

import datetime as dt

from django.db.models import Count

from accounts.actor import Actor
from accounts.policy import Action
from risk.models import Indicator, IndicatorState
from risk.precision import Precision, Proposal, Triaged, ledger, proposals
from workflows.queries.quality import looked_at
from workflows.weighing import scale_of


def precision(
    *, actor: Actor, today: dt.date, since: dt.date | None = None, until: dt.date | None = None
) -> list[Precision]:
    """A line for each source and code that was triaged in those London days. One statement.

    Of what the actor may see: closed records and restricted indicators are in no count.
    """
    days = looked_at(today, since, until)
    rows = (
        Indicator.objects.permitted(actor, Action.INDICATOR_LEDGER_VIEW)
        .filter(state=IndicatorState.TRIAGED, triaged_at__date__range=days)
        .order_by()
        .values_list("source", "code", "outcome")
        .annotate(Count("pk"))
    )
    return ledger(Triaged(*row) for row in rows)


def proposed(lines: list[Precision], today: dt.date) -> list[Proposal]:
    """The factors that the lines speak for, beside those in force. One statement; changes nothing.

    Two inspectors decide on one, as on any figure of the rules.
    """
    return proposals(lines, scale_of(today).factors)
