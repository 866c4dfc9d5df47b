"""What each outcome of a triage asks for: all of it, and nothing that belongs to another."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from accounts.actor import Actor
from offenders.errors import Invalid
from offenders.models import Offender, OrderCondition
from risk.actions.triage import Said
from risk.indicator_codes import TriageOutcome
from risk.models import Indicator
from workflows.actions.indicators.matching import lock_indicator
from workflows.queries.indicators import permitted
from workflows.queries.triage import condition_of

#: By outcome: the fields that it needs, with what is said where one is empty.
NEEDS: dict[TriageOutcome, dict[str, str]] = {
    TriageOutcome.VISIT_BROUGHT_FORWARD: {"visit_by": "Enter the last day for the visit."},
    TriageOutcome.ENQUIRY: {
        "action": "Say what must be done.",
        "due_on": "Say by when.",
    },
    TriageOutcome.SAFEGUARDING_REFERRAL: {"action": "Say what must be done."},
    TriageOutcome.LINKED_TO_TASK: {"task": "Choose the task that deals with it."},
    TriageOutcome.DUPLICATE: {"same_as": "Choose the indicator that it is the same as."},
    TriageOutcome.TRANSFERRED: {"transferred_to": "Say to which force."},
}
#: By outcome: what may be said besides.
MAY: dict[TriageOutcome, frozenset[str]] = {
    TriageOutcome.ENQUIRY: frozenset({"owner"}),
    TriageOutcome.SAFEGUARDING_REFERRAL: frozenset({"owner", "due_on"}),
}
#: Every field that belongs to some outcome alone.
PARTICULAR = ("visit_by", "action", "due_on", "owner", "task", "same_as", "transferred_to")


def read(by: Actor, person: Offender, found: Indicator, values: Mapping[str, Any]) -> Said:
    """The decision of a form, with the rows it names; the other indicator locked.

    Raises Invalid: `needed` and `not_asked` by field, `unknown_condition`, `unknown_indicator`,
    `duplicate_of_another`; TaskBusy.
    """
    outcome = TriageOutcome(values["outcome"])
    _refuse_incomplete(outcome, values)
    return Said(
        outcome=outcome,
        reason=values["reason"],
        condition=_condition(person, values["breach_of"]),
        duplicate_of=_other(by, found, values["same_as"]),
        transferred_to=values["transferred_to"],
    )


def _refuse_incomplete(outcome: TriageOutcome, values: Mapping[str, Any]) -> None:
    needed = NEEDS.get(outcome, {})
    for name, said in needed.items():
        if not values[name]:
            raise Invalid("needed", said, field=name)
    for name in PARTICULAR:
        if values[name] and name not in needed and name not in MAY.get(outcome, ()):
            said = f"That belongs to another outcome than “{outcome.label}”. Leave it empty."
            raise Invalid("not_asked", said, field=name)


def _condition(person: Offender, chosen: UUID | None) -> OrderCondition | None:
    if chosen is None:
        return None
    found = condition_of(person, chosen)
    if found is None:
        said = "No such condition binds the person today."
        raise Invalid("unknown_condition", said, field="breach_of")
    return found


def _other(by: Actor, found: Indicator, chosen: UUID | None) -> Indicator | None:
    """The one that it is said to be the same as, of those that the actor may see."""
    if chosen is None:
        return None
    other = permitted(by).filter(public_id=chosen).exclude(pk=found.pk).first()
    if other is None or other.force_id != found.force_id:
        said = "There is no such indicator, or you may not see it."
        raise Invalid("unknown_indicator", said, field="same_as")
    if other.offender_id != found.offender_id:
        said = "Choose another indicator of this person that stands for itself."
        raise Invalid("duplicate_of_another", said, field="same_as")
    return lock_indicator(other)
