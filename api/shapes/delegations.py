"""Delegations over the wire."""

import datetime as dt
from typing import Any

from rest_framework import serializers

from accounts import acting
from accounts.models import Delegation, Role
from api.shapes import common


class DelegationQuery(common.PagedQuery):
    """Which page."""


class DelegationAnswer(serializers.Serializer):
    """One delegation. Its window is half-open."""

    id = serializers.UUIDField(help_text="For the header Acting-For")
    delegator = common.OfficerName(help_text="Whose decisions they are")
    delegate = common.OfficerName(help_text="Who makes them meanwhile")
    role = serializers.ChoiceField(choices=[Role.SUPERVISOR.value, Role.INSPECTOR.value])
    team = common.TeamName(
        allow_null=True, help_text="Null for an inspector, whose reach is theirs"
    )
    from_at = serializers.DateTimeField()
    until_at = serializers.DateTimeField()
    reason = serializers.CharField()
    granted_by = common.OfficerName()
    in_force = serializers.BooleanField(
        help_text="Whether it can be used now: its window, and the standing of both sides"
    )
    ended_because = serializers.ChoiceField(
        choices=Delegation.Ended.choices, allow_blank=True, help_text="Empty while nobody ended it"
    )
    ended_at = serializers.DateTimeField(allow_null=True)


class DelegationList(serializers.Serializer):
    """A page of delegations, newest first: those to come, in force, or over for up to 28 days."""

    results = DelegationAnswer(many=True)
    next = serializers.CharField(allow_null=True)
    next_cursor = serializers.CharField(allow_null=True)


def delegation(found: Delegation, now: dt.datetime) -> dict[str, Any]:
    """`found` as a DelegationAnswer."""
    return {
        "id": found.public_id,
        "delegator": common.officer(found.delegator),
        "delegate": common.officer(found.delegate),
        "role": found.role,
        "team": common.team(found.team) if found.team else None,
        "from_at": found.from_at,
        "until_at": found.until_at,
        "reason": found.reason,
        "granted_by": common.officer(found.granted_by),
        "in_force": acting.stands(found, now),
        "ended_because": found.ended_because,
        "ended_at": found.ended_at,
    }
