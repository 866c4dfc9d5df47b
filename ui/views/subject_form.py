"""A form about one subject that is no step of a task: drawn, checked, kept, sent once, and back."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar
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
from ui.views.page import see_other, show
from ui.views.sending import STALE, send

Subject = TypeVar("Subject")
Values = Mapping[str, Any]


class Look(NamedTuple):
    """How the record names what such a page shows."""

    offender_id: int | None = None
    subject: str = ""
    purpose: tuple[str, str] | None = None


def nothing(subject: object) -> Values:
    """A form that starts empty."""
    return {}


def nowhere(subject: object) -> tuple[str, str]:
    """A form from which nothing else is asked for."""
    return "", ""


def as_it_is(form: Serializer, subject: object) -> Serializer:
    """A form that is the same for every subject."""
    return form


def no_more(subject: object, **about: UUID) -> str:
    """A form about the subject and nothing besides."""
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectForm(ABC, Generic[Subject]):
    """What one such page is: of an officer, a person or a task.

    `action`: the line of the policy that admits to it. `act`: the workflows action, called with
    `by`, the subject as `keyword`, what else the address names and the values of `shape`. `icon`:
    as of the kind of task or event.
    """

    #: What `act` and the address call the subject.
    keyword: ClassVar[str]

    route: str
    shape: type[Serializer]
    action: Action
    act: Callable[..., Any]
    title: str
    submit: str
    said: str
    hint: str = ""
    icon: str = ""
    template: str = "subject_form.html"
    #: Rows to go through one by one, or which record it is about; never a judgement, nor when
    #: something was done (PRACTICE 12).
    starts: Callable[[Subject], Values] = nothing
    #: The form with what fits the subject, such as the choices that there are.
    fits: Callable[[Serializer, Subject], Serializer] = as_it_is
    #: What the address names besides the subject, in words. Raises NotVisible where there is none.
    besides: Callable[..., str] = no_more
    #: Address and words of what may have to be done first; both empty where nothing is.
    leads: Callable[[Subject], tuple[str, str]] = nowhere
    #: It is decided on what the page showed: once the subject has changed, it is asked again.
    decides: bool = False

    @abstractmethod
    def find(self, by: Actor, key: UUID) -> Subject:
        """The subject, where the actor may do this about it. Raises NotVisible."""

    @abstractmethod
    def look(self, found: Subject) -> Look:
        """What is on record as shown."""

    @abstractmethod
    def surrounds(self, by: Actor, found: Subject) -> dict[str, Any]:
        """What the template shows around the form; `version` where it decides."""

    @abstractmethod
    def after(self, by: Actor, key: UUID) -> HttpResponse:
        """Where it goes on once it is done."""

    def answer(self, request: HttpRequest, by: Actor, key: UUID, **about: UUID) -> HttpResponse:
        """The page, or what became of what was sent. `about`: what else the address names.

        Raises NotVisible.
        """
        found = self.find(by, key)
        address = reverse(f"ui:{self.route}", args=[key, *about.values()])
        besides = self.besides(found, **about)
        shown = partial(self._shown, request, by, address=address, besides=besides)
        if request.method != "POST":
            typed = kept.typed_before(by, address)
            if typed is None:
                return shown(found, self.fits(self.shape({**self.starts(found)}), found))
            again = self.shape(forms.read(typed.fields, self.shape))
            return shown(found, self.fits(again, found), kept_at=typed.at)
        if "forget" in request.POST:
            kept_forms.forget(by, address)
            return see_other(address)
        form = self.fits(self.shape(data=forms.read(request.POST, self.shape)), found)
        if not form.is_valid():
            return shown(found, form, status=400)

        def run() -> HttpResponse:
            given = {"version": posting.version_read(request)} if self.decides else {}
            self.act(by=by, **{self.keyword: key}, **about, **given, **form.validated_data)
            return self.after(by, key)

        look = self.look(found)
        try:
            return send(
                request,
                by,
                run,
                shown=partial(shown, found, form),
                said=self.said,
                address=address,
                action=self.action,
                offender_id=look.offender_id,
                subject=look.subject,
            )
        except Stale:
            return shown(self.find(by, key), form, refusals={"": [STALE]}, status=412)

    def _shown(
        self,
        request: HttpRequest,
        by: Actor,
        found: Subject,
        form: Serializer,
        *,
        address: str,
        besides: str,
        refusals: dict[str, Any] | None = None,
        kept_at: datetime | None = None,
        status: int = 200,
    ) -> HttpResponse:
        consult(by=by, action=self.action, **self.look(found)._asdict())
        about = {
            "title": self.title,
            "hint": self.hint,
            "submit": self.submit,
            "icon": self.icon,
            "address": address,
            "besides": besides,
            "lead": self.leads(found),
        }
        context = {
            "about": about,
            "form": form,
            "refusals": refusals or {},
            "key": posting.new_key(),
            "kept_at": kept_at,
            "drawn_for": kept_forms.sealed(by, address),
        }
        return show(request, self.template, self.surrounds(by, found) | context, status=status)
