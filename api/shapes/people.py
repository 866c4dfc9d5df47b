"""People over the wire: answers."""

from typing import Any

from rest_framework import serializers

from accounts.policy import Redaction
from api.shapes.assessments import AssessmentAnswer, ChangeAnswer
from api.shapes.common import (
    OfficerName,
    PersonName,
    TeamName,
    officer,
    person,
    team,
)
from api.shapes.plans import PlanAnswer
from api.shapes.unfound import UnfoundAnswer
from offenders.models import (
    Address,
    ContactNote,
    HoldingState,
    ManagementLevel,
    ManagementMode,
    Offender,
    Order,
    OrderCondition,
    Status,
    WarningMarker,
)
from workflows.models import CaseAction, CaseReview, Kind, Visit
from workflows.queries.transfers import OfferedTo


class OffenderRow(PersonName):
    """One person in a list. Callers with the short card get neither mode nor owner."""

    level = serializers.ChoiceField(choices=ManagementLevel.choices)
    mode = serializers.ChoiceField(choices=ManagementMode.choices, required=False)
    status = serializers.ChoiceField(choices=Status.choices, allow_null=True)
    owner = OfficerName(allow_null=True, required=False)
    team = TeamName()
    version = serializers.IntegerField()


class OfferedToAnswer(serializers.Serializer):
    """To which other team a person is offered, and by which offer. Nobody has moved by it."""

    transfer = serializers.UUIDField()
    team = TeamName()


class ListedOffender(OffenderRow):
    """One person of a list by team or officer."""

    offered_to = OfferedToAnswer(
        allow_null=True, help_text="An offer that waits; null for callers who may know of none"
    )


class OrderAnswer(serializers.Serializer):
    """A court order."""

    kind = serializers.ChoiceField(choices=Order.Kind.choices)
    made_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True)
    discharged_on = serializers.DateField(allow_null=True)


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


class MoveAnswer(serializers.Serializer):
    """One move of a due date."""

    from_on = serializers.DateField()
    to_on = serializers.DateField()
    rule = serializers.CharField()
    because = serializers.CharField()


class ObligationAnswer(serializers.Serializer):
    """One thing owed, and why it is due that day."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=Kind.choices)
    about = serializers.CharField(allow_blank=True)
    due_on = serializers.DateField()
    original_due_on = serializers.DateField()
    overdue_days = serializers.IntegerField()
    rule = serializers.CharField()
    source = serializers.CharField(  # type: ignore[assignment]
        help_text="Where the rule comes from"
    )
    moves = MoveAnswer(many=True)
    version = serializers.IntegerField()


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


class ConditionAnswer(serializers.Serializer):
    """A condition that binds today. Its text only where a grant redacts nothing."""

    id = serializers.UUIDField()
    order_kind = serializers.ChoiceField(choices=Order.Kind.choices)
    category = serializers.ChoiceField(choices=OrderCondition.Category.choices)
    polarity = serializers.ChoiceField(choices=OrderCondition.Polarity.choices)
    text = serializers.CharField(required=False)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True)


class HeldAnswer(serializers.Serializer):
    """A device or an online account, and how it stands."""

    id = serializers.UUIDField()
    label = serializers.CharField()  # type: ignore[assignment]
    state = serializers.ChoiceField(choices=HoldingState.choices)
    since_on = serializers.DateField()


class OffenderCard(PersonName):
    """The short card: managed or not, risk, conditions, and whom to call."""

    level = serializers.ChoiceField(choices=ManagementLevel.choices)
    status = serializers.ChoiceField(choices=Status.choices, allow_null=True)
    markers = MarkerAnswer(many=True)
    orders = OrderAnswer(many=True)
    conditions = ConditionAnswer(many=True)
    team = TeamName()
    version = serializers.IntegerField()


class ObligationThen(serializers.Serializer):
    """Something that was owed. Without a row of its own then it has no id."""

    id = serializers.UUIDField(allow_null=True)
    kind = serializers.ChoiceField(choices=Kind.choices)
    about = serializers.CharField(allow_blank=True)
    due_on = serializers.DateField()
    original_due_on = serializers.DateField()
    overdue_days = serializers.IntegerField()
    rule = serializers.CharField()
    source = serializers.CharField(allow_blank=True)  # type: ignore[assignment]
    version = serializers.IntegerField(
        allow_null=True, help_text="Null for what is not open any more"
    )


class OwedThen(serializers.Serializer):
    """What was owed as of a day, as known at an instant; `known_at` null: as known now."""

    as_of = serializers.DateField()
    known_at = serializers.DateTimeField(allow_null=True)
    was_known = serializers.BooleanField(help_text="Whether the person was on record by then")
    level = serializers.ChoiceField(choices=ManagementLevel.choices, allow_null=True)
    obligations = ObligationThen(many=True)


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
    devices = HeldAnswer(many=True, required=False)
    online_accounts = HeldAnswer(many=True, required=False)
    last_review = LastReviewAnswer(
        allow_null=True, required=False, help_text="By a supervisor; null where there was none"
    )


class OffenderList(serializers.Serializer):
    """A page of people."""

    results = ListedOffender(many=True)
    next = serializers.CharField(allow_null=True)
    next_cursor = serializers.CharField(allow_null=True)


class FoundOffenders(serializers.Serializer):
    """Who was found. At most 50: say more to find fewer."""

    results = OffenderRow(many=True)
    more = serializers.BooleanField()


class OffenderChanged(serializers.Serializer):
    """A person after a change. Read the person again for what is owed now."""

    id = serializers.UUIDField()
    level = serializers.ChoiceField(choices=ManagementLevel.choices)
    mode = serializers.ChoiceField(choices=ManagementMode.choices)
    version = serializers.IntegerField()


class AddressAnswer(serializers.Serializer):
    """One address."""

    kind = serializers.ChoiceField(choices=Address.Kind.choices)
    line_1 = serializers.CharField()
    town = serializers.CharField(allow_blank=True)
    postcode = serializers.CharField(allow_blank=True)
    from_on = serializers.DateField(allow_null=True)
    until_on = serializers.DateField(allow_null=True)


class AddressesAnswer(serializers.Serializer):
    """The addresses of one person."""

    results = AddressAnswer(many=True)


class ContactNoteAnswer(serializers.Serializer):
    """A contact note as it was kept."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=ContactNote.Kind.choices)
    occurred_at = serializers.DateTimeField()


class ConflictAnswer(serializers.Serializer):
    """A declared conflict of interest."""

    user = serializers.UUIDField()


class CaseActionAnswer(serializers.Serializer):
    """An action as it was raised."""

    id = serializers.UUIDField()
    due_on = serializers.DateField()
    owner = OfficerName(allow_null=True)


def row(found: Any, redaction: Redaction) -> dict[str, Any]:
    """`found`, a person with `open_status`, as an OffenderRow."""
    shown = person(found) | {
        "level": found.management_level,
        "status": found.open_status,
        "team": team(found.team),
        "version": found.version,
    }
    if redaction is Redaction.SHORT_CARD:
        return shown
    return shown | {"mode": found.management_mode, "owner": officer(found.offender_manager)}


def listed(found: Any, redaction: Redaction, offered: OfferedTo | None) -> dict[str, Any]:
    """`found`, a person with `open_status`, as a ListedOffender."""
    to = offered and {
        "transfer": offered.transfer,
        "team": {"id": offered.team, "name": offered.name},
    }
    return row(found, redaction) | {"offered_to": to}


def changed(found: Offender) -> dict[str, Any]:
    """`found` as an OffenderChanged."""
    return {
        "id": found.public_id,
        "level": found.management_level,
        "mode": found.management_mode,
        "version": found.version,
    }


def contact_note(found: ContactNote) -> dict[str, Any]:
    """`found` as a ContactNoteAnswer."""
    return {"id": found.public_id, "kind": found.kind, "occurred_at": found.occurred_at}


def case_action(found: CaseAction) -> dict[str, Any]:
    """`found` as a CaseActionAnswer."""
    return {"id": found.public_id, "due_on": found.due_on, "owner": officer(found.owner)}


def address(found: Address) -> dict[str, Any]:
    """`found` as an AddressAnswer."""
    return {
        "kind": found.kind,
        "line_1": found.line_1,
        "town": found.town,
        "postcode": found.postcode,
        "from_on": found.from_on,
        "until_on": found.until_on,
    }
