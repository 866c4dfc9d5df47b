"""Short ways for a test to triage an indicator, and to have the triage checked."""

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.models import Role, User
from offenders.models import Offender, Order, OrderCondition
from risk.models import Indicator, IndicatorTriage
from tests import make
from tests.workflows import indicating
from tests.workflows.searching import manager_of
from workflows.actions.steps import complete_step
from workflows.models import Obligation, Task
from workflows.obligations.indicators import about

DAY = dt.timedelta(days=1)
WHY = "The address was checked with the provider."

#: What each outcome is given besides its reason, where nothing that stands must be named.
GIVEN: dict[str, dict[str, Any]] = {
    "no_action": {},
    "information_only": {},
    "reassessment": {},
    "not_this_person": {},
    "transferred": {"transferred_to": "Aldmoor"},
    "enquiry": {"action": "Ask the provider.", "due_in": 3},
    "safeguarding_referral": {"action": "Refer to children's services."},
    "visit_brought_forward": {"visit_in": 2},
}


def values(outcome: str = "no_action", **said: Any) -> dict[str, Any]:
    """Validated values of the form. `due_in`, `visit_in`: days from today."""
    given = GIVEN.get(outcome, {}) | said
    today = timezone.localdate()
    if (days := given.pop("due_in", None)) is not None:
        given["due_on"] = today + days * DAY
    if (days := given.pop("visit_in", None)) is not None:
        given["visit_by"] = today + days * DAY
    return {
        "outcome": outcome,
        "reason": WHY,
        "breach_of": None,
        "visit_by": None,
        "action": "",
        "due_on": None,
        "owner": "",
        "task": None,
        "same_as": None,
        "transferred_to": "",
    } | given


def matched(person: Offender, *, by: User | None = None, **said: Any) -> Indicator:
    """One that an officer confirmed: high, of a shared account, unless said otherwise."""
    officer = by or manager_of(person)
    return indicating.matched(person, by=officer, **{"code": "UACC"} | said)


def critical(person: Offender, *, by: User | None = None, **said: Any) -> Indicator:
    return matched(person, by=by, **{"code": "CTIP"} | said)


def obligation_of(found: Indicator) -> Obligation | None:
    """What is owed for its triage, if it is."""
    return Obligation.objects.filter(
        kind="indicator_triage", about=about(found.pk), closed_at=None
    ).first()


def task_of(found: Indicator, step: str = "triage_indicator") -> Task:
    return Task.objects.open().get(process__obligation__about=about(found.pk), step=step)


def triage(found: Indicator, outcome: str = "no_action", *, by: User, **said: Any) -> Indicator:
    """`by` triages it. Returns it as it stands then."""
    task = task_of(found)
    complete_step(
        by=make.actor(by),
        task=task.public_id,
        step=task.step,
        values=values(outcome, **said),
    )
    found.refresh_from_db()
    return found


def check(found: Indicator, decision: str = "agreed", *, by: User) -> Indicator:
    """A supervisor decides on what was set aside."""
    task = task_of(found, "check_triage")
    complete_step(
        by=make.actor(by),
        task=task.public_id,
        step=task.step,
        values={"decision": decision, "comment": "I have read it."},
    )
    found.refresh_from_db()
    return found


def triaged(found: Indicator) -> IndicatorTriage:
    """The newest triage of it."""
    return found.triages.latest("pk")


def condition(person: Offender, category: str = "internet", **facts: Any) -> OrderCondition:
    """A condition of an order that binds today."""
    today = timezone.localdate()
    order, _ = Order.objects.get_or_create(
        offender=person, kind="shpo", made_on=today - 30 * DAY, ends_on=None
    )
    return OrderCondition.objects.create(
        order=order,
        text="No device without monitoring.",
        category=category,
        polarity="prohibition",
        starts_on=today - 30 * DAY,
        recorded_by=manager_of(person),
        **facts,
    )


def supervisor_of(person: Offender) -> User:
    return make.officer(Role.SUPERVISOR, team=person.team)
