"""Forms of the risk management plan: the plan, its endorsement, a longer interval."""

from rest_framework import serializers

from risk.models import FlagSystem, Pillar, RiskManagementPlan
from risk.models.plan import BY_LEVEL, FlagState
from workflows.models.plan import ActionChoice
from workflows.steps.case_action import MOST_ACTIONS, RaiseAction
from workflows.steps.fields import (
    BoundedDateField,
    LineField,
    PublicIdField,
    RowsField,
    StrictSerializer,
    TextField,
)

#: How often a plan may have somebody visited; how long at most is the rules' to say.
INTERVALS = [
    (BY_LEVEL, "As the management level asks"),
    ("7d", "Every week"),
    ("14d", "Every two weeks"),
    ("28d", "Every four weeks"),
    ("1m", "Every month"),
    ("2m", "Every two months"),
    ("3m", "Every three months"),
    ("4m", "Every four months"),
    ("6m", "Every six months"),
    ("9m", "Every nine months"),
    ("12m", "Every twelve months"),
    ("18m", "Every eighteen months"),
    ("24m", "Every two years"),
]

#: Open actions of a plan that its review goes through at most.
MOST_OPEN = 60


class CheckFlag(StrictSerializer):
    """Whether one system has the person flagged. A row of the plan for each system."""

    system = serializers.ChoiceField(
        label="System", choices=FlagSystem.choices, style={"fixed": True, "heading": True}
    )
    state = serializers.ChoiceField(
        label="Flag",
        choices=FlagState.choices,
        error_messages={"required": "Say whether the flag is set"},
    )
    checked_on = BoundedDateField(
        label="Looked up on", error_messages={"required": "Say on which day you looked"}
    )


class ReviewOpenAction(StrictSerializer):
    """What becomes of an open action of the plan so far. A row for each."""

    action = PublicIdField(label="Action", style={"fixed": True, "key": True})
    text = LineField(
        label="Action",
        max_length=500,
        required=False,
        allow_blank=True,
        default="",
        style={"fixed": True, "heading": True},
    )
    choice = serializers.ChoiceField(
        label="What becomes of it?",
        choices=ActionChoice.choices,
        error_messages={"required": "Choose what becomes of it"},
    )
    reason = TextField(
        label="What was done, or why it is not wanted any more",
        max_length=2000,
        required=False,
        allow_blank=True,
        default="",
    )


class RaisePlanAction(RaiseAction):
    """A new action of the plan."""

    pillar = serializers.ChoiceField(
        label="Pillar",
        choices=Pillar.choices,
        error_messages={"required": "Choose the pillar"},
    )
    factor = LineField(
        label="Risk factor",
        help_text="As the assessment names it, if the action is about one",
        max_length=100,
        required=False,
        allow_blank=True,
        default="",
    )


def _pillar(pillar: Pillar, hint: str) -> TextField:
    return TextField(
        label=pillar.label,
        help_text=hint,
        max_length=4000,
        error_messages={"required": f"Write what the plan says of {pillar.label.lower()}"},
    )


class DraftPlan(StrictSerializer):
    """The whole plan, as it is to stand from now on. Starts from the text of the one before."""

    supervision = _pillar(Pillar.SUPERVISION, "Visits, contact, licence, who works with the person")
    monitoring_control = _pillar(
        Pillar.MONITORING_CONTROL, "Orders and conditions, devices, checks, information to gather"
    )
    interventions_treatment = _pillar(
        Pillar.INTERVENTIONS_TREATMENT, "What is done about the causes, and by whom"
    )
    victim_safety = _pillar(Pillar.VICTIM_SAFETY, "Who may be at risk, and what keeps them safe")
    contingency = TextField(
        label="Contingency",
        help_text="What is done when the plan fails, and what shows that it does",
        max_length=4000,
        error_messages={"required": "Say what is done when the plan fails"},
    )
    attendance = LineField(
        label="Who goes on visits",
        max_length=500,
        error_messages={"required": "Say who goes on visits"},
    )
    disclosure_considered = serializers.BooleanField(
        label="Was disclosure to others considered?",
        error_messages={"required": "Say whether disclosure was considered"},
    )
    disclosure_reasoning = TextField(
        label="Reasons for or against disclosure",
        max_length=2000,
        error_messages={"required": "Give the reasons for or against"},
    )
    flags = RowsField(label="Flags", child=CheckFlag(), max_length=len(FlagSystem))
    visit_every = serializers.ChoiceField(
        label="How often is the person visited?",
        help_text="Longer than the level asks needs an inspector",
        choices=INTERVALS,
        error_messages={"required": "Choose how often the person is visited"},
    )
    interval_reason = TextField(
        label="Why that often",
        help_text="Needed where it is not as the level asks",
        max_length=2000,
        required=False,
        allow_blank=True,
        default="",
    )
    open_actions = RowsField(
        label="Open actions",
        child=ReviewOpenAction(),
        max_length=MOST_OPEN,
        required=False,
        default=list,
    )
    new_actions = RowsField(
        label="New action",
        child=RaisePlanAction(),
        max_length=MOST_ACTIONS,
        required=False,
        default=list,
    )
    review = TextField(
        label="What this review changes, and why",
        help_text="That nothing changes is a review too: say why not",
        max_length=4000,
        error_messages={"required": "Say what changes, or why nothing does"},
    )


class EndorsePlan(StrictSerializer):
    """Another officer's decision on it."""

    decision = serializers.ChoiceField(
        label="Decision",
        choices=RiskManagementPlan.Decision.choices,
        error_messages={"required": "Choose a decision"},
    )
    comment = TextField(label="Comment", max_length=2000, error_messages={"required": "Say why"})


class ApproveInterval(StrictSerializer):
    """An inspector's decision on visits that are further apart than the level asks."""

    interval_decision = serializers.ChoiceField(
        label="Decision",
        choices=RiskManagementPlan.IntervalDecision.choices,
        error_messages={"required": "Choose a decision"},
    )
    interval_comment = TextField(
        label="Comment", max_length=2000, error_messages={"required": "Say why"}
    )
