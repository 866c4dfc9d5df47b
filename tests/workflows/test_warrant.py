"""When a person's page says that a warrant may be considered (SOA 2003 s.96B)."""

import datetime as dt

import pytest
from django.utils import timezone

from rules import current
from workflows.models import Visit
from workflows.warrant import may_consider_entry_warrant

pytestmark = pytest.mark.django_db


def attempt(
    days_ago: int, outcome: str, *, to_assess: bool = True, at_address: bool = True
) -> Visit:
    on = timezone.localdate() - dt.timedelta(days=days_ago)
    return Visit(
        pk=1000 - days_ago,
        occurred_on=on,
        outcome=outcome,
        for_risk_assessment=to_assess,
        address_id=1 if at_address else None,
    )


@pytest.mark.parametrize(
    ("visits", "may"),
    [
        pytest.param([], False, id="nothing tried"),
        pytest.param([attempt(3, "no_answer")], False, id="one failure is not enough"),
        pytest.param(
            [attempt(3, "no_answer"), attempt(1, "refused")], True, id="two separate occasions"
        ),
        pytest.param(
            [attempt(1, "no_answer"), attempt(1, "no_answer")], False, id="one day counts once"
        ),
        pytest.param(
            [attempt(5, "no_answer"), attempt(3, "effective"), attempt(1, "no_answer")],
            False,
            id="entry was gained in between",
        ),
        pytest.param(
            [attempt(5, "no_answer"), attempt(1, "no_answer", to_assess=False)],
            False,
            id="for another purpose",
        ),
        pytest.param(
            [attempt(5, "no_answer"), attempt(1, "no_answer", at_address=False)],
            False,
            id="not at the last notified address",
        ),
        pytest.param(
            [attempt(5, "not_resident"), attempt(1, "aborted_by_police")],
            False,
            id="nobody failed to let us in",
        ),
    ],
)
def test_failed_entries_are_counted_since_entry_was_last_gained(
    visits: list[Visit], may: bool
) -> None:
    rules = current.in_force(timezone.localdate())
    assert may_consider_entry_warrant(visits, rules) is may
