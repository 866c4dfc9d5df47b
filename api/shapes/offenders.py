"""People over the wire: bodies and parameters."""

from rest_framework import serializers

from api.reading import TrueFalseField
from api.shapes.common import PagedQuery
from offenders.models import ManagementLevel, ManagementMode, Status
from workflows.steps import holdings, managing
from workflows.steps.fields import PublicIdField, StrictSerializer


class OffenderQuery(PagedQuery):
    """Filters of the list of people. There is none by name: names do not belong in addresses."""

    team = PublicIdField(required=False)
    owner = PublicIdField(required=False, help_text="Id of the offender manager")
    level = serializers.ChoiceField(choices=ManagementLevel.choices, required=False)
    status = serializers.ChoiceField(choices=Status.choices, required=False)
    ended = TrueFalseField(default=False, help_text="People whose registration has ended")


class ChangeStatus(managing.ChangeStatus):
    """Where the person is from a day on. `missing` is refused: it is reported (`report_first`)."""

    status = serializers.ChoiceField(choices=Status.choices)


class ChangeMode(managing.ManageActively):
    """A decision to manage actively or reactively."""

    mode = serializers.ChoiceField(choices=ManagementMode.choices)


class VoidVisit(managing.VoidVisit):
    """Which visit was entered wrongly, and why it is void."""

    visit = PublicIdField(help_text="Id of the visit")


class DeclareConflict(StrictSerializer):
    """Who has a tie with the person."""

    user = PublicIdField(help_text="Id of the officer")


class ChangeHolding(holdings.ChangeHolding):
    """Which device or account, and what became of it."""

    id = PublicIdField(help_text="Id of the device or account")
