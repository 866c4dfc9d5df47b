"""Indicators of online risk over the wire."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from rest_framework import serializers

from api.shapes import common
from offenders.models import Offender
from risk.grading import AssessmentGrade, Handling, SourceGrade
from risk.indicator_codes import Severity, TriageOutcome
from risk.models import (
    Decided,
    Indicator,
    IndicatorDecision,
    IndicatorIdentifierKind,
    IndicatorState,
    IndicatorTriage,
    Match,
    MatchDecision,
    MatchState,
    ReferenceKind,
)
from workflows.actions.indicators.receiving import Receipt, Result
from workflows.matching import Reason
from workflows.models import Kind, TriageStart
from workflows.queries.indicators import EVERY_STATE
from workflows.steps.fields import PublicIdField


class IndicatorQuery(common.PagedQuery):
    """Which indicators, and which page of them."""

    state = serializers.ChoiceField(
        choices=[*IndicatorState.choices, (EVERY_STATE, "Every state")],
        required=False,
        help_text="Without it, those that wait for their triage. What waits comes by its "
        "deadline; the triaged, the merged, the retracted and `all` by when they were received, "
        "the newest first",
    )
    severity = serializers.ChoiceField(choices=Severity.choices, required=False)
    person = PublicIdField(required=False, help_text="Id of the person confirmed")


class IndicatorRow(serializers.Serializer):
    """One indicator as lists show it: nothing of what it says."""

    id = serializers.UUIDField()
    code = serializers.CharField()
    severity = serializers.ChoiceField(choices=Severity.choices)
    source_grade = serializers.ChoiceField(choices=SourceGrade.choices)
    assessment_grade = serializers.ChoiceField(choices=AssessmentGrade.choices)
    handling = serializers.ChoiceField(choices=Handling.choices)
    state = serializers.ChoiceField(choices=IndicatorState.choices)
    occurred_at = serializers.DateTimeField()
    received_at = serializers.DateTimeField()
    triage_by = serializers.DateTimeField(help_text="Deadline of its triage")
    person = common.PersonName(allow_null=True, help_text="Null where nobody is confirmed")
    suggested = common.PersonName(
        many=True, help_text="Whom it may be about, of those whom the caller may see"
    )
    matched_at = serializers.DateTimeField(allow_null=True)
    triaged_at = serializers.DateTimeField(allow_null=True)
    outcome = serializers.CharField(help_text="What its triage led to; empty before")
    merged_into = serializers.UUIDField(allow_null=True)
    restricted = serializers.BooleanField(help_text="For named users alone")


class IndicatorList(serializers.Serializer):
    """A page of indicators, the first to be triaged first."""

    results = IndicatorRow(many=True)
    next = serializers.CharField(allow_null=True)
    next_cursor = serializers.CharField(allow_null=True)


class SubjectAnswer(serializers.Serializer):
    """Somebody whom it names, as received."""

    surname = serializers.CharField(allow_blank=True)
    forename = serializers.CharField(allow_blank=True)
    born_on = serializers.DateField(allow_null=True)
    postcode = serializers.CharField(allow_blank=True)


class IdentifierAnswer(serializers.Serializer):
    """Something by which a person may be found, as received."""

    kind = serializers.ChoiceField(choices=IndicatorIdentifierKind.choices)
    service = serializers.CharField(allow_blank=True)
    value = serializers.CharField()


class ReferenceAnswer(serializers.Serializer):
    """Where evidence is, by number."""

    kind = serializers.ChoiceField(choices=ReferenceKind.choices)
    value = serializers.CharField()


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


class IndicatorAnswer(serializers.Serializer):
    """One indicator: first how it may be handled, then what it says."""

    handling = serializers.ChoiceField(choices=Handling.choices)
    handling_conditions = serializers.CharField(allow_blank=True)
    id = serializers.UUIDField()
    code = serializers.CharField()
    severity = serializers.ChoiceField(choices=Severity.choices)
    source_grade = serializers.ChoiceField(choices=SourceGrade.choices)
    assessment_grade = serializers.ChoiceField(choices=AssessmentGrade.choices)
    sanitised = serializers.BooleanField()
    state = serializers.ChoiceField(choices=IndicatorState.choices)
    occurred_at = serializers.DateTimeField()
    received_at = serializers.DateTimeField()
    triage_by = serializers.DateTimeField()
    person = common.PersonName(allow_null=True)
    merged_into = serializers.UUIDField(allow_null=True)
    restricted = serializers.BooleanField()
    origin = serializers.CharField(help_text="What it comes from")
    external_id = serializers.CharField(help_text="The sender's own number of it")
    sent_by = serializers.CharField(help_text="The other system; empty where an officer did")
    recorded_by = common.OfficerName(allow_null=True)
    text = serializers.CharField(allow_blank=True)
    subjects = SubjectAnswer(many=True)
    identifiers = IdentifierAnswer(many=True)
    references = ReferenceAnswer(many=True)
    matched_by = common.OfficerName(allow_null=True)
    matched_at = serializers.DateTimeField(allow_null=True)
    outcome = serializers.CharField(allow_blank=True)
    outcome_reason = serializers.CharField(allow_blank=True)
    triaged_by = common.OfficerName(allow_null=True)
    triaged_at = serializers.DateTimeField(allow_null=True)
    decays_from = serializers.DateTimeField(
        allow_null=True, help_text="Null while it waits, or what its triage started is open"
    )
    triages = TriageAnswer(many=True, help_text="Oldest first, returned ones too")


class DecisionAnswer(serializers.Serializer):
    """What was decided about an indicator, or about whom it is about, and by whom."""

    decision = serializers.ChoiceField(choices=[*MatchDecision.Decision.choices, *Decided.choices])
    at = serializers.DateTimeField()
    by = common.OfficerName(allow_null=True, help_text="Null where another system did")
    sent_by = serializers.CharField(help_text="The other system; empty where an officer did")
    person = common.PersonName(allow_null=True, help_text="Of a decision on whom it is about")
    officer = common.OfficerName(allow_null=True, help_text="Who was named or is named no more")
    reason = serializers.CharField()


class DecisionList(serializers.Serializer):
    """What was decided about an indicator, oldest first, and who may see a restricted one."""

    results = DecisionAnswer(many=True)
    named = common.OfficerName(many=True, help_text="Of a restricted one, who may see it")


class StandsAnswer(serializers.Serializer):
    """Where it stands after the decision, and who may see it."""

    id = serializers.UUIDField()
    state = serializers.ChoiceField(choices=IndicatorState.choices)
    restricted = serializers.BooleanField()
    secret = serializers.BooleanField()


class NamedAnswer(serializers.Serializer):
    """That an officer was named: nothing of it, which an inspector need not open to name one."""

    id = serializers.UUIDField()
    restricted = serializers.BooleanField(help_text="Always true")


class RetractedAnswer(serializers.Serializer):
    """That it was taken back. Who may see it is no matter of the system that sent it."""

    id = serializers.UUIDField()
    state = serializers.ChoiceField(choices=IndicatorState.choices)


class MatchCandidate(serializers.Serializer):
    """One person whom it may be about, of those whom the caller may see."""

    person = common.PersonName()
    team = common.TeamName()
    state = serializers.ChoiceField(choices=MatchState.choices)
    reasons = serializers.ListField(
        child=serializers.ChoiceField(choices=[reason.value for reason in Reason]),
        help_text="What they have in common. `rejected_before`: the same source meant them before "
        "by the same name or number, and an officer said that it was not them",
    )
    decided_by = common.OfficerName(allow_null=True)
    decided_at = serializers.DateTimeField(allow_null=True)


class MatchCandidates(serializers.Serializer):
    """Whom it may be about, the confirmed first."""

    results = MatchCandidate(many=True)


class ReceiptAnswer(serializers.Serializer):
    """What became of one indicator that was sent. Nothing of what it says."""

    result = serializers.ChoiceField(choices=[(one.value, one.value) for one in Result])
    id = serializers.UUIDField(allow_null=True, help_text="Null where it was refused")
    code = serializers.CharField(allow_blank=True, help_text="Why it was refused; stable")
    message = serializers.CharField(allow_blank=True)
    field = serializers.CharField(allow_blank=True)


class ReceiptList(serializers.Serializer):
    """What became of each, in the order in which they were sent."""

    results = ReceiptAnswer(many=True)


class MatchAnswer(serializers.Serializer):
    """Where it stands after the decision."""

    id = serializers.UUIDField()
    state = serializers.ChoiceField(choices=IndicatorState.choices)
    person = common.PersonName(allow_null=True)


def row(found: Indicator, suggested: Collection[Offender]) -> dict[str, Any]:
    """`found` as an IndicatorRow."""
    return _standing(found) | {
        "suggested": [common.person(one) for one in suggested],
        "matched_at": found.matched_at,
        "triaged_at": found.triaged_at,
        "outcome": found.outcome,
    }


def _standing(found: Indicator) -> dict[str, Any]:
    return {
        "id": found.public_id,
        "code": found.code,
        "severity": found.severity,
        "source_grade": found.source_grade,
        "assessment_grade": found.assessment_grade,
        "handling": found.handling,
        "state": found.state,
        "occurred_at": found.occurred_at,
        "received_at": found.received_at,
        "triage_by": found.triage_by,
        "person": common.person(found.offender) if found.offender else None,
        "merged_into": found.merged_into and found.merged_into.public_id,
        "restricted": found.is_restricted,
    }


def detail(found: Indicator, triages: Sequence[IndicatorTriage]) -> dict[str, Any]:
    """`found`, read `with_parts`, with those of its triages to show, as an IndicatorAnswer."""
    first = {"handling": found.handling, "handling_conditions": found.handling_conditions}
    return first | {
        **_standing(found),
        "sanitised": found.sanitised,
        "origin": found.source,
        "external_id": found.external_id,
        "sent_by": found.client_label,
        "recorded_by": common.officer(found.recorded_by),
        "text": found.text,
        "subjects": [
            {
                "surname": one.surname,
                "forename": one.forename,
                "born_on": one.born_on,
                "postcode": one.postcode,
            }
            for one in found.subjects.all()
        ],
        "identifiers": [
            {"kind": one.kind, "service": one.service, "value": one.value}
            for one in found.identifiers.all()
        ],
        "references": [{"kind": one.kind, "value": one.value} for one in found.references.all()],
        "matched_by": common.officer(found.matched_by),
        "matched_at": found.matched_at,
        "outcome": found.outcome,
        "outcome_reason": found.outcome_reason,
        "triaged_by": common.officer(found.triaged_by),
        "triaged_at": found.triaged_at,
        "decays_from": found.decays_from,
        "triages": [triage(one) for one in triages],
    }


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


def candidate(match: Match) -> dict[str, Any]:
    """`match` as a MatchCandidate."""
    return {
        "person": common.person(match.offender),
        "team": common.team(match.offender.team),
        "state": match.state,
        "reasons": match.reasons,
        "decided_by": common.officer(match.decided_by),
        "decided_at": match.decided_at,
    }


def decisions(
    matched: Iterable[MatchDecision], settled: Iterable[IndicatorDecision]
) -> list[dict[str, Any]]:
    """Both kinds of decision as DecisionAnswers, oldest first."""
    found = [
        {
            "decision": one.decision,
            "at": one.decided_at,
            "by": common.officer(one.decided_by),
            "sent_by": "",
            "person": common.person(one.match.offender),
            "officer": None,
            "reason": one.reason,
        }
        for one in matched
    ]
    found += [
        {
            "decision": one.decision,
            "at": one.decided_at,
            "by": common.officer(one.decided_by),
            "sent_by": one.client_label,
            "person": None,
            "officer": common.officer(one.user),
            "reason": one.reason,
        }
        for one in settled
    ]
    return sorted(found, key=lambda one: one["at"])


def stands(found: Indicator) -> dict[str, Any]:
    """`found` as a StandsAnswer."""
    return {
        "id": found.public_id,
        "state": found.state,
        "restricted": found.is_restricted,
        "secret": found.is_secret,
    }


def named(found: Indicator) -> dict[str, Any]:
    """`found` as a NamedAnswer."""
    return {"id": found.public_id, "restricted": found.is_restricted}


def retracted(found: Indicator) -> dict[str, Any]:
    """`found` as a RetractedAnswer."""
    return {"id": found.public_id, "state": found.state}


def receipt(one: Receipt) -> dict[str, Any]:
    """`one` as a ReceiptAnswer."""
    return {
        "result": one.result.value,
        "id": one.indicator and one.indicator.public_id,
        "code": one.code,
        "message": one.message,
        "field": one.field,
    }


def matched(found: Indicator) -> dict[str, Any]:
    """`found` as a MatchAnswer."""
    return {
        "id": found.public_id,
        "state": found.state,
        "person": common.person(found.offender) if found.offender else None,
    }
