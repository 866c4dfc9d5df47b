"""What can be done about a person, as links of their page to whom the policy permits it."""

from collections.abc import Collection, Iterable
from typing import Any

from django.urls import reverse

from accounts.policy import Action
from offenders.models import ManagementLevel, ManagementMode, Offender
from workflows.models import Kind
from workflows.queries.person import Duty

#: What stands as a button: what officers do often.
BUTTONS = (
    (Action.CONTACT_NOTE_ADD, "ui:contact-note", "Add note"),
    (Action.CASE_ACTION_RAISE, "ui:case-action", "Add action"),
    (Action.CHANGE_RECORD, "ui:significant-change", "Report a change"),
    (Action.INDICATOR_MATCH, "ui:record-indicator", "Record indicator"),
)

#: What the page asks for, so that one read answers for all of it.
ASKED = (
    Action.VISIT_RECORD,
    *(action for action, _, _ in BUTTONS),
    Action.STATUS_CHANGE,
    Action.LEVEL_CHANGE,
    Action.MODE_CHANGE,
    Action.VISIT_BRING_FORWARD,
    Action.VISIT_VOID,
    Action.NOTIFICATION_RECORD,
    Action.ORDER_RECORD,
    Action.MARKER_ADD,
    Action.MARKER_WITHDRAW,
    Action.CONFLICT_DECLARE,
)


def buttons(found: Offender, owed: Iterable[Duty], may: Collection[Action]) -> list[dict[str, Any]]:
    """The visit to record, as the one green button, and what else is done often."""
    visit = next((d.task for d in owed if d.task and d.task.step == "record_outcome"), None)
    recorded = []
    if visit is not None and Action.VISIT_RECORD in may:
        url = reverse("ui:task", args=[visit.public_id])
        recorded = [{"label": "Record visit", "url": url, "main": True}]
    return recorded + [
        {"label": label, "url": reverse(name, args=[found.public_id]), "main": False}
        for action, name, label in BUTTONS
        if action in may
    ]


def decisions(
    found: Offender, owed: Iterable[Duty], may: Collection[Action]
) -> list[dict[str, str]]:
    """What is decided now and then, where there is something to decide."""
    is_registered = found.registration_ended_on is None
    visit_owed = any(duty.obligation and duty.kind == Kind.HOME_VISIT for duty in owed)
    can_rise = found.management_level != ManagementLevel.VERY_HIGH
    has_markers = found.markers.filter(withdrawn_on__isnull=True).exists()
    is_reactive = found.management_mode == ManagementMode.REACTIVE
    offered = (
        (Action.STATUS_CHANGE, is_registered, "ui:change-status", "Change status"),
        (Action.LEVEL_CHANGE, is_registered and can_rise, "ui:change-level", "Raise the level"),
        (Action.MODE_CHANGE, is_reactive, "ui:change-mode", "Manage actively again"),
        (
            Action.VISIT_BRING_FORWARD,
            visit_owed,
            "ui:bring-visit-forward",
            "Bring the visit forward",
        ),
        (
            Action.NOTIFICATION_RECORD,
            is_registered,
            "ui:notify-change",
            "Record a change they notify, or a new address",
        ),
        (Action.ORDER_RECORD, is_registered, "ui:order", "Add a court order"),
        (Action.MARKER_ADD, True, "ui:marker", "Add a warning marker"),
        (Action.MARKER_WITHDRAW, has_markers, "ui:withdraw-marker", "Withdraw a warning marker"),
        (Action.CONFLICT_DECLARE, True, "ui:declare-conflict", "Declare a conflict of interest"),
    )
    return [
        {"label": label, "url": reverse(name, args=[found.public_id])}
        for action, applies, name, label in offered
        if applies and action in may
    ]
