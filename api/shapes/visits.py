"""Visits to one person over the wire: a row of the list, and one visit whole."""

from typing import Any

from rest_framework import serializers

from api.shapes.case_reviews import DirectionAnswer, direction
from api.shapes.common import OfficerName, PersonName, officer, person
from api.shapes.person import VisitAnswer
from api.shapes.visit import AuthorityAnswer, PreparationAnswer
from api.visit import authority, preparation
from workflows.models import Visit, VisitReview, VisitWriteUp
from workflows.queries.preparation import checks_missing
from workflows.queries.written import values_of
from workflows.steps import WriteUpVisit


class VoidAnswer(serializers.Serializer):
    """That an entry was found wrong. It is kept and counts no more."""

    at = serializers.DateTimeField()
    by = OfficerName()
    reason = serializers.CharField(required=False)


class VisitRow(VisitAnswer):
    """A visit or an attempt. What somebody typed is left out where a grant redacts."""

    announced = serializers.BooleanField(allow_null=True, help_text="Null: taken over")
    at_notified_address = serializers.BooleanField()
    place = serializers.CharField(
        allow_blank=True, help_text="Where, of an effective visit away from that address"
    )
    for_risk_assessment = serializers.BooleanField()
    concern = serializers.BooleanField()
    officers = OfficerName(many=True, help_text="Who of the police was there")
    partner_agency_present = serializers.BooleanField(
        help_text="A colleague of a partner agency was the second person, or another"
    )
    partners = serializers.ListField(
        child=serializers.CharField(), required=False, help_text="Their names and agencies"
    )
    lone = serializers.BooleanField()
    lone_authorised = serializers.BooleanField()
    note = serializers.CharField(allow_blank=True, required=False)
    entry_reason = serializers.CharField(
        allow_blank=True, required=False, help_text="Why late, or by somebody who was not there"
    )
    origin = serializers.ChoiceField(choices=Visit.Origin.choices)
    recorded_by = OfficerName(allow_null=True)
    recorded_at = serializers.DateTimeField()
    void = VoidAnswer(allow_null=True, help_text="Null: it stands")


class VisitList(serializers.Serializer):
    """A page of visits, newest first, the void ones among them."""

    results = VisitRow(many=True)
    next = serializers.CharField(allow_null=True)
    next_cursor = serializers.CharField(allow_null=True)


class WriteUpAnswer(serializers.Serializer):
    """The full record as it was written once. Of several the last stands."""

    written_by = OfficerName()
    written_at = serializers.DateTimeField()
    late = serializers.BooleanField()
    record = WriteUpVisit(help_text="By the fields of the form of the write-up")
    actions = DirectionAnswer(many=True, help_text="What it raised, and what came of it")


class VisitReviewAnswer(serializers.Serializer):
    """What a supervisor said of the visit."""

    decision = serializers.ChoiceField(choices=VisitReview.Decision.choices)
    comment = serializers.CharField(allow_blank=True)
    reviewed_by = OfficerName()
    reviewed_for = OfficerName(allow_null=True, help_text="Whom they acted for")
    reviewed_at = serializers.DateTimeField()


class VisitWhole(VisitRow):
    """A visit whole. What its tasks wrote is only for who reads those tasks whole."""

    person = PersonName()
    write_up_due_on = serializers.DateField(allow_null=True)
    lone_authority = AuthorityAnswer(
        allow_null=True, required=False, help_text="It was made under; it may not have held"
    )
    preparation = PreparationAnswer(allow_null=True, required=False)
    unchecked = serializers.ListField(
        child=serializers.CharField(),
        required=False,
        help_text="Systems that were not looked at before it",
    )
    write_ups = WriteUpAnswer(many=True, required=False, help_text="Oldest first")
    reviews = VisitReviewAnswer(many=True, required=False, help_text="Oldest first")


def visit_row(found: Visit, *, shows_text: bool) -> dict[str, Any]:
    """`found`, with who was there, as a VisitRow."""
    there = list(found.attendances.all())
    shown = {
        "id": found.public_id,
        "occurred_on": found.occurred_on,
        "occurred_at": found.occurred_at,
        "outcome": found.outcome,
        "found_ineffective": found.found_ineffective_at is not None,
        "announced": found.announced,
        "at_notified_address": found.address_id is not None,
        "place": found.place,
        "for_risk_assessment": found.for_risk_assessment,
        "concern": found.concern,
        "officers": [officer(one.user) for one in there if one.user],
        "partner_agency_present": found.partner_agency_present,
        "lone": found.lone,
        "lone_authorised": found.lone_authorised,
        "origin": found.origin,
        "recorded_by": officer(found.recorded_by),
        "recorded_at": found.recorded_at,
        "void": _void(found, shows_text=shows_text) if found.voided_at else None,
    }
    if not shows_text:
        return shown
    return shown | {
        "partners": [one.partner for one in there if one.partner],
        "note": found.note,
        "entry_reason": found.entry_reason,
    }


def visit_whole(found: Visit, work: Visit | None, *, shows_text: bool) -> dict[str, Any]:
    """`found` as a VisitWhole; `work` is the visit with what its tasks wrote, where it is shown."""
    shown = visit_row(found, shows_text=shows_text) | {
        "person": person(found.offender),
        "write_up_due_on": found.write_up_due_on,
    }
    if work is None:
        return shown
    return shown | {
        "lone_authority": authority(work.lone_authority),
        "preparation": preparation(work.preparation) if work.preparation else None,
        "unchecked": checks_missing(work),
        "write_ups": [_write_up(one) for one in work.write_ups.all()],
        "reviews": [_review(one) for one in work.reviews.all()],
    }


def _void(found: Visit, *, shows_text: bool) -> dict[str, Any]:
    shown = {"at": found.voided_at, "by": officer(found.voided_by)}
    return shown | ({"reason": found.void_reason} if shows_text else {})


def _write_up(found: VisitWriteUp) -> dict[str, Any]:
    return {
        "written_by": officer(found.written_by),
        "written_at": found.written_at,
        "late": found.is_late,
        "record": values_of(WriteUpVisit(), found),
        "actions": [direction(row.raised) for row in found.actions.all()],
    }


def _review(found: VisitReview) -> dict[str, Any]:
    return {
        "decision": found.decision,
        "comment": found.comment,
        "reviewed_by": officer(found.reviewed_by),
        "reviewed_for": officer(found.reviewed_for),
        "reviewed_at": found.reviewed_at,
    }
