"""People over the wire: bodies and parameters."""

from rest_framework import serializers

from api.reading import TrueFalseField
from api.shapes.common import PagedQuery
from offenders.models import ManagementLevel, ManagementMode, Status
from workflows.steps.fields import (
    BoundedDateField,
    LineField,
    PublicIdField,
    StrictSerializer,
    TextField,
)

#: Levels that somebody can decide. `not_assessed` is the absence of a decision.
LEVELS = [choice for choice in ManagementLevel.choices if choice[0] != "not_assessed"]


class OffenderQuery(PagedQuery):
    """Filters of the list of people. There is none by name: names do not belong in addresses."""

    team = PublicIdField(required=False)
    owner = PublicIdField(required=False, help_text="Id of the offender manager")
    level = serializers.ChoiceField(choices=ManagementLevel.choices, required=False)
    status = serializers.ChoiceField(choices=Status.choices, required=False)
    ended = TrueFalseField(default=False, help_text="People whose registration has ended")


class ChangeStatus(StrictSerializer):
    """Where the person is from a day on."""

    status = serializers.ChoiceField(choices=Status.choices)
    on = BoundedDateField(help_text="First day of the new status")
    release_expected_on = BoundedDateField(required=False, allow_null=True, default=None)
    reason = TextField(max_length=2000, required=False, allow_blank=True, default="")


class ChangeLevel(StrictSerializer):
    """A decision on the management level."""

    level = serializers.ChoiceField(choices=LEVELS)
    decided_on = BoundedDateField()
    reason = TextField(max_length=2000)


class ChangeMode(StrictSerializer):
    """A decision to manage actively or reactively."""

    mode = serializers.ChoiceField(choices=ManagementMode.choices)
    decided_on = BoundedDateField()
    reason = TextField(max_length=2000)


class BringVisitForward(StrictSerializer):
    """A direction to visit sooner."""

    visit_by = BoundedDateField()
    reason = TextField(max_length=2000)


class VoidVisit(StrictSerializer):
    """Which visit was entered wrongly, and why it is void."""

    visit = PublicIdField(help_text="Id of the visit")
    reason = LineField(max_length=500)


class DeclareConflict(StrictSerializer):
    """Who has a tie with the person."""

    user = PublicIdField(help_text="Id of the officer")
