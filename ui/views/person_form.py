"""A form about one person that is no task: drawn, checked, kept while a session ends, sent once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from rest_framework.serializers import Serializer

from accounts import kept_forms
from accounts.actor import Actor
from accounts.policy import Action, grant, needs_reason
from audit.record import consult
from offenders.errors import Stale
from offenders.models import Offender
from ui import forms, kept, posting
from ui.views.page import marker_lines, person_line, see_other, show, trail
from ui.views.sending import STALE, send
from workflows.errors import NotVisible
from workflows.queries import person as reads


def nothing(person: Offender, **about: UUID) -> str:
    """A form whose title says enough."""
    return ""


@dataclass(frozen=True, slots=True)
class PersonForm:
    """What one such page is.

    `action`: the line of the policy that admits to it. `act`: the workflows action, called with
    `by`, `offender`, what else the address names and the values of `shape`. `icon`: as of the kind
    of task or event.
    """

    route: str
    shape: type[Serializer]
    action: Action
    act: Callable[..., Any]
    title: str
    submit: str
    said: str
    hint: str = ""
    icon: str = "contact_note"
    #: What is gone through one by one; never a date, a time or a judgement (PRACTICE 12).
    starts: Mapping[str, Any] = field(default_factory=dict)
    #: In words, what the address names besides the person. Raises NotVisible where it is not there.
    subject: Callable[..., str] = nothing
    #: A decision is made on what the page showed: once the person has changed, it is asked again.
    decides: bool = False

    def answer(self, request: HttpRequest, by: Actor, person: UUID, **about: UUID) -> HttpResponse:
        """The page, or what became of what was sent. `about`: what else the address names."""
        found = reads.visible(by, person, self.action)
        address = reverse(f"ui:{self.route}", args=[person, *about.values()])
        subject = self.subject(found, **about)
        shown = partial(self._shown, request, by, address=address, subject=subject)
        if request.method != "POST":
            return self._typed_before(by, found, address, shown)
        if "forget" in request.POST:
            kept_forms.forget(by, address)
            return see_other(address)
        form = self.shape(data=forms.read(request.POST, self.shape))
        if not form.is_valid():
            return shown(found, form, status=400)

        def run() -> HttpResponse:
            given = {"version": posting.version_read(request)} if self.decides else {}
            self.act(by=by, offender=person, **about, **given, **form.validated_data)
            return _after(by, person)

        try:
            return send(
                request,
                by,
                run,
                shown=partial(shown, found, form),
                said=self.said,
                address=address,
                action=self.action,
                offender_id=found.pk,
            )
        except Stale:
            found = reads.visible(by, person, self.action)
            return shown(found, form, refusals={"": [STALE]}, status=412)

    def _typed_before(
        self, by: Actor, found: Offender, address: str, shown: Callable[..., HttpResponse]
    ) -> HttpResponse:
        """The page; with what was typed on it before the officer's session ended, if anything."""
        typed = kept.typed_before(by, address)
        if typed is None:
            return shown(found, self.shape({**self.starts}))
        return shown(found, self.shape(forms.read(typed.fields, self.shape)), kept_at=typed.at)

    def _shown(
        self,
        request: HttpRequest,
        by: Actor,
        found: Offender,
        form: Serializer,
        *,
        address: str,
        subject: str,
        refusals: dict[str, Any] | None = None,
        kept_at: datetime | None = None,
        status: int = 200,
    ) -> HttpResponse:
        consult(by=by, action=self.action, offender_id=found.pk)
        url = reverse("ui:person", args=[found.public_id])
        context = {
            "section": "people",
            "trail": trail(("People", reverse("ui:people")), (found.source_ref, url)),
            "person": _head(by, found),
            "about": {
                "title": self.title,
                "hint": self.hint,
                "submit": self.submit,
                "icon": self.icon,
                "address": address,
                "subject": subject,
                "version": found.version if self.decides else None,
            },
            "form": form,
            "refusals": refusals or {},
            "key": posting.new_key(),
            "kept_at": kept_at,
            "drawn_for": kept_forms.sealed(by, address),
        }
        return show(request, "person_form.html", context, status=status)


def _head(by: Actor, found: Offender) -> dict[str, Any]:
    """Who it is about; the reference alone for whom every look at a person takes a reason."""
    permission = grant(by, Action.OFFENDER_VIEW)
    if permission is None or needs_reason(by, permission, team_id=found.team_id):
        return {"public_id": found.public_id, "reference": found.source_ref}
    markers = reads.markers_of([found.pk]).get(found.pk, [])
    return person_line(found) | {"markers": marker_lines(markers)}


def _after(by: Actor, person: UUID) -> HttpResponse:
    """The person's page; the officer's first, for who may not see them any more."""
    try:
        reads.visible(by, person)
    except NotVisible:
        return see_other("ui:home")
    return see_other("ui:person", person)
