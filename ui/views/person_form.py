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
from accounts.policy import Action
from audit.record import consult
from offenders.models import Offender
from ui import forms, kept, posting
from ui.views.page import marker_lines, person_line, see_other, show, trail
from ui.views.sending import send
from workflows.queries import person as reads


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

    def answer(self, request: HttpRequest, by: Actor, person: UUID, **about: UUID) -> HttpResponse:
        """The page, or what became of what was sent. `about`: what else the address names."""
        found = reads.visible(by, person, self.action)
        address = reverse(f"ui:{self.route}", args=[person, *about.values()])
        if request.method != "POST":
            return self._typed_before(request, by, found, address)
        if "forget" in request.POST:
            kept_forms.forget(by, address)
            return see_other(address)
        form = self.shape(data=forms.read(request.POST, self.shape))
        if not form.is_valid():
            return self._shown(request, by, found, form, address, status=400)

        def run() -> HttpResponse:
            self.act(by=by, offender=person, **about, **form.validated_data)
            return see_other("ui:person", person)

        return send(
            request,
            by,
            run,
            shown=partial(self._shown, request, by, found, form, address),
            said=self.said,
            address=address,
            action=self.action,
            offender_id=found.pk,
        )

    def _typed_before(
        self, request: HttpRequest, by: Actor, found: Offender, address: str
    ) -> HttpResponse:
        """The page; with what was typed on it before the officer's session ended, if anything."""
        typed = kept.typed_before(by, address)
        if typed is None:
            return self._shown(request, by, found, self.shape({**self.starts}), address)
        form = self.shape(forms.read(typed.fields, self.shape))
        return self._shown(request, by, found, form, address, kept_at=typed.at)

    def _shown(
        self,
        request: HttpRequest,
        by: Actor,
        found: Offender,
        form: Serializer,
        address: str,
        *,
        refusals: dict[str, Any] | None = None,
        kept_at: datetime | None = None,
        status: int = 200,
    ) -> HttpResponse:
        consult(by=by, action=self.action, offender_id=found.pk)
        url = reverse("ui:person", args=[found.public_id])
        markers = reads.markers_of([found.pk]).get(found.pk, [])
        context = {
            "section": "people",
            "trail": trail(("People", reverse("ui:people")), (found.source_ref, url)),
            "person": person_line(found) | {"markers": marker_lines(markers)},
            "about": {
                "title": self.title,
                "hint": self.hint,
                "submit": self.submit,
                "icon": self.icon,
                "address": address,
            },
            "form": form,
            "refusals": refusals or {},
            "key": posting.new_key(),
            "kept_at": kept_at,
            "drawn_for": kept_forms.sealed(by, address),
        }
        return show(request, "person_form.html", context, status=status)
