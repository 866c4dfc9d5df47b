"""Offers of people between teams: the list, making one, and the page on which it is decided."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from accounts import kept_forms
from accounts.actor import Actor
from accounts.policy import Action
from audit.record import consult
from offenders.errors import Stale
from ui import forms, kept, posting
from ui.views.caseload import caseload_of, show_caseload, uuid_of
from ui.views.caseload_parts import NOBODY, managed_line, preview_lines
from ui.views.page import READ, SEND, page, see_other, show, trail
from ui.views.sending import STALE, send
from workflows.actions import transfer_decisions as decisions
from workflows.actions.transfers import offer_transfer, withdraw_transfer
from workflows.errors import NotVisible
from workflows.models import TransferOffer, TransferState
from workflows.queries import transfers as reads
from workflows.queries.cursor import Cursor
from workflows.steps.reassignment import NOBODY_CHOSEN
from workflows.steps.transfers import AcceptTransfer, DeclineTransfer, OfferTransfer

#: Rows of a page.
ROWS = 50


@page(Action.TRANSFER_VIEW, *READ)
def transfers(request: HttpRequest, by: Actor) -> HttpResponse:
    """Offers from and to the viewer's teams: those that wait, or all where asked for."""
    which = "all" if request.GET.get("show") == "all" else "waiting"
    cursor = Cursor(reverse("ui:transfers"), {"show": which})
    keys = cursor.read_or_begin(request.GET.get("after", ""))
    found = reads.transfers_page(
        actor=by, waiting=which == "waiting", after=keys[0] if keys else None, limit=ROWS
    )
    ids = [str(row.offer.public_id) for row in found.rows]
    consult(by=by, action=Action.TRANSFER_VIEW, ids=ids, row_count=len(ids))
    context = {
        "section": "team",
        "which": which,
        "offers": [_line(row.offer) | {"people": row.people} for row in found.rows],
        "first_url": reverse("ui:transfers") if request.GET.get("after") else "",
        "next_url": f"?show={which}&after={cursor.write(found.next)}" if found.next else "",
    }
    return show(request, "transfers.html", context)


@page(Action.TRANSFER_OFFER, *SEND)
def offer(request: HttpRequest, by: Actor) -> HttpResponse:
    """The form for the people who were ticked on the caseload, and making the offer."""
    typed = forms.read(request.POST, OfferTransfer)
    typed["offenders"] = request.POST.getlist("offenders")
    if not typed["offenders"]:
        return _nobody_ticked(request, by)
    form = OfferTransfer(data=typed)
    if "key" not in request.POST:  # it comes from the caseload
        return _offer_form(request, by, typed, {}, status=200)
    if not form.is_valid():
        return _offer_form(request, by, typed, form.errors)

    def run() -> HttpResponse:
        made = offer_transfer(by=by, **form.validated_data)
        return see_other("ui:transfer", made.public_id)

    shown = partial(_offer_form, request, by, typed)
    said = "Offered. Nobody has moved: the other team decides."
    return send(
        request,
        by,
        run,
        shown=shown,
        said=said,
        address=_caseload(request),
        action=Action.TRANSFER_OFFER,
    )


@page(Action.TRANSFER_VIEW, *READ)
def transfer(request: HttpRequest, by: Actor, transfer: UUID) -> HttpResponse:
    """One offer: whom it is about, what accepting it would change, and what the viewer can do."""
    return _shown(request, by, transfer)


@page(Action.TRANSFER_DECIDE, *SEND)
def accept(request: HttpRequest, by: Actor, transfer: UUID) -> HttpResponse:
    """Move everyone of the offer, as it was shown, or nobody."""
    form = AcceptTransfer(data=forms.read(request.POST, AcceptTransfer))
    if not form.is_valid():
        return _shown(request, by, transfer, refusals=form.errors, status=400)
    version = posting.version_read(request)

    def run() -> HttpResponse:
        decisions.accept_transfer(by=by, transfer=transfer, version=version, **form.validated_data)
        return see_other("ui:transfer", transfer)

    return _settled(request, by, transfer, run, said="Accepted. Both officers are told.")


@page(Action.TRANSFER_DECIDE, *SEND)
def decline(request: HttpRequest, by: Actor, transfer: UUID) -> HttpResponse:
    """Leave everyone where they are, and say why."""
    form = DeclineTransfer(data=forms.read(request.POST, DeclineTransfer))
    if not form.is_valid():
        return _shown(request, by, transfer, refusals=form.errors, status=400)
    version = posting.version_read(request)

    def run() -> HttpResponse:
        decisions.decline_transfer(by=by, transfer=transfer, version=version, **form.validated_data)
        return see_other("ui:transfers")

    return _settled(request, by, transfer, run, said="Declined. Whoever offered them is told.")


@page(Action.TRANSFER_OFFER, *SEND)
def withdraw(request: HttpRequest, by: Actor, transfer: UUID) -> HttpResponse:
    """Take the offer back."""
    version = posting.version_read(request)

    def run() -> HttpResponse:
        withdraw_transfer(by=by, transfer=transfer, version=version)
        return see_other("ui:transfers")

    return _settled(request, by, transfer, run, said="Withdrawn. Everyone stays.")


def _settled(
    request: HttpRequest, by: Actor, transfer: UUID, run: Any, *, said: str
) -> HttpResponse:
    shown = partial(_shown, request, by, transfer)
    try:
        return send(
            request,
            by,
            run,
            shown=shown,
            said=said,
            address=reverse("ui:transfer", args=[transfer]),
            action=Action.TRANSFER_VIEW,
            subject=f"transfer:{transfer}",
        )
    except Stale:
        return shown(refusals={"": [STALE]}, status=412)


def _shown(
    request: HttpRequest,
    by: Actor,
    transfer: UUID,
    *,
    refusals: Any = None,
    status: int = 200,
) -> HttpResponse:
    seen = decisions.look_at_transfer(by=by, transfer=transfer)
    ids = [str(row.offender.public_id) for row in seen.people]
    consult(
        by=by,
        action=Action.TRANSFER_VIEW,
        subject=f"transfer:{transfer}",
        ids=ids,
        row_count=len(ids),
    )
    today, preview = timezone.localdate(), seen.preview
    address = reverse("ui:transfer", args=[transfer])
    before = None if request.method == "POST" else kept.typed_before(by, address)
    typed = before.fields if before else request.POST
    context = {
        "section": "team",
        "trail": trail(("Offers between teams", reverse("ui:transfers"))),
        "offer": _line(seen.offer),
        "people": [managed_line(row, set()) for row in preview.people] if preview else [],
        "references": [row.offender.source_ref for row in seen.people],
        "changed": seen.changed,
        "hidden": seen.hidden,
        "preview": preview and preview_lines(preview, today),
        "seen": preview.digest if preview else "",
        "can_decide": seen.can_decide,
        "can_withdraw": seen.can_withdraw,
        "over_capacity": typed.get("over_capacity", ""),
        "reason": typed.get("reason", ""),
        "kept_at": before and before.at,
        "drawn_for": kept_forms.sealed(by, address),
        "refusals": refusals or {},
        "key": posting.new_key(),
    }
    return show(request, "transfer.html", context, status=status)


def _line(offer: TransferOffer) -> dict[str, Any]:
    return {
        "public_id": offer.public_id,
        "version": offer.version,
        "from_team": offer.from_team.name,
        "to_team": offer.to_team.name,
        "to": offer.to_officer.display_name,
        "by": offer.offered_by.display_name,
        "on": offer.offered_on,
        "reason": offer.reason,
        "waiting": offer.is_waiting,
        "state": TransferState(offer.state).label,
        "decided_by": offer.decided_by.display_name if offer.decided_by else "",
        "decided_at": offer.decided_at,
        "decision_reason": offer.decision_reason,
        "reassignment": offer.reassignment and offer.reassignment.public_id,
    }


def _caseload(request: HttpRequest) -> str:
    """Where the officer was when they chose, to which they come back."""
    team, officer = uuid_of(request.POST.get("team", "")), request.POST.get("officer", "")
    if team is None:
        raise NotVisible
    return caseload_of(team, officer if uuid_of(officer) else NOBODY)


def _nobody_ticked(request: HttpRequest, by: Actor) -> HttpResponse:
    team = uuid_of(request.POST.get("team", ""))
    if team is None:
        raise NotVisible
    officer = request.POST.get("officer", "")
    refusals = {"offenders": [NOBODY_CHOSEN]}
    return show_caseload(request, by, team, officer=officer, refusals=refusals, status=400)


def _offer_form(
    request: HttpRequest,
    by: Actor,
    typed: dict[str, Any],
    refusals: Any,
    *,
    status: int = 400,
) -> HttpResponse:
    ids = [found for found in map(uuid_of, typed["offenders"]) if found]
    people = reads.offerable(by, ids)
    if not people or len(people) < len(typed["offenders"]):
        raise NotVisible
    consult(
        by=by,
        action=Action.TRANSFER_OFFER,
        ids=[str(person.public_id) for person in people],
        row_count=len(people),
    )
    groups: dict[str, list[dict[str, Any]]] = {}
    for user in reads.receivers_elsewhere(by, timezone.localdate()):
        target = {
            "value": str(user.public_id),
            "label": f"{user.display_name}, {user.staff_number}",
            "chosen": str(user.public_id) == typed.get("to"),
        }
        groups.setdefault(user.team.name if user.team else "", []).append(target)
    context = {
        "section": "team",
        "trail": trail(("Caseload", _caseload(request))),
        "team_id": request.POST.get("team", ""),
        "officer_id": request.POST.get("officer", ""),
        "drawn_for": kept_forms.sealed(by, _caseload(request)),
        "people": [
            {
                "public_id": one.public_id,
                "reference": one.source_ref,
                "surname": one.surname,
                "initial": one.forename[:1],
            }
            for one in people
        ],
        "targets": [{"team": team, "officers": found} for team, found in groups.items()],
        "reason": typed.get("reason", ""),
        "refusals": {name: [str(text) for text in found] for name, found in refusals.items()},
        "key": posting.new_key(),
    }
    return show(request, "transfer_offer.html", context, status=status)
