"""The triages of an indicator."""

from typing import Any

from rest_framework import serializers

from api.shapes import common
from risk.indicator_codes import TriageOutcome
from risk.models import IndicatorTriage
from workflows.models import Kind, TriageStart


class TriageAnswer(serializers.Serializer):
    """One triage: who decided what and when, the check of it, and what it started."""

    id = serializers.UUIDField()
    person = common.PersonName(help_text="Whom it was said to be about")
    outcome = serializers.ChoiceField(choices=TriageOutcome.choices)
    reason = serializers.CharField()
    triaged_by = common.OfficerName()
    triaged_at = serializers.DateTimeField()
    breach_of = serializers.UUIDField(
        allow_null=True, help_text="The condition of an order that it may be a breach of"
    )
    duplicate_of = serializers.UUIDField(allow_null=True)
    transferred_to = serializers.CharField(allow_blank=True)
    takes_check = serializers.BooleanField(help_text="Whether a supervisor decides too")
    decision = serializers.CharField(
        allow_blank=True,
        help_text="The supervisor's: agreed, returned; lapsed where nobody was asked any more",
    )
    comment = serializers.CharField(allow_blank=True)
    checked_by = common.OfficerName(allow_null=True)
    checked_at = serializers.DateTimeField(allow_null=True)
    stands_at = serializers.DateTimeField(
        allow_null=True, help_text="Null: it waits, or was returned"
    )
    started = serializers.ChoiceField(
        choices=TriageStart.What.choices, allow_null=True, help_text="Null: nothing"
    )
    visit_by = serializers.DateField(allow_null=True)
    case_action = serializers.UUIDField(allow_null=True)
    linked_kind = serializers.ChoiceField(choices=Kind.choices, allow_null=True)


def triage(one: IndicatorTriage) -> dict[str, Any]:
    """`one` as a TriageAnswer."""
    start: TriageStart | None = getattr(one, "start", None)
    return {
        "id": one.public_id,
        "person": common.person(one.offender),
        "outcome": one.outcome,
        "reason": one.reason,
        "triaged_by": common.officer(one.triaged_by),
        "triaged_at": one.recorded_at,
        "breach_of": one.condition and one.condition.public_id,
        "duplicate_of": one.duplicate_of and one.duplicate_of.public_id,
        "transferred_to": one.transferred_to,
        "takes_check": one.takes_check,
        "decision": one.decision,
        "comment": one.comment,
        "checked_by": common.officer(one.checked_by),
        "checked_at": one.checked_at,
        "stands_at": one.stands_at,
        "started": start and start.what,
        "visit_by": start.direction.visit_by if start and start.direction else None,
        "case_action": start.case_action.public_id if start and start.case_action else None,
        "linked_kind": start.obligation.kind if start and start.obligation else None,
    }
