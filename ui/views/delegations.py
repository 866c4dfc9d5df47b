"""Whose decisions another makes: the list, giving and revoking them, putting them on and off."""

import datetime as dt
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from rest_framework.serializers import Serializer

from accounts import acting
from accounts.actor import Actor
from accounts.models import Delegation, Role
from accounts.policy import Action, Reach, grant
from accounts.requests import act_for
from audit.record import consult
from ui import forms, posting
from ui.views.page import READ, SEND, page, say, see_other, show, trail
from ui.views.sending import send
from workflows.actions import delegations as actions
from workflows.queries.cursor import Cursor
from workflows.queries.delegations import delegations_page
from workflows.steps.delegations import GrantDelegation

#: Rows of a page.
ROWS = 50


@page(Action.DELEGATION_VIEW, *READ)
def delegations(request: HttpRequest, by: Actor) -> HttpResponse:
    """Those from or to the officer, and their team's: to come, in force, or lately over."""
    now, cursor = timezone.now(), Cursor(reverse("ui:delegations"), {})
    keys = cursor.read_or_begin(request.GET.get("after", ""))
    found = delegations_page(actor=by, now=now, after=keys[0] if keys else None, limit=ROWS)
    ids = [str(row.public_id) for row in found.rows]
    consult(by=by, action=Action.DELEGATION_VIEW, ids=ids, row_count=len(ids))
    context = {
        "section": "team",
        "delegations": [_line(row, by, now) for row in found.rows],
        "may_grant": grant(by, Action.DELEGATION_GRANT) is not None,
        "first_url": reverse("ui:delegations") if request.GET.get("after") else "",
        "next_url": f"?after={cursor.write(found.next)}" if found.next else "",
    }
    return show(request, "delegations.html", context)


@page(Action.DELEGATION_GRANT, "GET", "HEAD", "POST")
def give(request: HttpRequest, by: Actor) -> HttpResponse:
    """The form of a delegation, and granting it."""
    if request.method != "POST":
        return _shown(request, by, GrantDelegation())
    form = GrantDelegation(data=forms.read(request.POST, GrantDelegation))
    if not form.is_valid():
        return _shown(request, by, form, status=400)

    def run() -> HttpResponse:
        actions.grant_delegation(by=by, **form.validated_data)
        return see_other("ui:delegations")

    shown = partial(_shown, request, by, form)
    said = "Delegated. Both officers are told."
    return send(request, by, run, shown=shown, said=said, action=Action.DELEGATION_GRANT)


@page(Action.DELEGATION_REVOKE, *SEND)
def revoke(request: HttpRequest, by: Actor, delegation: UUID) -> HttpResponse:
    """End a delegation at once."""
    actions.revoke_delegation(by=by, delegation=delegation)
    say(request, "The delegation has ended.")
    return see_other("ui:delegations")


@page(Action.DELEGATION_USE, *SEND)
def use(request: HttpRequest, by: Actor, delegation: UUID) -> HttpResponse:
    """Act under a delegation until it is taken off, ends, or the session does."""
    now_as = actions.put_on(by=by, delegation=delegation)
    act_for(request, str(delegation))
    say(request, f"You are acting for {now_as.acting_for_label}. What you decide names both.")
    return see_other("ui:tasks")


@page(Action.DELEGATION_USE, *SEND)
def stop(request: HttpRequest, by: Actor) -> HttpResponse:
    """Go on as oneself."""
    consult(by=by, action=Action.DELEGATION_USE)
    act_for(request, "")
    say(request, "You act as yourself again.")
    return see_other("ui:tasks")


def _line(row: Delegation, by: Actor, now: dt.datetime) -> dict[str, Any]:
    standing = acting.stands(row, now)
    over = row.ended_at is not None or row.until_at <= now
    return {
        "public_id": row.public_id,
        "delegator": row.delegator.display_name,
        "delegate": row.delegate.display_name,
        "role": str(Role(row.role).label),
        "team": row.team.name if row.team else "",
        "from_at": row.from_at,
        "until_at": row.until_at,
        "granted_by": row.granted_by.display_name,
        "reason": row.reason,
        "state": _state(row, now, standing),
        "can_use": standing and row.delegate_id == by.user_id and by.acting_for_id is None,
        "can_revoke": not over and _may_revoke(row, by),
    }


def _state(row: Delegation, now: dt.datetime, standing: bool) -> str:
    if row.ended_at is not None:
        return str(row.get_ended_because_display())
    if standing:
        return "In force"
    if row.until_at <= now:
        return "Over"
    return "Begins later" if row.from_at > now else "Not usable: an account, role or vetting ended"


def _may_revoke(row: Delegation, by: Actor) -> bool:
    permission = grant(by, Action.DELEGATION_REVOKE)
    if permission is None:
        return False
    own = row.delegator_id == by.user_id or permission.reach is Reach.FORCE
    return own or row.team_id in by.team_ids


def _shown(
    request: HttpRequest,
    by: Actor,
    form: Serializer,
    *,
    refusals: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    consult(by=by, action=Action.DELEGATION_GRANT)
    context = {
        "section": "team",
        "trail": trail(("Delegations", reverse("ui:delegations"))),
        "form": form,
        "refusals": refusals or {},
        "key": posting.new_key(),
    }
    return show(request, "delegation_grant.html", context, status=status)
