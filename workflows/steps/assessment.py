"""Forms of the risk reassessment."""

import re
from typing import Any, ClassVar

from rest_framework import serializers

from offenders.models import ManagementLevel
from risk.models import AssessmentPriority, AssessmentTool, Rating, Trend
from workflows.steps.fields import (
    BoundedDateField,
    LineField,
    RowsField,
    StrictSerializer,
    TextField,
)

LEVELS = [choice for choice in ManagementLevel.choices if choice[0] != "not_assessed"]

#: Not "optional" on the page: whether it is needed depends on the tool and the rating.
ASKED = {"asked": True}
#: Instead of a level, where the endorser leaves it to a step of its own.
LATER = "later"

#: Factors of one tool at most; those of ARMS are eleven.
MOST_FACTORS = 40
#: What was written last time, as it is said again beside a factor.
MOST_LAST = 5000


_CODE = re.compile(r"[a-z][a-z0-9_]{1,19}")


class ToolField(serializers.ChoiceField):
    """The code of a tool, of those that are offered for one person (`queries.starting.offered`).

    Which tools there are is data, so any code is read, and the action says whether it is one.
    """

    #: For the description of the API: a word, and no list that ends with this release.
    _spectacular_annotation: ClassVar[dict[str, Any]] = {"field": {"type": "string"}}

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str) or not _CODE.fullmatch(data):
            self.fail("invalid_choice", input=data)
        return data


class OverrideExpiryField(BoundedDateField):
    """Until when a level other than the tool's priority may stand."""

    def __init__(self, **kwargs: Any) -> None:
        said = {
            "label": "Until when does the override hold?",
            "help_text": "Only where the level is not the tool's priority. A reassessment is due "
            "by then",
        }
        super().__init__(**(said | kwargs))


class RateFactor(StrictSerializer):
    """One factor: how it stands now, and on what evidence. What stood last time is a hint."""

    factor = LineField(label="Factor", max_length=40, style={"fixed": True, "key": True})
    name = LineField(
        label="Name",
        max_length=120,
        required=False,
        allow_blank=True,
        style={"fixed": True, "heading": True},
    )
    last = TextField(
        label="Last time",
        max_length=MOST_LAST,
        required=False,
        allow_blank=True,
        style={"fixed": True, "key": True, "shown": True},
    )
    rating = serializers.ChoiceField(
        label="Rating", choices=Rating.choices, required=False, style=ASKED
    )
    trend = serializers.ChoiceField(label="Trend", choices=Trend.choices, required=False)
    evidence = TextField(
        label="Evidence since then",
        max_length=4000,
        required=False,
        allow_blank=True,
        style={"base_template": "textarea.html"} | ASKED,
    )
    evidence_on = BoundedDateField(
        label="When is it from?", required=False, allow_null=True, style=ASKED
    )
    evidence_source = LineField(
        label="Where is it from?",
        help_text="Such as the visit, the probation officer, an intelligence reference",
        max_length=200,
        required=False,
        allow_blank=True,
    )


class AssessRisk(StrictSerializer):
    """An officer's structured judgement."""

    tool = ToolField(
        label="Tool",
        help_text="Those that are for somebody of this sex and age",
        choices=AssessmentTool.choices,
        error_messages={"required": "Choose the tool"},
    )
    ratings = RowsField(
        label="Factors",
        help_text="Rate each factor of the tool on fresh evidence, or say that it is not known",
        child=RateFactor(),
        max_length=MOST_FACTORS,
        required=False,
        style=ASKED,
    )
    priority = serializers.ChoiceField(
        label="Priority that the tool gives",
        choices=AssessmentPriority.choices,
        error_messages={"required": "Choose the priority"},
    )
    formulation = TextField(
        label="Formulation",
        help_text="How the factors explain the risk, with the evidence",
        max_length=8000,
        error_messages={"required": "Explain the risk"},
    )
    proposed_level = serializers.ChoiceField(
        label="Management level you propose",
        choices=LEVELS,
        error_messages={"required": "Choose the management level"},
    )


class DraftAssessment(AssessRisk):
    """What is written so far: any of the fields, and none of them needed."""

    def get_fields(self) -> dict[str, serializers.Field]:
        """The fields of an assessment, each of which may be left out or empty."""
        fields = super().get_fields()
        for field in fields.values():
            field.required, field.allow_null = False, True
            if isinstance(field, serializers.CharField | serializers.ChoiceField):
                field.allow_blank = True
        return fields


class EndorseAssessment(StrictSerializer):
    """Another officer's decision on it."""

    decision = serializers.ChoiceField(
        label="Decision",
        choices=[("endorse", "Endorse"), ("return", "Return to the author")],
        error_messages={"required": "Choose a decision"},
    )
    comment = TextField(label="Comment", max_length=2000, error_messages={"required": "Say why"})
    level = serializers.ChoiceField(
        label="Management level",
        help_text="Leave empty to agree with the level that is proposed. Where that is not the "
        "tool's priority and you do not say until when it holds, deciding it is a step of its own",
        choices=[*LEVELS, (LATER, "Decide it as a step of its own")],
        required=False,
    )
    override_expires_on = OverrideExpiryField(required=False, allow_null=True)


class DecideLevel(StrictSerializer):
    """The management level of an endorsed assessment, decided by itself."""

    level = serializers.ChoiceField(
        label="Management level",
        choices=LEVELS,
        error_messages={"required": "Choose the management level"},
    )
    reason = TextField(
        label="Reason",
        help_text="Why this level; where it is not the tool's priority, why you override that",
        max_length=2000,
        error_messages={"required": "Say why"},
    )
    override_expires_on = OverrideExpiryField(required=False, allow_null=True)
