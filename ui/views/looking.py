"""Before a person is shown: who sees the short card alone, and who must say why first."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.policy import Action, Grant, Redaction, needs_reason, require
from audit.record import ask_why
from offenders.models import Offender
from ui import forms
from ui.views.page import show
from workflows.steps.reasons import GiveReason


def whole_record(by: Actor) -> Grant:
    """The permission to look at people whole. Raises NotPermitted for the short card alone."""
    permission = require(by, Action.OFFENDER_VIEW, reason="asked for below")
    if permission.redaction is Redaction.SHORT_CARD:
        raise NotPermitted(f"{by.role} sees the short card alone.", action=Action.OFFENDER_VIEW)
    return permission


def must_say_why(by: Actor, permission: Grant, found: Offender) -> bool:
    """Whether this person is outside what the viewer sees without a reason."""
    return needs_reason(by, permission, team_id=found.team_id)


def typed_reason(request: HttpRequest) -> GiveReason | None:
    """The form as it was sent; None where none was, as on every first look."""
    if request.method != "POST":
        return None
    return GiveReason(data=forms.read(request.POST, GiveReason))


def record_asking(by: Actor, found: Offender, action: Action = Action.OFFENDER_VIEW) -> None:
    """Record that a reason was asked for before anything of the person was shown."""
    ask_why(by=by, action=action, subject=f"offender:{found.public_id}", offender_id=found.pk)


def ask_for_reason(
    request: HttpRequest,
    by: Actor,
    found: Offender,
    form: GiveReason | None,
    *,
    address: str,
    trail: list[dict[str, str]],
    action: Action = Action.OFFENDER_VIEW,
) -> HttpResponse:
    """The form that asks. Nothing of the person is shown until a reason is given that can be read.

    `address`: where the form is sent, the page that was asked for.
    """
    record_asking(by, found, action)
    context: dict[str, Any] = {
        "section": "people",
        "trail": trail,
        "form": form or GiveReason(),
        "address": address,
    }
    return show(request, "reason.html", context, status=403)
