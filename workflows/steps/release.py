"""Form of release planning."""

from workflows.steps.fields import BoundedDateField, StrictSerializer, TextField


class PlanRelease(StrictSerializer):
    """When release is expected and what must be ready."""

    release_expected_on = BoundedDateField(
        label="When is release expected?",
        help_text="Leave empty where nobody knows; you will be asked again in a month",
        required=False,
        allow_null=True,
        default=None,
    )
    plan = TextField(
        label="What must be ready",
        max_length=4000,
        error_messages={"required": "Write what must be ready"},
    )
