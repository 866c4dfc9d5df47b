"""What stands around a home visit, over the wire: preparation, timer, others at the home."""

from rest_framework import serializers

from api.shapes.common import OfficerName, PersonName
from workflows.models import VisitPreparation


class SystemCheckAnswer(serializers.Serializer):
    """One system: when it was looked at, or why not."""

    system = serializers.ChoiceField(choices=VisitPreparation.System.choices)
    done_at = serializers.DateTimeField(allow_null=True)
    not_done_reason = serializers.CharField(allow_blank=True)


class PreparationAnswer(serializers.Serializer):
    """What was prepared for a visit."""

    id = serializers.UUIDField()
    prepared_at = serializers.DateTimeField()
    prepared_by = OfficerName()
    planned_at = serializers.DateTimeField(allow_null=True)
    going = OfficerName(many=True)
    partner = serializers.CharField(
        allow_blank=True, help_text="Colleague of a partner agency who means to go"
    )
    purposes = serializers.ListField(
        child=serializers.ChoiceField(choices=VisitPreparation.Purpose.choices)
    )
    safety_level = serializers.ChoiceField(choices=VisitPreparation.Safety.choices)
    safety_assessment = serializers.CharField()
    checks = SystemCheckAnswer(many=True)


class AuthorityAnswer(serializers.Serializer):
    """Authority, given beforehand, to make one visit alone."""

    officer = OfficerName()
    risk_assessment = serializers.CharField()
    authorised_by = OfficerName()
    authorised_for = OfficerName(
        allow_null=True, help_text="Whom they acted for, under a delegation"
    )
    authorised_at = serializers.DateTimeField()


class WatchAnswer(serializers.Serializer):
    """The timer of an officer who is out alone."""

    officer = OfficerName()
    started_at = serializers.DateTimeField()
    expected_end_at = serializers.DateTimeField()
    alarm_raised_at = serializers.DateTimeField(allow_null=True)


class SameHomeAnswer(serializers.Serializer):
    """Somebody at the same home whom the caller may see: one trip, records of their own."""

    person = PersonName()
    task = serializers.UUIDField(allow_null=True, help_text="The visit that is to be made")
