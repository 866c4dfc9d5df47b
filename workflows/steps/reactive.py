"""Forms of reactive management (PRACTICE 16)."""

from rest_framework import serializers

from workflows.models import ReactiveProposal, ReactiveReview
from workflows.reactive import BY_HAND, WORDS
from workflows.steps.fields import LineField, RowsField, StrictSerializer, TextField


class CriterionByHand(StrictSerializer):
    """One criterion that no fact we hold answers."""

    criterion = serializers.ChoiceField(
        choices=[(one.value, WORDS[one]) for one in BY_HAND], style={"fixed": True}
    )
    met = serializers.BooleanField(
        label="Is it so?", error_messages={"required": "Say whether it is so"}
    )
    evidence = LineField(
        label="How do you know?",
        max_length=500,
        error_messages={"required": "Say how you know"},
    )


class ProposeReactive(StrictSerializer):
    """An officer's proposal. No step of a flow: it starts one."""

    reason = TextField(
        label="Why routine visits are not needed",
        max_length=4000,
        error_messages={"required": "Say why routine visits are not needed"},
    )
    criteria = RowsField(
        label="Criteria",
        child=CriterionByHand(),
        max_length=len(BY_HAND),
        error_messages={"required": "Answer every criterion"},
    )


class RecommendReactive(StrictSerializer):
    """A sergeant's view of a proposal."""

    recommendation = serializers.ChoiceField(
        label="Recommendation",
        choices=ReactiveProposal.Recommendation.choices,
        error_messages={"required": "Choose a recommendation"},
    )
    recommendation_comment = TextField(
        label="Why", max_length=2000, error_messages={"required": "Say why"}
    )


class AuthoriseReactive(StrictSerializer):
    """An inspector's decision on what was recommended."""

    authority = serializers.ChoiceField(
        label="Decision",
        choices=ReactiveProposal.Authority.choices,
        error_messages={"required": "Choose a decision"},
    )
    authority_comment = TextField(
        label="Why", max_length=2000, error_messages={"required": "Say why"}
    )


class ReviewReactive(StrictSerializer):
    """The yearly review."""

    outcome = serializers.ChoiceField(
        label="What follows?",
        choices=ReactiveReview.Outcome.choices,
        error_messages={"required": "Choose what follows"},
    )
    comment = TextField(
        label="What was looked at, and why",
        max_length=4000,
        error_messages={"required": "Say what was looked at, and why"},
    )
