"""Parts that several resources share: how a person, an officer and a team are named."""

from typing import Any

from rest_framework import serializers

from accounts.models import Team, User
from offenders.models import Offender
from workflows.steps.fields import StrictSerializer, WholeNumberField

#: Rows of a page where the caller does not say, and the most.
PAGE, MOST_ROWS = 50, 100


class PagedQuery(StrictSerializer):
    """Parameters of every list."""

    limit = WholeNumberField(
        min_value=1, max_value=MOST_ROWS, default=PAGE, help_text="Rows of a page"
    )
    cursor = serializers.CharField(
        required=False, max_length=500, help_text="`next_cursor` of the page before"
    )


class PersonName(serializers.Serializer):
    """Who a row is about: enough to tell people apart, no more."""

    id = serializers.UUIDField()
    reference = serializers.CharField(help_text="Reference of the force's own record")
    name = serializers.CharField(help_text="Surname and initial")


class OfficerName(serializers.Serializer):
    """An officer."""

    id = serializers.UUIDField()
    staff_number = serializers.CharField(allow_blank=True)


class TeamName(serializers.Serializer):
    """A team."""

    id = serializers.UUIDField()
    name = serializers.CharField()


def short_name(surname: str, forename: str) -> str:
    """Surname and initial, as lists write them: "KESTREL, A."."""
    return f"{surname.upper()}, {forename[:1]}." if forename else surname.upper()


def person(offender: Offender) -> dict[str, Any]:
    """`offender` as a PersonName."""
    return {
        "id": offender.public_id,
        "reference": offender.source_ref,
        "name": short_name(offender.surname, offender.forename),
    }


def officer(user: User | None) -> dict[str, Any] | None:
    """`user` as an OfficerName; null for nobody."""
    if user is None:
        return None
    return {"id": user.public_id, "staff_number": user.staff_number}


def team(found: Team) -> dict[str, Any]:
    """`found` as a TeamName."""
    return {"id": found.public_id, "name": found.name}
