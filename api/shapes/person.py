"""One person over the wire: the short card, and the whole record."""

from rest_framework import serializers

from api.shapes.assessments import AssessmentAnswer, ChangeAnswer
from api.shapes.common import OfficerName, PersonName, TeamName
from api.shapes.holdings import ConditionAnswer, DischargeAnswer, HeldAnswer, OrderAnswer
from api.shapes.owed import ObligationAnswer, OwedThen
from api.shapes.plans import PlanAnswer
from api.shapes.unfound import UnfoundAnswer
from offenders.models import ManagementLevel, ManagementMode, Order, Status, WarningMarker
from workflows.models import CaseReview, Visit


class MarkerAnswer(serializers.Serializer):
    """A warning signal."""

    code = serializers.ChoiceField(choices=WarningMarker.Code.choices)
    meaning = serializers.CharField()


class StatusAnswer(serializers.Serializer):
    """Where the person was, from a day until before another."""

    status = serializers.ChoiceField(choices=Status.choices)
    from_on = serializers.DateField()
    until_on = serializers.DateField(allow_null=True)
    release_expected_on = serializers.DateField(allow_null=True)


class VisitAnswer(serializers.Serializer):
    """One visit or attempt."""

    id = serializers.UUIDField()
    occurred_on = serializers.DateField()
    occurred_at = serializers.DateTimeField(allow_null=True)
    outcome = serializers.ChoiceField(choices=Visit.Outcome.choices)
    found_ineffective = serializers.BooleanField()


class RegistrationReason(serializers.Serializer):
    """One step of the reasoning, such as `period`: disposal, relevant date, last day."""

    code = serializers.CharField()
    values = serializers.ListField(child=serializers.CharField(allow_null=True))


class RegistrationAnswer(serializers.Serializer):
    """Until when the person is registered, and why."""

    ended_on = serializers.DateField(allow_null=True, help_text="When two officers ended it")
    period_ends_on = serializers.DateField(
        allow_null=True, help_text="Last day of the longest period; null: indefinite"
    )
    held_by = serializers.ChoiceField(
        choices=Order.Kind.choices, allow_null=True, help_text="The order that holds them longer"
    )
    over_on = serializers.DateField(allow_null=True, help_text="Last day, orders counted")
    reasons = RegistrationReason(many=True)


class OwnerAway(serializers.Serializer):
    """That the owner is away today."""

    until_on = serializers.DateField(help_text="The first day back")
    cover = OfficerName(allow_null=True, help_text="Who covers; null where nobody does")


class OffenderCard(PersonName):
    """The short card: managed or not, risk, conditions, and whom to call."""

    level = serializers.ChoiceField(choices=ManagementLevel.choices)
    status = serializers.ChoiceField(choices=Status.choices, allow_null=True)
    markers = MarkerAnswer(many=True)
    orders = OrderAnswer(many=True)
    conditions = ConditionAnswer(many=True)
    team = TeamName()
    version = serializers.IntegerField()


class LastReviewAnswer(serializers.Serializer):
    """A supervisor's newest review of how the person is managed."""

    reviewed_on = serializers.DateField()
    grade = serializers.ChoiceField(choices=CaseReview.Grade.choices)


class OffenderAnswer(OffenderCard):
    """A person. Callers with the short card get the card's fields alone. Never an address."""

    mode = serializers.ChoiceField(choices=ManagementMode.choices, required=False)
    owner = OfficerName(allow_null=True, required=False)
    owner_away = OwnerAway(allow_null=True, required=False)
    forename = serializers.CharField(allow_blank=True, required=False)
    surname = serializers.CharField(required=False)
    date_of_birth = serializers.DateField(required=False)
    mappa_category = serializers.IntegerField(allow_null=True, required=False)
    mappa_level = serializers.IntegerField(allow_null=True, required=False)
    registration = RegistrationAnswer(required=False)
    statuses = StatusAnswer(many=True, required=False)
    obligations = ObligationAnswer(many=True, required=False)
    owed_then = OwedThen(
        required=False, help_text="With `as_of` or `known_at`; everything else is as it is now"
    )
    visits = VisitAnswer(many=True, required=False)
    unfound = UnfoundAnswer(required=False)
    assessments = AssessmentAnswer(many=True, required=False)
    significant_changes = ChangeAnswer(many=True, required=False)
    entry_warrant = serializers.BooleanField(
        required=False, help_text="Failed entries enough to consider a warrant (s.96B)"
    )
    plan = PlanAnswer(required=False, allow_null=True)
    addresses = serializers.CharField(
        required=False, help_text="Path that reveals the addresses, recorded by itself"
    )
    other_conditions = ConditionAnswer(
        many=True, required=False, help_text="Those that do not bind today, void ones left out"
    )
    devices = HeldAnswer(many=True, required=False)
    online_accounts = HeldAnswer(many=True, required=False)
    order_discharges = DischargeAnswer(
        many=True, required=False, help_text="Of its orders that a court discharged"
    )
    last_review = LastReviewAnswer(
        allow_null=True, required=False, help_text="By a supervisor; null where there was none"
    )
