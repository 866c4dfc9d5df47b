"""Forms of moving people between officers. No step of a flow: pages and API share them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from rest_framework import serializers

from workflows.steps.fields import LineField, PublicIdField, StrictSerializer, TextField

#: People in one reassignment: each is locked until all have moved.
MOST_PEOPLE = 500

NOBODY_CHOSEN = "Choose at least one person"
NO_RECEIVER = "Choose who takes them"


class MovesField(serializers.DictField):
    """Who goes to whom: the id of each person with the id of their officer."""

    child = PublicIdField()
    default_error_messages = {
        "bad_moves": "Send the id of each person with the id of the officer who takes them.",
        "too_many": f"At most {MOST_PEOPLE} people at a time.",
    }

    def run_child_validation(self, data: Any) -> dict[UUID, UUID]:  # type: ignore[override]
        """Both ids of each. What was sent is not said back."""
        if len(data) > MOST_PEOPLE:
            self.fail("too_many")
        ids = PublicIdField()
        try:
            return {ids.run_validation(key): ids.run_validation(to) for key, to in data.items()}
        except serializers.ValidationError:
            self.fail("bad_moves")


class PreviewReassignment(StrictSerializer):
    """Who would move to whom: people to one officer, or each person to one of several."""

    offenders = serializers.ListField(
        child=PublicIdField(),
        allow_empty=False,
        max_length=MOST_PEOPLE,
        required=False,
        error_messages={"required": NOBODY_CHOSEN},
    )
    to = PublicIdField(
        required=False,
        help_text="Id of the officer who would take all of them",
        error_messages={"required": NO_RECEIVER},
    )
    moves = MovesField(
        required=False,
        allow_empty=False,
        help_text="Instead of `offenders` and `to`: who goes to whom, person by person",
    )

    def to_internal_value(self, data: Any) -> Any:
        """One way of saying who goes to whom, and all of it, beside whatever else is wrong."""
        wrong = self._half_said(data if isinstance(data, Mapping) else {})
        try:
            values = super().to_internal_value(data)
        except serializers.ValidationError as error:
            found = error.detail if isinstance(error.detail, dict) else {}
            raise serializers.ValidationError(wrong | found) from error
        if wrong:
            raise serializers.ValidationError(wrong)
        return values

    def _half_said(self, data: Mapping[str, Any]) -> dict[str, Any]:
        one = {"offenders": NOBODY_CHOSEN, "to": NO_RECEIVER}
        if "moves" in data:
            said = serializers.ErrorDetail("Send `moves`, or `offenders` and `to`.", "either")
            return {name: [said] for name in one if name in data}
        return {
            name: [serializers.ErrorDetail(said, "required")]
            for name, said in one.items()
            if name not in data
        }


class Reassign(PreviewReassignment):
    """Who moves to whom, why, and what the caller saw before deciding."""

    reason = TextField(max_length=2000, error_messages={"required": "Give the reason"})
    over_capacity = TextField(
        required=False,
        max_length=2000,
        help_text="Why somebody is given more than they can carry; asked for where that is so",
    )
    seen = LineField(
        max_length=64,
        required=False,
        help_text="`digest` of the preview; 412 where the preview would now differ",
    )


class SuggestSplit(StrictSerializer):
    """Who is to be split among the officers of a team: people, all of an officer, or unmanaged."""

    team = PublicIdField(
        help_text="Id of the team whose officers could take them",
        error_messages={"required": "Name the team"},
    )
    offenders = serializers.ListField(
        child=PublicIdField(), allow_empty=False, max_length=MOST_PEOPLE, required=False
    )
    officer = PublicIdField(required=False, help_text="Everyone of this officer")
    unmanaged = serializers.BooleanField(
        required=False, help_text="Everyone of the team whom nobody manages"
    )
    all_move = serializers.BooleanField(
        required=False, help_text="Nobody stays with the manager they have"
    )
