"""A form about a task that is none of its steps: drawn, checked, kept while a session ends."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
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
from offenders.errors import Stale
from ui import forms, kept, posting
from ui.views import task_parts as parts
from ui.views.page import see_other, show, trail
from ui.views.sending import STALE, send
from workflows.errors import NotVisible
from workflows.models import Task
from workflows.queries import task as reads

Values = Mapping[str, Any]


def nothing(task: Task) -> Values:
    """A form that starts empty."""
    return {}


@dataclass(frozen=True, slots=True)
class TaskForm:
    """What one such page is.

    `action`: the line of the policy that admits to it. `act`: the workflows action, called with
    `by`, `task`, `version` and the values of `shape`. `starts`: what the form starts with, rows to
    go through alone.
    """

    route: str
    shape: type[Serializer]
    action: Action
    act: Callable[..., Any]
    title: str
    submit: str
    said: str
    hint: str = ""
    icon: str = "home_visit"
    starts: Callable[[Task], Values] = nothing

    def answer(self, request: HttpRequest, by: Actor, task: UUID) -> HttpResponse:
        """The page, or what became of what was sent. Raises NotVisible."""
        found = reads.visible(by, task)
        if not Task.objects.permitted(by, self.action).filter(pk=found.pk).exists():
            raise NotVisible
        if request.method != "POST":
            return self._typed_before(request, by, found)
        if "forget" in request.POST:
            kept_forms.forget(by, self._address(found))
            return see_other(f"ui:{self.route}", task)
        form = self.shape(data=forms.read(request.POST, self.shape))
        if not form.is_valid():
            return self._shown(request, by, found, form, status=400)
        return self._sent(request, by, found, form)

    def _sent(self, request: HttpRequest, by: Actor, found: Task, form: Serializer) -> HttpResponse:
        def run() -> HttpResponse:
            task, version = found.public_id, posting.version_read(request)
            self.act(by=by, task=task, version=version, **form.validated_data)
            return see_other("ui:task", task)

        try:
            return send(
                request,
                by,
                run,
                shown=partial(self._shown, request, by, found, form),
                said=self.said,
                address=self._address(found),
                action=self.action,
                offender_id=found.offender_id,
                subject=f"task:{found.public_id}",
            )
        except Stale:
            found = reads.visible(by, found.public_id)
            refusals = {"": [STALE]}
            return self._shown(request, by, found, form, refusals=refusals, status=412)

    def _address(self, found: Task) -> str:
        return reverse(f"ui:{self.route}", args=[found.public_id])

    def _typed_before(self, request: HttpRequest, by: Actor, found: Task) -> HttpResponse:
        """The page; with what was typed on it before the officer's session ended, if anything."""
        typed = kept.typed_before(by, self._address(found))
        if typed is None:
            return self._shown(request, by, found, self.shape(dict(self.starts(found))))
        form = self.shape(forms.read(typed.fields, self.shape))
        return self._shown(request, by, found, form, kept_at=typed.at)

    def _shown(
        self,
        request: HttpRequest,
        by: Actor,
        found: Task,
        form: Serializer,
        *,
        refusals: dict[str, Any] | None = None,
        kept_at: datetime | None = None,
        status: int = 200,
    ) -> HttpResponse:
        consult(
            by=by,
            action=self.action,
            offender_id=found.offender_id,
            subject=f"task:{found.public_id}",
            purpose=("task", str(found.public_id)),
        )
        person = parts.person(found)
        url = reverse("ui:task", args=[found.public_id])
        context = {
            "section": "tasks",
            "trail": trail(("My tasks", reverse("ui:tasks")), (person["reference"], url)),
            "person": person,
            "about": {
                "title": self.title,
                "hint": self.hint,
                "submit": self.submit,
                "icon": self.icon,
                "address": self._address(found),
                "version": found.version,
                "back": url,
            },
            "form": form,
            "refusals": refusals or {},
            "key": posting.new_key(),
            "kept_at": kept_at,
            "drawn_for": kept_forms.sealed(by, self._address(found)),
        }
        return show(request, "task_form.html", context, status=status)
