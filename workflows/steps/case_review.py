"""The form of a supervisor's review and of a dip sample's check: the same for both."""

from rest_framework import serializers

from workflows.models import CaseReview, CaseReviewCheck
from workflows.steps.case_action import MOST_ACTIONS, RaiseAction
from workflows.steps.fields import LineField, RowsField, StrictSerializer, TextField


class ReviewCheck(StrictSerializer):
    """What one check found. A row of the form."""

    item = serializers.ChoiceField(
        label="Check", choices=CaseReviewCheck.Item.choices, style={"fixed": True, "heading": True}
    )
    grade = serializers.ChoiceField(
        label="Grade",
        choices=CaseReviewCheck.Grade.choices,
        error_messages={"required": "Choose a grade"},
    )
    comment = LineField(
        label="Why",
        help_text="Needed where it is not good. No medical detail",
        max_length=1000,
        required=False,
        allow_blank=True,
        default="",
    )


class ReviewCase(StrictSerializer):
    """How a person is managed: each check, a grade over all, and what must be done."""

    checks = RowsField(
        label="Check", child=ReviewCheck(), max_length=len(CaseReviewCheck.Item.values), spare=0
    )
    grade = serializers.ChoiceField(
        label="Grade over all",
        choices=CaseReview.Grade.choices,
        error_messages={"required": "Choose a grade over all"},
    )
    comment = TextField(
        label="Comment",
        help_text="What is done well, and what must change",
        max_length=4000,
        error_messages={"required": "Say what you found"},
    )
    directions = RowsField(
        label="Direction",
        help_text="Each becomes a task of the offender manager, unless you name somebody else",
        child=RaiseAction(),
        max_length=MOST_ACTIONS,
        required=False,
        default=list,
    )
