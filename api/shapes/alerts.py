"""What an officer was told, over the wire."""

from typing import Any

from rest_framework import serializers

from api.shapes import common
from workflows.models import Alert, Kind
from workflows.queries.alerts import Told
from workflows.steps import FORMS
from workflows.steps.fields import PublicIdField, StrictSerializer


class AlertQuery(common.PagedQuery):
    """Which alerts."""

    state = serializers.ChoiceField(
        choices=["unseen", "all"], default="unseen", help_text="Unread ones, or all"
    )


class MarkSeen(StrictSerializer):
    """Which alerts were read."""

    alerts = serializers.ListField(
        child=PublicIdField(), min_length=1, max_length=common.MOST_ROWS, help_text="Their ids"
    )


class AlertedTask(serializers.Serializer):
    """The work that an alert is about."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=Kind.choices)
    step = serializers.ChoiceField(choices=sorted(FORMS))
    title = serializers.CharField()


class AlertAnswer(serializers.Serializer):
    """One thing that the officer should know."""

    id = serializers.UUIDField()
    about = serializers.ChoiceField(choices=Alert.About.choices)
    person = common.PersonName(allow_null=True)
    officer = common.OfficerName(allow_null=True, help_text="Who did it, or whom it is about")
    task = AlertedTask(
        allow_null=True, help_text="Which task it is about, where the caller may see it"
    )
    rule_set = serializers.IntegerField(
        allow_null=True, help_text="Number of the version of the rules that it is about"
    )
    indicator = serializers.UUIDField(
        allow_null=True, help_text="Which indicator it is about, where nobody is confirmed for it"
    )
    reassignment = serializers.UUIDField(
        allow_null=True, help_text="Which reassignment it is about, where the caller may see it"
    )
    undone = serializers.BooleanField(help_text="It tells that a reassignment was undone")
    people = serializers.IntegerField(allow_null=True, help_text="How many people it is about")
    on = serializers.DateField(help_text="The day that matters: of the visit, the end of vetting")
    told_at = serializers.DateTimeField()
    seen_at = serializers.DateTimeField(allow_null=True)


class AlertList(serializers.Serializer):
    """A page of alerts, newest first."""

    results = AlertAnswer(many=True)
    next = serializers.CharField(allow_null=True)
    next_cursor = serializers.CharField(allow_null=True)


class MarkedAnswer(serializers.Serializer):
    """How many alerts were unread until now."""

    marked = serializers.IntegerField()


def alert(told: Told) -> dict[str, Any]:
    """`told` as an AlertAnswer."""
    found = told.alert
    return {
        "id": found.public_id,
        "about": found.about,
        "person": common.person(found.offender) if found.offender else None,
        "officer": common.officer(found.officer),
        "task": told.task and told.task._asdict(),
        "rule_set": _rule_set(found),
        "indicator": _indicator(found),
        "reassignment": told.reassignment,
        "undone": found.is_of_undo,
        "people": found.people,
        "on": found.on,
        "told_at": found.told_at,
        "seen_at": found.seen_at,
    }


def _rule_set(found: Alert) -> int | None:
    kind, number = found.leads_to
    return int(number) if kind == "rules" else None


def _indicator(found: Alert) -> str | None:
    """The id in the subject of an alert about an indicator that is no task of anybody's yet."""
    kind, public_id = found.leads_to
    return public_id if kind == "indicator" else None
