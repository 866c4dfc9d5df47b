"""Offers between teams, over the wire."""

from typing import Any

from rest_framework import serializers

from api.shapes import common, reassignments
from workflows.actions.transfer_decisions import Looked
from workflows.models import TransferOffer, TransferState


class TransferQuery(common.PagedQuery):
    """Which offers, and which page of them."""

    state = serializers.ChoiceField(
        choices=["waiting", "all"], default="waiting", help_text="`all`: settled ones as well"
    )


class TransferAnswer(serializers.Serializer):
    """One offer, without whom it is about."""

    id = serializers.UUIDField()
    from_team = common.TeamName()
    to_team = common.TeamName()
    to_officer = common.OfficerName(help_text="Who would manage them")
    people = serializers.IntegerField(help_text="How many of them the caller may know of")
    reason = serializers.CharField()
    offered_by = common.OfficerName()
    offered_on = serializers.DateField()
    state = serializers.ChoiceField(choices=TransferState.choices)
    decided_by = common.OfficerName(allow_null=True)
    decided_at = serializers.DateTimeField(allow_null=True)
    decision_reason = serializers.CharField(allow_blank=True, help_text="Why it was declined")
    reassignment = serializers.UUIDField(allow_null=True, help_text="What an acceptance made")
    version = serializers.IntegerField(help_text="For If-Match")


class TransferList(serializers.Serializer):
    """A page of offers, the newest first."""

    results = TransferAnswer(many=True)
    next = serializers.CharField(allow_null=True)
    next_cursor = serializers.CharField(allow_null=True)


class ChangedPerson(serializers.Serializer):
    """Somebody who is not as they were offered: the offer cannot be accepted."""

    reference = serializers.CharField()
    why = serializers.CharField()


class TransferDetailAnswer(TransferAnswer):
    """One offer with whom it is about, and what accepting it would change."""

    offenders = common.PersonName(many=True, help_text="Those whom the caller may see")
    changed = ChangedPerson(many=True)
    hidden = serializers.BooleanField(
        help_text="There is somebody whom the caller may not see: they cannot accept it"
    )
    preview = reassignments.PreviewAnswer(allow_null=True, help_text="Null once it is settled")


def transfer(offer: TransferOffer, people: int) -> dict[str, Any]:
    """`offer` as a TransferAnswer."""
    made = offer.reassignment
    return {
        "id": offer.public_id,
        "from_team": common.team(offer.from_team),
        "to_team": common.team(offer.to_team),
        "to_officer": common.officer(offer.to_officer),
        "people": people,
        "reason": offer.reason,
        "offered_by": common.officer(offer.offered_by),
        "offered_on": offer.offered_on,
        "state": offer.state,
        "decided_by": common.officer(offer.decided_by),
        "decided_at": offer.decided_at,
        "decision_reason": offer.decision_reason,
        "reassignment": made and made.public_id,
        "version": offer.version,
    }


def detail(seen: Looked, people: int) -> dict[str, Any]:
    """What was looked at, as a TransferDetailAnswer."""
    return transfer(seen.offer, people) | {
        "offenders": [common.person(row.offender) for row in seen.people],
        "changed": [one._asdict() for one in seen.changed],
        "hidden": seen.hidden,
        "preview": seen.preview and reassignments.preview(seen.preview),
    }


def path(offer: TransferOffer) -> str:
    """Where the offer can be read and decided on."""
    return f"/api/v1/transfers/{offer.public_id}"
