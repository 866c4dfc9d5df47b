"""What is decided about a person, over the wire."""

from rest_framework import serializers

from offenders.models import ManagementMode, Status
from workflows.steps import managing
from workflows.steps.fields import PublicIdField


class ChangeStatus(managing.ChangeStatus):
    """Where the person is from a day on. `missing` is refused: it is reported (`report_first`)."""

    status = serializers.ChoiceField(choices=Status.choices)


class ChangeMode(managing.ManageActively):
    """A decision to manage actively or reactively."""

    mode = serializers.ChoiceField(choices=ManagementMode.choices)


class VoidVisit(managing.VoidVisit):
    """Which visit was entered wrongly, and why it is void."""

    visit = PublicIdField(help_text="Id of the visit")
